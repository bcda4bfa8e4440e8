import { acceptChoices } from "../names/parameters.js";
import type { NamedOperation } from "../names/named-api.js";
import type {
  BodyKind,
  MediaType,
  Operation,
  Parameter,
  PropertyEncoding,
  Response,
} from "../resolve/resolved-api.js";
import type {
  BodyGroup,
  BodyModel,
  CallModel,
  Decoder,
  DecodingModel,
  EncodingModel,
  ParameterModel,
  StatusDecoding,
  StyleModel,
} from "./api-model.js";

/** The description of a call that a method gives to the runtime. */
export function callModel(
  { operation, methodName, parameterKeys }: NamedOperation,
  choosesAccept: boolean,
): CallModel {
  return {
    kind: operation.kind,
    operationId: methodName,
    method: operation.method.toUpperCase(),
    path: operation.path,
    parameters: operation.parameters.map((parameter, index) =>
      parameterModel(parameter, parameterKeys[index] ?? parameter.name),
    ),
    body: bodyModel(operation),
    accept: acceptHeader(operation, choosesAccept),
    choosesAccept,
    response: decodingModel(operation.responses),
    security: operation.security,
    server: operation.server,
  };
}

/* ------------------------------------------------------------------ parameters */

function parameterModel(parameter: Parameter, key: string): ParameterModel {
  return {
    location: parameter.location,
    wireName: parameter.name,
    key,
    fallback: isFilledIn(parameter) ? parameter.defaultValue : undefined,
    style: styleModel(parameter),
  };
}

/** A default is sent only where leaving the parameter out would be an error at the server. */
export function isFilledIn(parameter: Parameter): boolean {
  return (
    parameter.required && parameter.defaultValue !== undefined && parameter.defaultValue !== null
  );
}

function styleModel({ location, serialization }: Parameter): StyleModel | undefined {
  if (serialization.kind === "content") {
    return serialization.mediaType.kind === "json"
      ? { name: "jsonContent", explode: false, allowReserved: false }
      : undefined;
  }
  const { style, explode, allowReserved } = serialization;
  const isForm =
    style === "form" || ((style === "spaceDelimited" || style === "pipeDelimited") && explode);
  const isDefault =
    location === "path" || location === "header"
      ? style === "simple" && !explode
      : isForm && (explode || style !== "form");
  if (isDefault) return allowReserved ? { name: "none", explode, allowReserved } : undefined;
  return { name: style === "form" ? "commaDelimited" : style, explode, allowReserved };
}

/* ---------------------------------------------------------------------- bodies */

const ENCODERS: Readonly<Record<Exclude<BodyKind, "eventStream">, BodyGroup["encoder"]>> = {
  json: "json",
  form: "form",
  multipart: "multipart",
  text: "text",
  binary: "binary",
};

function encoderOf(mediaType: MediaType): BodyGroup["encoder"] {
  return mediaType.kind === "eventStream" ? "text" : ENCODERS[mediaType.kind];
}

function bodyModel({ requestBody }: Operation): BodyModel | undefined {
  if (requestBody === undefined) return undefined;
  const groups = new Map<string, MediaType[]>();
  for (const mediaType of requestBody.mediaTypes) {
    const key = JSON.stringify([encoderOf(mediaType), mediaType.encoding]);
    groups.set(key, [...(groups.get(key) ?? []), mediaType]);
  }
  const isChoice = requestBody.mediaTypes.length > 1;
  const preferred = requestBody.mediaTypes[0];
  const models = [...groups.values()].map((mediaTypes) =>
    bodyGroup(mediaTypes, isChoice, preferred),
  );
  return { groups: lastIsDefault(models) };
}

function bodyGroup(
  mediaTypes: readonly MediaType[],
  isChoice: boolean,
  preferred: MediaType | undefined,
): BodyGroup {
  const [first] = mediaTypes;
  const isExact = mediaTypes.every((mediaType) => !mediaType.isRange);
  return {
    encoder: first === undefined ? "binary" : encoderOf(first),
    mediaTypes: mediaTypes
      .filter((mediaType) => !mediaType.isRange)
      .map((mediaType) => mediaType.name),
    contentType: first === undefined || first.isRange ? undefined : first.name,
    isChosen:
      !isExact ||
      (isChoice && (mediaTypes.length > 1 || first !== preferred) && mediaTypes.length > 1),
    encoding: (first?.encoding ?? []).flatMap(encodingModel),
  };
}

