import { isPromised } from "../resolve/idempotency.js";
import { acceptChoices } from "../names/parameters.js";
import type { NamedOperation } from "../names/named-api.js";
import type {
  BodyKind,
  MediaType,
  Operation,
  Parameter,
  ParameterLocation,
  PartEncoding,
  PartEncodings,
  PropertyEncoding,
  Response,
} from "../resolve/resolved-api.js";
import type { OperationTypes, TypeNode } from "../types/type-node.js";
import type {
  BodyModel,
  CallModel,
  Decoder,
  EncoderModel,
  DecoderName,
  DecodingModel,
  EncodingModel,
  ErrorDecoding,
  ParameterModel,
  PartModel,
  PartsModel,
  ReservedName,
  StatusDecoding,
  StyleModel,
} from "./api-model.js";
import { isByMediaType } from "./call-parts.js";
import { withInt64Fields } from "./int64-fields.js";
import type { Int64Finder } from "./int64-places.js";
import { unionOf } from "./type-tools.js";
import { pagingModel } from "./paging.js";

/** The description of a call that a method gives to the runtime. */
export function callModel(
  { operation, methodName, parameterKeys }: NamedOperation,
  choices: readonly (readonly string[])[],
  isPaged: boolean,
  types: OperationTypes,
  int64: Int64Finder,
): CallModel {
  const { pagination } = operation;
  return {
    kind: operation.kind,
    operationId: methodName,
    method: operation.method,
    path: operation.route,
    fixedQuery: [...operation.fixedQuery],
    parameters: operation.parameters.map((parameter, index) =>
      parameterModel(
        parameter,
        parameterKeys[index] ?? parameter.name,
        operation,
        types.parameters[index],
        int64,
      ),
    ),
    body: bodyModel(operation, types, int64),
    accept: acceptHeader(operation, choices),
    choosesAccept: choices.some((accept) => accept.length > 0),
    response: decodingModel(operation.responses, types, int64),
    errors: errorDecoding(operation.responses, types, int64),
    security: operation.security,
    server: operation.servers[0],
    paging: isPaged && pagination !== undefined ? pagingModel(pagination) : undefined,
    isIdempotent: isPromised(operation) ? undefined : operation.idempotency !== "never",
  };
}

/* ------------------------------------------------------------------ parameters */

function parameterModel(
  parameter: Parameter,
  key: string,
  { idempotency }: Operation,
  type: TypeNode | undefined,
  int64: Int64Finder,
): ParameterModel {
  const { location, serialization } = parameter;
  const isHeader = location === "header" && typeof idempotency === "object";
  const style = styleModel(parameter);
  return {
    location: location === "querystring" ? "query" : location,
    wireName: parameter.name,
    key,
    fallback: isFilledIn(parameter) ? parameter.defaultValue : undefined,
    isIdempotencyKey: isHeader && idempotency.header === parameter.name,
    style,
    wholeQuery:
      location === "querystring" && serialization.kind === "content"
        ? queryEncoder(serialization.mediaType, type, int64)
        : undefined,
    int64: style?.name === "jsonContent" ? int64.json(type) : undefined,
  };
}

/** A default is sent only where leaving the parameter out would be an error at the server. */
export function isFilledIn(parameter: Parameter): boolean {
  return (
    parameter.required && parameter.defaultValue !== undefined && parameter.defaultValue !== null
  );
}

/** A query is text: what is neither a form nor JSON is passed as the text that it is to be. */
function queryEncoder(
  mediaType: MediaType,
  type: TypeNode | undefined,
  int64: Int64Finder,
): EncoderModel {
  const kind = mediaType.kind === "form" || mediaType.kind === "json" ? mediaType.kind : "text";
  return encoderModel({ ...mediaType, kind }, type, int64);
}

const RESERVED: Readonly<Partial<Record<ParameterLocation, ReservedName>>> = {
  path: "allowReservedInPath",
  query: "allowReserved",
  cookie: "allowReservedInCookie",
};

function styleModel({ location, serialization }: Parameter): StyleModel | undefined {
  if (serialization.kind === "content") {
    return serialization.mediaType.kind === "json" && location !== "querystring"
      ? { name: "jsonContent", explode: false, reserved: undefined }
      : undefined;
  }
  const { style, explode, allowReserved } = serialization;
  const reserved = allowReserved ? RESERVED[location] : undefined;
  if (style === "cookie") return { name: "inCookieStyle", explode: false, reserved };
  const isForm =
    style === "form" || ((style === "spaceDelimited" || style === "pipeDelimited") && explode);
  const isDefault =
    location === "path" || location === "header"
      ? style === "simple" && !explode
      : isForm && (explode || style !== "form");
  // What leaves reserved characters as they are writes its value exploded, which is no default of a path.
  const isPlain = isDefault && (reserved === undefined || location !== "path");
  if (isPlain) return reserved && { name: "none", explode, reserved };
  return { name: style === "form" ? "commaDelimited" : style, explode, reserved };
}

/* ---------------------------------------------------------------------- bodies */

function encoderModel(
  mediaType: MediaType,
  type: TypeNode | undefined,
  int64: Int64Finder,
): EncoderModel {
  // A stream of events cannot be sent; what is left of it is text.
  const encoder = mediaType.kind === "eventStream" ? "text" : mediaType.kind;
  const isForm = encoder === "form" || encoder === "multipart";
  return {
    encoder,
    // Only forms have encodings (OpenAPI 3.1, 4.8.14.1).
    encoding: isForm
      ? withInt64Fields(mediaType.encoding.flatMap(encodingModel), int64.fields(type))
      : [],
    parts: partsModel(mediaType.parts),
    int64: encoder === "json" || encoder === "jsonItems" ? int64.json(type) : undefined,
  };
}

