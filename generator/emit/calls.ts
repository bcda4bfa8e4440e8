import { compareText } from "../document/json.js";
import type {
  BodyModel,
  CallModel,
  Decoder,
  DecoderName,
  DecodingModel,
  EncoderModel,
  EncodingModel,
  ParameterModel,
  PartModel,
  PartsModel,
  StatusDecoding,
  StyleModel,
} from "../model/api-model.js";
import { decodersOf, encodersOf, isByMediaType } from "../model/call-parts.js";
import type { SecurityRequirement, ServerInfo } from "../resolve/resolved-api.js";
import { code } from "./code.js";
import {
  errorEntry,
  eventsEntry,
  int64BodyText,
  int64ContentText,
  int64DecoderText,
  int64EncoderText,
  int64Functions,
  int64ItemText,
  int64PartText,
  itemsArgument,
} from "./int64.js";
import {
  arrayLiteral,
  arrowFunction,
  call,
  literal,
  memberOf,
  objectLiteral,
  orElse,
  TRUE,
  variable,
  type Expression,
} from "./layout/expressions.js";

type Entry = readonly [string, Expression];

/** The object that describes a call to the runtime. */
export function callText(model: CallModel): Expression {
  return objectLiteral([
    ["operationId", literal(model.operationId)],
    ["method", literal(model.method)],
    ["path", literal(model.path)],
    ...parameterGroups(model),
    ...(model.body === undefined ? [] : [["body", bodyText(model.body)] as const]),
    ...(model.kind === "url"
      ? []
      : [...acceptEntry(model), ...responseEntry(model.response), ...errorEntry(model.errors)]),
    ...(model.isIdempotent === undefined
      ? []
      : [["idempotent", literal(model.isIdempotent)] as const]),
    ["security", securityText(model.security)],
    ...(model.server === undefined ? [] : [["server", serverText(model.server)] as const]),
  ]);
}

const GROUPS = [
  ["path", "pathParams"],
  ["query", "query"],
  ["header", "headers"],
  ["cookie", "cookies"],
] as const;

function parameterGroups({ parameters, fixedQuery }: CallModel): readonly Entry[] {
  return GROUPS.flatMap(([location, key]) => {
    const fixed = location === "query" ? fixedQuery : [];
    const entries = [
      ...fixed.map(([name, value]) => [name, literal(value)] as const),
      ...parameters
        .filter((parameter) => parameter.location === location)
        .map((parameter) => [parameter.wireName, parameterText(parameter)] as const),
    ];
    const values = objectLiteral(entries);
    const written = location === "cookie" ? call("cookies", [values]) : values;
    return entries.length === 0 ? [] : [[key, written] as const];
  });
}

function parameterText(model: ParameterModel): Expression {
  const { key, fallback, isIdempotencyKey, style, wholeQuery, int64 } = model;
  const value = memberOf("params", key);
  if (isIdempotencyKey) return orElse(value, call("uniqueKey", []));
  const filled = fallback === undefined ? value : orElse(value, literal(fallback));
  if (wholeQuery !== undefined) return call("wholeQuery", [encodedText(filled, wholeQuery, [])]);
  if (int64 !== undefined) return int64ContentText(filled, int64);
  return style === undefined ? filled : styledText(filled, style);
}

function styledText(value: Expression, style: StyleModel): Expression {
  const options =
    style.explode && hasExplode(style.name) ? [objectLiteral([["explode", TRUE]])] : [];
  const styled = style.name === "none" ? value : call(style.name, [value, ...options]);
  return style.reserved === undefined ? styled : call(style.reserved, [styled]);
}

function hasExplode(name: StyleModel["name"]): boolean {
  return name === "simple" || name === "label" || name === "matrix";
}

/** A function of the runtime, and the module that it stands in. */
export interface RuntimeFunction {
  readonly name: string;
  readonly stem: string;
}