/** The preferred group comes last, so that it is what remains; one with a range comes after it, for it can be anything. */
function lastIsDefault(groups: readonly BodyGroup[]): readonly BodyGroup[] {
  const [preferred, ...others] = groups;
  if (preferred === undefined) return groups;
  const ordered = [...others, preferred];
  return [
    ...ordered.filter((group) => group.contentType !== undefined),
    ...ordered.filter((group) => group.contentType === undefined),
  ];
}

/** Style, explode and allowReserved leave the content type aside (OpenAPI 3.1, 4.8.15.1.2). */
function encodingModel({
  property,
  style,
  explode,
  allowReserved,
  contentType,
}: PropertyEncoding): readonly EncodingModel[] {
  const isStyled = style !== undefined || explode !== undefined || allowReserved !== undefined;
  if (!isStyled)
    return contentType === undefined ? [] : [{ property, as: { mediaType: contentType } }];
  const exploded = explode ?? (style ?? "form") === "form";
  return [
    {
      property,
      as: {
        style: {
          name: formStyle(style, exploded),
          explode: exploded,
          allowReserved: allowReserved === true,
        },
      },
    },
  ];
}

function formStyle(style: string | undefined, explode: boolean): StyleModel["name"] {
  if (style === "deepObject") return style;
  if (explode) return "exploded";
  return style === "spaceDelimited" || style === "pipeDelimited" ? style : "commaDelimited";
}

/* -------------------------------------------------------------------- responses */

const DECODERS: Readonly<Record<BodyKind, Decoder>> = {
  json: "json",
  form: "text",
  multipart: "blob",
  text: "text",
  binary: "blob",
  eventStream: "eventStream",
};

/** The media types of the successes; without any, those of the errors where none of them is JSON, which is the default. */
function acceptHeader(operation: Operation, choosesAccept: boolean): string | undefined {
  // What has no body can be of any type.
  if (operation.method === "head") return "*/*";
  const successes = acceptChoices(operation);
  const wanted = choosesAccept
    ? successes.slice(0, 1)
    : successes.length > 0
      ? successes
      : acceptOfErrors(operation);
  const header = wanted.join(", ");
  return header === "" || (header === "application/json" && !choosesAccept) ? undefined : header;
}

function acceptOfErrors(operation: Operation): readonly string[] {
  const mediaTypes = operation.responses.flatMap((response) => response.mediaTypes);
  return mediaTypes.some((mediaType) => mediaType.kind === "json")
    ? []
    : [...new Set(mediaTypes.map((mediaType) => mediaType.name))];
}

function decodingModel(responses: readonly Response[]): DecodingModel {
  const statuses = responses
    .filter((response) => response.success && !isAlwaysEmpty(response))
    .map(statusDecoding);
  const kinds = new Set(statuses.map((status) => JSON.stringify(status.decoding)));
  const [first] = statuses;
  if (first === undefined)
    return { kind: "uniform", decoder: responses.some(isAlwaysEmpty) ? "json" : "none" };
  const isUniform = kinds.size === 1 && typeof first.decoding === "string";
  return isUniform ? { kind: "uniform", decoder: first.decoding } : { kind: "byStatus", statuses };
}

/** The runtime never reads a body of these (RFC 9110, 15.3.5 and 15.3.6), so nothing needs to be said about them. */
function isAlwaysEmpty({ status }: Response): boolean {
  return status === 204 || status === 205;
}

function statusDecoding(response: Response): StatusDecoding {
  const { status, mediaTypes } = response;
  const decoders = mediaTypes.map((mediaType) => DECODERS[mediaType.kind]);
  const [only] = [...new Set(decoders)];
  if (only === undefined) return { status, decoding: "none" };
  if (decoders.every((decoder) => decoder === only)) return { status, decoding: only };
  return {
    status,
    decoding: mediaTypes.map((mediaType) => ({
      mediaType: mediaType.name.split(";")[0] ?? "",
      decoder: DECODERS[mediaType.kind],
    })),
  };
}
