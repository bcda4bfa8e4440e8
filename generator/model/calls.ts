import { isPromised } from "../resolve/idempotency.js";
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
  BodyModel,
  CallModel,
  Decoder,
  EncoderModel,
  DecodingModel,
  EncodingModel,
  ParameterModel,
  StatusDecoding,
  StyleModel,
} from "./api-model.js";
import { pagingModel } from "./paging.js";

/** The description of a call that a method gives to the runtime. */
export function callModel(
  { operation, methodName, parameterKeys }: NamedOperation,
  choices: readonly (readonly string[])[],
  isPaged: boolean,
): CallModel {
  const { pagination } = operation;
  return {
    kind: operation.kind,
    operationId: methodName,
    method: operation.method.toUpperCase(),
    path: operation.path,
    parameters: operation.parameters.map((parameter, index) =>
      parameterModel(parameter, parameterKeys[index] ?? parameter.name, operation),
    ),
    body: bodyModel(operation),
    accept: acceptHeader(operation, choices),
    choosesAccept: choices.some((accept) => accept.length > 0),
    response: decodingModel(operation.responses),
    security: operation.security,
    server: operation.server,
    paging: isPaged && pagination !== undefined ? pagingModel(pagination) : undefined,
    isIdempotent: isPromised(operation) ? undefined : operation.idempotency !== "never",
  };
}

/* ------------------------------------------------------------------ parameters */

function parameterModel(
  parameter: Parameter,
  key: string,
  { idempotency }: Operation,
): ParameterModel {
  const isHeader = parameter.location === "header" && typeof idempotency === "object";
  return {
    location: parameter.location,
    wireName: parameter.name,
    key,
    fallback: isFilledIn(parameter) ? parameter.defaultValue : undefined,
    isIdempotencyKey: isHeader && idempotency.header === parameter.name,
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

function encoderModel(mediaType: MediaType): EncoderModel {
  // A stream of events cannot be sent; what is left of it is text.
  const encoder = mediaType.kind === "eventStream" ? "text" : mediaType.kind;
  return { encoder, encoding: mediaType.encoding.flatMap(encodingModel) };
}

function bodyModel({ requestBody }: Operation): BodyModel | undefined {
  const mediaTypes = requestBody?.mediaTypes ?? [];
  const [first, ...others] = mediaTypes;
  if (first === undefined) return undefined;
  const preferred = first.isRange ? undefined : first.name;
  const encoders = mediaTypes.map(encoderModel);
  const [encoder] = encoders;
  const isSingle = new Set(encoders.map((model) => JSON.stringify(model))).size === 1;
  if (isSingle && encoder !== undefined) {
    const isChosen = others.length > 0 || first.isRange;
    return { kind: "single", contentType: preferred, isChosen, ...encoder };
  }
  const options = mediaTypes.map((mediaType) => ({
    mediaType: mediaType.name,
    ...encoderModel(mediaType),
  }));
  return { kind: "choice", preferred, options };
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

const DECODERS: Readonly<Record<Exclude<BodyKind, "eventStream">, Decoder>> = {
  json: "json",
  form: "text",
  multipart: "blob",
  text: "text",
  binary: "blob",
};

function decoderOf({ kind, eventData }: MediaType): Decoder {
  return kind === "eventStream" ? { kind, json: eventData?.json ?? [] } : DECODERS[kind];
}

/**
 * The media types that a caller gets unless it chooses others: the preferred group of those of the successes; without
 * any, those of the errors where none of them is JSON, which is the runtime's default.
 */
function acceptHeader(
  operation: Operation,
  choices: readonly (readonly string[])[],
): string | undefined {
  // What has no body can be of any type.
  if (operation.method === "head") return "*/*";
  const [preferred = []] = choices;
  const successes = preferred.length > 0 ? preferred : acceptChoices(operation);
  const header = (successes.length > 0 ? successes : acceptOfErrors(operation)).join(", ");
  return header === "" || (header === "application/json" && preferred.length === 0)
    ? undefined
    : header;
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
  if (first === undefined) return { kind: "uniform", decoder: "none" };
  const { decoding } = first;
  const isUniform = kinds.size === 1 && (typeof decoding === "string" || "kind" in decoding);
  return isUniform ? { kind: "uniform", decoder: decoding } : { kind: "byStatus", statuses };
}

/** The runtime never reads a body of these (RFC 9110, 15.3.5 and 15.3.6), so nothing needs to be said about them. */
function isAlwaysEmpty({ status }: Response): boolean {
  return status === 204 || status === 205;
}

function statusDecoding(response: Response): StatusDecoding {
  const { status, mediaTypes } = response;
  const decoders = mediaTypes.map(decoderOf);
  const [only] = decoders;
  if (only === undefined) return { status, decoding: "none" };
  const isOne = new Set(decoders.map((decoder) => JSON.stringify(decoder))).size === 1;
  if (isOne) return { status, decoding: only };
  // The runtime matches without parameters, so types that differ only in those are one.
  const byType = new Map<string, Decoder>();
  for (const mediaType of mediaTypes) {
    const essence = mediaType.name.split(";")[0] ?? "";
    if (!byType.has(essence)) byType.set(essence, decoderOf(mediaType));
  }
  return {
    status,
    decoding: [...byType].map(([mediaType, decoder]) => ({ mediaType, decoder })),
  };
}
