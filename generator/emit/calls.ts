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
  int64PartText,
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
    ...parameterGroups(model.parameters),
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

function parameterGroups(parameters: readonly ParameterModel[]): readonly Entry[] {
  return GROUPS.flatMap(([location, key]) => {
    const here = parameters.filter((parameter) => parameter.location === location);
    const entries = here.map(
      (parameter) => [parameter.wireName, parameterText(parameter)] as const,
    );
    const values = objectLiteral(entries);
    const written = location === "cookie" ? call("cookies", [values]) : values;
    return here.length === 0 ? [] : [[key, written] as const];
  });
}

function parameterText(model: ParameterModel): Expression {
  const { key, fallback, isIdempotencyKey, style, int64 } = model;
  const value = memberOf("params", key);
  if (isIdempotencyKey) return orElse(value, call("uniqueKey", []));
  const filled = fallback === undefined ? value : orElse(value, literal(fallback));
  if (int64 !== undefined) return int64ContentText(filled, int64);
  return style === undefined ? filled : styledText(filled, style);
}

function styledText(value: Expression, style: StyleModel): Expression {
  const options =
    style.explode && hasExplode(style.name) ? [objectLiteral([["explode", TRUE]])] : [];
  const styled = style.name === "none" ? value : call(style.name, [value, ...options]);
  return style.allowReserved ? call("allowReserved", [styled]) : styled;
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
    ...int64Functions(model),
    ...styleFunctions(model).map((name) => ({ name, stem: "styles" })),
    ...(model.parameters.some(({ isIdempotencyKey }) => isIdempotencyKey)
      ? [{ name: "uniqueKey", stem: "unique-key" }]
      : []),
    ...(hasCookies ? [{ name: "cookies", stem: "cookies" }] : []),
    ...(model.server === undefined ? [] : serverFunctions([model.server])),
  ];
}

/** The functions of `styles.ts` that a call needs. */
function styleFunctions({ parameters, body }: CallModel): readonly string[] {
  const encodings = encodersOf(body).flatMap(({ encoding }) =>
    encoding.flatMap(({ as }) => ("style" in as ? [as.style] : [])),
  );
  const styles = [
    ...parameters.flatMap(({ style, int64 }) =>
      style === undefined || int64 !== undefined ? [] : [style],
    ),
    ...encodings,
  ];
  const names = styles.flatMap(({ name, allowReserved }) => [
    ...(name === "none" ? [] : [name]),
    ...(allowReserved ? ["allowReserved"] : []),
  ]);
  return [...new Set(names)].sort(compareText);
}

/** Content types that the encoders of the runtime send by themselves. */
const OWN_TYPES: Readonly<Record<EncoderModel["encoder"], string>> = {
  json: "application/json",
  form: "application/x-www-form-urlencoded",
  multipart: "multipart/form-data",
  text: "text/plain",
  binary: "application/octet-stream",
};

const BODY = memberOf("params", "body");
const CONTENT_TYPE = memberOf("params", "contentType");

function bodyText(body: BodyModel): Expression {
  if (body.kind === "single") {
    if (body.int64 !== undefined) return int64BodyText(BODY, contentTypeArgument(body), body.int64);
    return call(body.encoder, [
      BODY,
      ...(isForm(body) ? encodingArgument(body) : contentTypeArgument(body)),
    ]);
  }
  const chosen =
    body.preferred === undefined ? CONTENT_TYPE : orElse(CONTENT_TYPE, literal(body.preferred));
  const encoders = body.options.map((option) => [option.mediaType, encoderText(option)] as const);
  return call("encodeAs", [chosen, BODY, objectLiteral(encoders)]);
}

function encoderFunctions(body: BodyModel | undefined): readonly RuntimeFunction[] {
  const encoders = encodersOf(body).flatMap(({ encoder, int64 }) =>
    int64 === undefined ? [{ name: encoder, stem: encoder }] : [],
  );
  return body?.kind === "choice"
    ? [...encoders, { name: "encodeAs", stem: "encode-as" }]
    : encoders;
}

/** An encoder as a value; those of forms take no media type but encodings. */
function encoderText(model: EncoderModel): Expression {
  if (model.int64 !== undefined) return int64EncoderText(model.int64);
  if (!isForm(model)) return variable(model.encoder);
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
  if ("mediaType" in as) return literal(as.mediaType);
  if (!as.style.allowReserved) return variable(as.style.name);
  const styled = call(as.style.name, [variable("value")]);
  return arrowFunction([code`value`], call("allowReserved", [styled]));
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
} satisfies Record<DecoderName | "eventStream", RuntimeFunction>;

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
