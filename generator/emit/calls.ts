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
import {
  access,
  call,
  code,
  identifier,
  joined,
  literal,
  objectLiteral,
  stringLiteral,
  type Code,
} from "./code.js";

const PARAMS: Code = code`params`;

/** The object that describes a call to the runtime. */
export function callText(model: CallModel): Code {
  return objectLiteral([
    ["operationId", stringLiteral(model.operationId)],
    ["method", stringLiteral(model.method)],
    ["path", stringLiteral(model.path)],
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

function parameterGroups(
  parameters: readonly ParameterModel[],
): readonly (readonly [string, Code])[] {
  return GROUPS.flatMap(([location, key]) => {
    const here = parameters.filter((parameter) => parameter.location === location);
    const entries = here.map(
      (parameter) => [parameter.wireName, parameterText(parameter)] as const,
    );
    return here.length === 0 ? [] : [[key, objectLiteral(entries)] as const];
  });
}

function parameterText({ key, fallback, style }: ParameterModel): Code {
  const value = access(PARAMS, key);
  const filled = fallback === undefined ? value : code`${value} ?? ${literal(fallback)}`;
  return style === undefined ? filled : styledText(filled, style);
}

function styledText(value: Code, { name, explode, allowReserved }: StyleModel): Code {
  const options = explode && hasExplode(name) ? [objectLiteral([["explode", code`true`]])] : [];
  const styled = name === "none" ? value : call(identifier(name), [value, ...options]);
  return allowReserved ? call(code`allowReserved`, [styled]) : styled;
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

const BODY: Code = access(PARAMS, "body");
const CONTENT_TYPE: Code = access(PARAMS, "contentType");

function bodyText(body: BodyModel): Code {
  if (body.kind === "single") {
    return call(identifier(body.encoder), [
      BODY,
      ...(isForm(body) ? encodingArgument(body) : contentTypeArgument(body)),
    ]);
  }
  const chosen =
    body.preferred === undefined
      ? CONTENT_TYPE
      : code`${CONTENT_TYPE} ?? ${stringLiteral(body.preferred)}`;
  const encoders = body.options.map((option) => [option.mediaType, encoderText(option)] as const);
  return call(code`encodeAs`, [chosen, BODY, objectLiteral(encoders)]);
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
function encoderText(model: EncoderModel): Code {
  const encoder = identifier(model.encoder);
  if (!isForm(model)) return encoder;
  return code`(body: unknown) => ${call(encoder, [code`body`, ...encodingArgument(model)])}`;
}

function isForm({ encoder }: EncoderModel): boolean {
  return encoder === "form" || encoder === "multipart";
}

function encodingArgument({ encoding }: EncoderModel): readonly Code[] {
  const entries = encoding.map((model) => [model.property, encodingText(model)] as const);
  return entries.length === 0 ? [] : [objectLiteral(entries)];
}

function encodingText({ as }: EncodingModel): Code {
  if ("mediaType" in as) return stringLiteral(as.mediaType);
  const style = identifier(as.style.name);
  return as.style.allowReserved ? code`(value) => allowReserved(${style}(value))` : style;
}

function contentTypeArgument({
  contentType,
  isChosen,
  encoder,
}: BodyModel & { readonly kind: "single" }): readonly Code[] {
  if (contentType === undefined) return [CONTENT_TYPE];
  if (isChosen) return [code`${CONTENT_TYPE} ?? ${stringLiteral(contentType)}`];
  return contentType === OWN_TYPES[encoder] ? [] : [stringLiteral(contentType)];
}

function acceptEntry({ accept, choosesAccept }: CallModel): readonly (readonly [string, Code])[] {
  if (accept === undefined) return [];
  const value = stringLiteral(accept);
  return [["accept", choosesAccept ? code`${access(PARAMS, "accept")} ?? ${value}` : value]];
}

function responseEntry(response: DecodingModel): readonly (readonly [string, Code])[] {
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

function statusText({ decoding }: StatusDecoding): Code {
  if (typeof decoding === "string") return decoderText(decoding);
  return objectLiteral(decoding.map(({ mediaType, decoder }) => [mediaType, decoderText(decoder)]));
}

function decoderText(decoder: string): Code {
  return decoder === "eventStream" ? code`eventStream` : stringLiteral(decoder);
}

function securityText(security: readonly SecurityRequirement[]): Code {
  return code`[${joined(security.map(requirementText), code`, `)}]`;
}

function requirementText(requirement: SecurityRequirement): Code {
  return objectLiteral(requirement.map(({ scheme, scopes }) => [scheme, literal([...scopes])]));
}

/** A server of the document as data for the runtime. */
export function serverText(server: ServerInfo): Code {
  const variables = server.variables.map((variable): readonly [string, Code] => [
    variable.name,
    objectLiteral([
      ["default", stringLiteral(variable.defaultValue)],
      ...(variable.values === undefined ? [] : [["enum", literal([...variable.values])] as const]),
    ]),
  ]);
  return objectLiteral([
    ["url", stringLiteral(server.url)],
    ...(variables.length === 0 ? [] : [["variables", objectLiteral(variables)] as const]),
  ]);
}