/** The functions of the runtime that a call needs. */
export function runtimeFunctions(model: CallModel): readonly RuntimeFunction[] {
  const hasCookies = model.parameters.some(({ location }) => location === "cookie");
  return [
    ...(model.kind === "url"
      ? [{ name: "asUrl", stem: "as-url" }]
      : decoderFunctions(model.response)),
    ...encoderFunctions(model.body),
    ...queryFunctions(model),
    ...int64Functions(model),
    ...styleFunctions(model).map((name) => ({ name, stem: "styles" })),
    ...(model.parameters.some(({ isIdempotencyKey }) => isIdempotencyKey)
      ? [{ name: "uniqueKey", stem: "unique-key" }]
      : []),
    ...(hasCookies ? [{ name: "cookies", stem: "cookies" }] : []),
    ...(model.server === undefined ? [] : serverFunctions([model.server])),
  ];
}

/** What writes a parameter that is the whole query. */
function queryFunctions({ parameters }: CallModel): readonly RuntimeFunction[] {
  return parameters.flatMap(({ wholeQuery }) =>
    wholeQuery === undefined
      ? []
      : [{ name: "wholeQuery", stem: "whole-query" }, ...encoderFunction(wholeQuery)],
  );
}

/** The functions of `styles.ts` that a call needs. */
function styleFunctions({ parameters, body }: CallModel): readonly string[] {
  const encoders = [
    ...encodersOf(body),
    ...parameters.flatMap(({ wholeQuery }) => wholeQuery ?? []),
  ];
  const encodings = encoders.flatMap(({ encoding }) =>
    encoding.flatMap(({ as }) => ("style" in as ? [as.style] : [])),
  );
  const styles = [
    ...parameters.flatMap(({ style, int64 }) =>
      style === undefined || int64 !== undefined ? [] : [style],
    ),
    ...encodings,
  ];
  const names = styles.flatMap(({ name, reserved }) => [
    ...(name === "none" ? [] : [name]),
    ...(reserved === undefined ? [] : [reserved]),
  ]);
  return [...new Set(names)].sort(compareText);
}

/** Content types that the encoders of the runtime send by themselves. */
const OWN_TYPES: Readonly<Partial<Record<EncoderModel["encoder"], string>>> = {
  json: "application/json",
  jsonItems: "application/jsonl",
  form: "application/x-www-form-urlencoded",
  multipart: "multipart/form-data",
  text: "text/plain",
  binary: "application/octet-stream",
};

const BODY = memberOf("params", "body");
const CONTENT_TYPE = memberOf("params", "contentType");

function bodyText(body: BodyModel): Expression {
  if (body.kind === "single") return encodedText(BODY, body, contentTypeArgument(body));
  const chosen =
    body.preferred === undefined ? CONTENT_TYPE : orElse(CONTENT_TYPE, literal(body.preferred));
  const encoders = body.options.map((option) => [option.mediaType, encoderText(option)] as const);
  return call("encodeAs", [chosen, BODY, objectLiteral(encoders)]);
}

/** A value that an encoder makes a body of. Forms have one media type and no say in it. */
function encodedText(
  value: Expression,
  model: EncoderModel,
  contentType: readonly Expression[],
): Expression {
  const { encoder, int64 } = model;
  if (encoder === "jsonItems") return call(encoder, [value, ...itemArguments(model, contentType)]);
  if (int64 !== undefined) return int64BodyText(value, contentType, int64);
  if (isForm(model)) return call(encoder, [value, ...encodingArgument(model)]);
  return call(encoder, [value, ...contentType, ...partsArgument(model.parts)]);
}

function itemArguments(
  { int64 }: EncoderModel,
  contentType: readonly Expression[],
): readonly Expression[] {
  if (int64 === undefined) return contentType;
  const type = contentType.length === 0 ? [literal(OWN_TYPES.jsonItems ?? "")] : contentType;
  return [...type, int64ItemText(int64)];
}

function partsArgument(model: PartsModel | undefined): readonly Expression[] {
  return model === undefined ? [] : [objectLiteral(partsEntries(model))];
}

