import { compareText } from "../document/json.js";
import type {
  BodyGroup,
  CallModel,
  DecodingModel,
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
    ...(model.body === undefined ? [] : [["body", bodyText(model.body.groups)] as const]),
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
  const encodings =
    body?.groups.flatMap((group) =>
      group.encoding.flatMap(({ as }) => ("style" in as ? [as.style] : [])),
    ) ?? [];
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

/** The last group is what remains; each group before it names the media types that mean it. */
function bodyText(groups: readonly BodyGroup[]): Code {
  const [last, ...before] = [...groups].reverse();
  if (last === undefined) return code`undefined`;
  return before.reduce(
    (otherwise, group) => code`${conditionText(group)} ? ${encodedText(group)} : ${otherwise}`,
    encodedText(last),
  );
}

function conditionText(group: BodyGroup): Code {
  const chosen = access(PARAMS, "contentType");
  return joined(
    group.mediaTypes.map((mediaType) => code`${chosen} === ${stringLiteral(mediaType)}`),
    code` || `,
  );
}

/** Content types that the encoders of the runtime send by themselves. */
const OWN_TYPES: Readonly<Record<BodyGroup["encoder"], string>> = {
  json: "application/json",
  form: "application/x-www-form-urlencoded",
  multipart: "multipart/form-data",
  text: "text/plain",
  binary: "application/octet-stream",
};

function encodedText(group: BodyGroup): Code {
  const body = access(PARAMS, "body");
  const encoding = group.encoding.map(
    (encodingModel) => [encodingModel.property, encodingText(encodingModel)] as const,
  );
  const isForm = group.encoder === "form" || group.encoder === "multipart";
  const extra = isForm
    ? encoding.length === 0
      ? []
      : [objectLiteral(encoding)]
    : contentTypeArgument(group);
  return call(identifier(group.encoder), [body, ...extra]);
}

function encodingText({ as }: EncodingModel): Code {
  if ("mediaType" in as) return stringLiteral(as.mediaType);
  const style = identifier(as.style.name);
  return as.style.allowReserved ? code`(value) => allowReserved(${style}(value))` : style;
}

function contentTypeArgument({ contentType, isChosen, encoder }: BodyGroup): readonly Code[] {
  const chosen = access(PARAMS, "contentType");
  if (contentType === undefined) return [chosen];
  if (isChosen) return [code`${chosen} ?? ${stringLiteral(contentType)}`];
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