function bodyModel(
  { requestBody }: Operation,
  types: OperationTypes,
  int64: Int64Finder,
): BodyModel | undefined {
  const mediaTypes = requestBody?.mediaTypes ?? [];
  const [first, ...others] = mediaTypes;
  if (first === undefined) return undefined;
  const preferred = first.isRange ? undefined : first.name;
  const encoders = mediaTypes.map((mediaType, index) =>
    encoderModel(mediaType, types.requestBodies[index], int64),
  );
  const [encoder] = encoders;
  const isSingle = new Set(encoders.map((model) => JSON.stringify(model))).size === 1;
  if (isSingle && encoder !== undefined) {
    const isChosen = others.length > 0 || first.isRange;
    return { kind: "single", contentType: preferred, isChosen, ...encoder };
  }
  const options = encoders.map((model, index) => ({
    mediaType: mediaTypes[index]?.name ?? "",
    ...model,
  }));
  return { kind: "choice", preferred, options };
}

function partsModel(parts: PartEncodings | undefined): PartsModel | undefined {
  if (parts === undefined) return undefined;
  const prefix = parts.prefix.map(partModel);
  const [item] = parts.item === undefined ? [] : [partModel(parts.item)].filter(tellsAnything);
  const told = prefix.slice(0, prefix.findLastIndex(tellsAnything) + 1);
  return told.length === 0 && item === undefined ? undefined : { prefix: told, item };
}

function tellsAnything({ mediaType, parts }: PartModel): boolean {
  return mediaType !== undefined || parts !== undefined;
}

function partModel({ contentType, parts }: PartEncoding): PartModel {
  return { mediaType: contentType, parts: partsModel(parts) };
}

/** Style, explode and allowReserved leave the content type aside (OpenAPI 3.1, 4.8.15.1.2). */
function encodingModel({
  property,
  style,
  explode,
  allowReserved,
  contentType,
  parts,
}: PropertyEncoding): readonly EncodingModel[] {
  const nested = partsModel(parts);
  if (nested !== undefined)
    return [{ property, as: { parts: nested, mediaType: contentType ?? "multipart/mixed" } }];
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
          reserved: allowReserved === true ? "allowReserved" : undefined,
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

const DECODERS: Readonly<
  Record<Exclude<BodyKind, "json" | "jsonItems" | "eventStream">, DecoderName>
> = {
  form: "text",
  multipart: "blob",
  parts: "blob",
  text: "text",
  binary: "blob",
};

function decoderOf(
  { kind, eventData }: MediaType,
  type: TypeNode | undefined,
  int64: Int64Finder,
): Decoder {
  if (kind === "json") return int64.json(type) ?? "json";
  if (kind === "jsonItems") return { kind: "jsonStream", int64: int64.json(type) };
  if (kind !== "eventStream") return DECODERS[kind];
  const json = eventData?.json ?? [];
  // Where no data is JSON, nothing is parsed, and the schema may be that of the data.
  return { kind, json, int64: json.length === 0 ? undefined : int64.json(type) };
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
  if (operation.method === "HEAD") return "*/*";
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

function decodingModel(
  responses: readonly Response[],
  types: OperationTypes,
  int64: Int64Finder,
): DecodingModel {
  const statuses = responses.flatMap((response, index) =>
    response.success && !isAlwaysEmpty(response)
      ? [statusDecoding(response, types.responses[index] ?? [], int64)]
      : [],
  );
  const kinds = new Set(statuses.map((status) => JSON.stringify(status.decoding)));
  const [first] = statuses;
  if (first === undefined) return { kind: "uniform", decoder: "none" };
  return kinds.size === 1 && !isByMediaType(first.decoding)
    ? { kind: "uniform", decoder: first.decoding }
    : { kind: "byStatus", statuses };
}

/** The runtime never reads a body of these (RFC 9110, 15.3.5 and 15.3.6), so nothing needs to be said about them. */
function isAlwaysEmpty({ status }: Response): boolean {
  return status === 204 || status === 205;
}

function statusDecoding(
  { status, mediaTypes }: Response,
  types: readonly (TypeNode | undefined)[],
  int64: Int64Finder,
): StatusDecoding {
  const decoders = mediaTypes.map((mediaType, index) => decoderOf(mediaType, types[index], int64));
  const [only] = decoders;
  if (only === undefined) return { status, decoding: "none" };
  if (new Set(decoders.map((decoder) => JSON.stringify(decoder))).size === 1)
    return { status, decoding: only };
  // The runtime matches without parameters, so types that differ only in those are one.
  const byType = new Map<string, Decoder>();
  for (const [index, decoder] of decoders.entries()) {
    const essence = mediaTypes[index]?.name.split(";")[0] ?? "";
    if (!byType.has(essence)) byType.set(essence, decoder);
  }
  return {
    status,
    decoding: [...byType].map(([mediaType, decoder]) => ({ mediaType, decoder })),
  };
}

/** Errors are decoded by what they are; only JSON with 64-bit integers needs to know where those are. */
function errorDecoding(
  responses: readonly Response[],
  types: OperationTypes,
  int64: Int64Finder,
): ErrorDecoding | undefined {
  const statuses = responses.flatMap(({ status, success, mediaTypes }, index) => {
    const bodies = mediaTypes.map(({ kind }, position) =>
      kind === "json" ? types.responses[index]?.[position] : undefined,
    );
    const json = success
      ? undefined
      : int64.json(unionOf(bodies.filter((type) => type !== undefined)));
    return json === undefined ? [] : [{ status, json }];
  });
  const [first] = statuses;
  return (
    first && {
      as: first.json.as,
      statuses: statuses.map(({ status, json }) => [status, json.places]),
    }
  );
}