function partsEntries({ prefix, item }: PartsModel): readonly Entry[] {
  return [
    ...(prefix.length === 0 ? [] : [["prefix", arrayLiteral(prefix.map(partText))] as const]),
    ...(item === undefined ? [] : [["item", partText(item)] as const]),
  ];
}

/** A media type, the encodings of parts in a part, or nothing: then the value decides. */
function partText({ mediaType, parts }: PartModel): Expression {
  if (parts !== undefined) return nestedText(mediaType, parts);
  return mediaType === undefined ? variable("undefined") : literal(mediaType);
}

function nestedText(mediaType: string | undefined, parts: PartsModel): Expression {
  const contentType = literal(mediaType ?? "multipart/mixed");
  return objectLiteral([["contentType", contentType], ...partsEntries(parts)]);
}

function encoderFunctions(body: BodyModel | undefined): readonly RuntimeFunction[] {
  const encoders = encodersOf(body).flatMap(encoderFunction);
  return body?.kind === "choice"
    ? [...encoders, { name: "encodeAs", stem: "encode-as" }]
    : encoders;
}

/** The modules of encoders that are not called as these are. */
const ENCODER_STEMS: Readonly<Partial<Record<EncoderModel["encoder"], string>>> = {
  jsonItems: "json-items",
  parts: "multipart-parts",
};

/** Those of JSON with 64-bit integers `int64.ts` names. */
function encoderFunction(model: EncoderModel): readonly RuntimeFunction[] {
  const { encoder, encoding, int64 } = model;
  const isNested = encoding.some(({ as }) => "parts" in as);
  return [
    ...(int64 === undefined || encoder === "jsonItems"
      ? [{ name: encoder, stem: ENCODER_STEMS[encoder] ?? encoder }]
      : []),
    ...(isNested ? [{ name: "nestedParts", stem: "multipart-parts" }] : []),
  ];
}

/** An encoder as a value; those of forms take no media type but encodings. */
function encoderText(model: EncoderModel): Expression {
  const { encoder, int64, parts } = model;
  if (encoder === "jsonItems" ? int64 !== undefined : parts !== undefined) {
    const typed = encodedText(variable("body"), model, [variable("contentType")]);
    return arrowFunction([code`body: never`, code`contentType: string`], typed);
  }
  if (int64 !== undefined) return int64EncoderText(int64);
  if (!isForm(model)) return variable(encoder);
  const encoded = call(model.encoder, [variable("body"), ...encodingArgument(model)]);
  return arrowFunction([code`body: unknown`], encoded);
}

function isForm({ encoder }: EncoderModel): boolean {
  return encoder === "form" || encoder === "multipart";
}

function encodingArgument({ encoder, encoding }: EncoderModel): readonly Expression[] {
  const entries = encoding.map((model) => [model.property, encodingText(model, encoder)] as const);
  return entries.length === 0 ? [] : [objectLiteral(entries)];
}

function encodingText({ as }: EncodingModel, encoder: EncoderModel["encoder"]): Expression {
  if ("int64" in as) return int64PartText(as, encoder);
  if ("parts" in as) {
    const nested = nestedText(as.mediaType, as.parts);
    return arrowFunction([code`value`], call("nestedParts", [variable("value"), nested]));
  }
  if ("mediaType" in as) return literal(as.mediaType);
  if (as.style.reserved === undefined) return variable(as.style.name);
  const styled = call(as.style.name, [variable("value")]);
  return arrowFunction([code`value`], call(as.style.reserved, [styled]));
}

function contentTypeArgument({
  contentType,
  isChosen,
  encoder,
}: BodyModel & { readonly kind: "single" }): readonly Expression[] {
  if (contentType === undefined) return [CONTENT_TYPE];
  if (isChosen) return [orElse(CONTENT_TYPE, literal(contentType))];
  return contentType === OWN_TYPES[encoder] ? [] : [literal(contentType)];
}

