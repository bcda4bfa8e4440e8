import { compareText } from "../document/json.js";
import type {
  BodyModel,
  CallModel,
  DecodingModel,
  EncoderModel,
  EncodingModel,
  ParameterModel,
  StatusDecoding,
  StyleModel,
} from "../model/api-model.js";
import type { SecurityRequirement, ServerInfo } from "../resolve/resolved-api.js";
import { code } from "./code.js";
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
    ...(model.kind === "url" ? [] : [...acceptEntry(model), ...responseEntry(model.response)]),
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
    return here.length === 0 ? [] : [[key, objectLiteral(entries)] as const];
  });
}

function parameterText({ key, fallback, style }: ParameterModel): Expression {
  const value = memberOf("params", key);
  const filled = fallback === undefined ? value : orElse(value, literal(fallback));
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

/** The functions of `styles.ts` that a call needs. */
export function styleFunctions({ parameters, body }: CallModel): readonly string[] {
  const encodings = encodersOf(body).flatMap(({ encoding }) =>
    encoding.flatMap(({ as }) => ("style" in as ? [as.style] : [])),
  );
  const styles = [
    ...parameters.flatMap(({ style }) => (style === undefined ? [] : [style])),
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

function encodersOf(body: BodyModel | undefined): readonly EncoderModel[] {
  if (body === undefined) return [];
  return body.kind === "single" ? [body] : body.options;
}

/** The functions of the runtime that encode a body, with the module that each stands in. */
export function encoderFunctions(
  body: BodyModel | undefined,
): readonly { readonly name: string; readonly stem: string }[] {
  const encoders = encodersOf(body).map(({ encoder }) => ({ name: encoder, stem: encoder }));
  return body?.kind === "choice"
    ? [...encoders, { name: "encodeAs", stem: "encode-as" }]
    : encoders;
}

/** An encoder as a value; those of forms take no media type but encodings. */
function encoderText(model: EncoderModel): Expression {
  if (!isForm(model)) return variable(model.encoder);
  const encoded = call(model.encoder, [variable("body"), ...encodingArgument(model)]);
  return arrowFunction(code`body: unknown`, encoded);
}

function isForm({ encoder }: EncoderModel): boolean {
  return encoder === "form" || encoder === "multipart";
}

function encodingArgument({ encoding }: EncoderModel): readonly Expression[] {
  const entries = encoding.map((model) => [model.property, encodingText(model)] as const);
  return entries.length === 0 ? [] : [objectLiteral(entries)];
}

function encodingText({ as }: EncodingModel): Expression {
  if ("mediaType" in as) return literal(as.mediaType);
  if (!as.style.allowReserved) return variable(as.style.name);
  const styled = call(as.style.name, [variable("value")]);
  return arrowFunction(code`value`, call("allowReserved", [styled]));
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

function responseEntry(response: DecodingModel): readonly Entry[] {
  if (response.kind === "byStatus") {
    return [
      [
        "response",
        objectLiteral(
          response.statuses.map((status) => [String(status.status), statusText(status)]),
        ),
      ],
    ];
  }
  return response.decoder === "json" ? [] : [["response", decoderText(response.decoder)]];
}

function statusText({ decoding }: StatusDecoding): Expression {
  if (typeof decoding === "string") return decoderText(decoding);
  return objectLiteral(decoding.map(({ mediaType, decoder }) => [mediaType, decoderText(decoder)]));
}

function decoderText(decoder: string): Expression {
  return decoder === "eventStream" ? variable(decoder) : literal(decoder);
}

function securityText(security: readonly SecurityRequirement[]): Expression {
  return arrayLiteral(security.map(requirementText));
}

function requirementText(requirement: SecurityRequirement): Expression {
  return objectLiteral(requirement.map(({ scheme, scopes }) => [scheme, literal([...scopes])]));
}

/** A server of the document as data for the runtime. */
export function serverText(server: ServerInfo): Expression {
  const variables = server.variables.map((variable): Entry => [
    variable.name,
    objectLiteral([
      ["default", literal(variable.defaultValue)],
      ...(variable.values === undefined ? [] : [["enum", literal([...variable.values])] as const]),
    ]),
  ]);
  return objectLiteral([
    ["url", literal(server.url)],
    ...(variables.length === 0 ? [] : [["variables", objectLiteral(variables)] as const]),
  ]);
}