function acceptEntry({ accept, choosesAccept }: CallModel): readonly Entry[] {
  if (accept === undefined) return [];
  const value = literal(accept);
  return [["accept", choosesAccept ? orElse(memberOf("params", "accept"), value) : value]];
}

/** The functions of the runtime that decode, and their modules. */
const DECODERS = {
  json: { name: "asJson", stem: "as-json" },
  text: { name: "asText", stem: "as-text" },
  blob: { name: "asBlob", stem: "as-blob" },
  none: { name: "asNothing", stem: "as-nothing" },
  eventStream: { name: "eventStream", stem: "event-stream" },
  jsonStream: { name: "jsonStream", stem: "json-stream" },
} satisfies Record<DecoderName | "eventStream" | "jsonStream", RuntimeFunction>;

function responseEntry(response: DecodingModel): readonly Entry[] {
  if (response.kind === "byStatus") {
    const entries = response.statuses.map(
      (status) => [String(status.status), statusText(status)] as const,
    );
    return [["response", call("byStatus", [objectLiteral(entries)])]];
  }
  return response.decoder === "json" ? [] : [["response", decoderText(response.decoder)]];
}

function statusText({ decoding }: StatusDecoding): Expression {
  if (!isByMediaType(decoding)) return decoderText(decoding);
  const entries = decoding.map(
    ({ mediaType, decoder }) => [mediaType, decoderText(decoder)] as const,
  );
  return call("byMediaType", [objectLiteral(entries)]);
}

function decoderText(decoder: Decoder): Expression {
  if (typeof decoder === "string") return variable(DECODERS[decoder].name);
  if (!("kind" in decoder)) return int64DecoderText(decoder);
  if (decoder.kind === "jsonStream") return call("jsonStream", itemsArgument(decoder.int64));
  const json = typeof decoder.json === "string" ? decoder.json : [...decoder.json];
  const { name } = DECODERS[decoder.kind];
  if (json.length === 0) return call(name, []);
  return call(name, [objectLiteral([["json", literal(json)], ...eventsEntry(decoder.int64)])]);
}

/** Those that read integers of 64 bits have modules of their own, which `int64.ts` names. */
function decoderFunction(decoder: Decoder): readonly RuntimeFunction[] {
  if (typeof decoder === "string") return [DECODERS[decoder]];
  return "kind" in decoder ? [DECODERS[decoder.kind]] : [];
}

function decoderFunctions(response: DecodingModel): readonly RuntimeFunction[] {
  const functions = decodersOf(response).flatMap(decoderFunction);
  if (response.kind === "uniform") return response.decoder === "json" ? [] : functions;
  const isByType = response.statuses.some(({ decoding }) => isByMediaType(decoding));
  return [
    { name: "byStatus", stem: "by-status" },
    ...(isByType ? [{ name: "byMediaType", stem: "by-media-type" }] : []),
    ...functions,
  ];
}

function securityText(security: readonly SecurityRequirement[]): Expression {
  return arrayLiteral(security.map(requirementText));
}

function requirementText(requirement: SecurityRequirement): Expression {
  return objectLiteral(requirement.map(({ scheme, scopes }) => [scheme, literal([...scopes])]));
}

/** A server of the document for the runtime: its URL, or a function of its variables. */
export function serverText({ url, variables }: ServerInfo): Expression {
  if (!isTemplate({ url })) return literal(url);
  const entries = variables.map((variable): Entry => [
    variable.name,
    objectLiteral([
      ["default", literal(variable.defaultValue)],
      ...(variable.values === undefined ? [] : [["enum", literal([...variable.values])] as const]),
    ]),
  ]);
  return call("serverTemplate", [literal(url), objectLiteral(entries)]);
}

/** The functions of the runtime that servers need. */
export function serverFunctions(servers: readonly ServerInfo[]): readonly RuntimeFunction[] {
  return servers.some(isTemplate) ? [{ name: "serverTemplate", stem: "server-template" }] : [];
}

function isTemplate({ url }: Pick<ServerInfo, "url">): boolean {
  return url.includes("{");
}
