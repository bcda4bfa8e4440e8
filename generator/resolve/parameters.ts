import {
  arrayMember,
  member,
  objectMember,
  sortedEntries,
  stringMember,
} from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { diagnostic } from "../diagnostics/codes.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { isSchema, resolveContent } from "./media-types.js";
import { follow, overridingText, type Placed } from "./references.js";
import {
  PARAMETER_LOCATIONS,
  type MediaType,
  type Parameter,
  type ParameterLocation,
  type Schema,
  type Serialization,
  type Style,
} from "./resolved-api.js";

/** Header parameters that OpenAPI tells to ignore (3.1, 4.8.12.2), because other parts of the document describe them. */
const DESCRIBED_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["accept", "the content of the responses tells what can be asked for"],
  ["content-type", "the content of the requestBody tells what can be sent"],
  ["authorization", "security and components.securitySchemes tell which credentials are sent"],
]);

/** Headers that the HTTP layer writes itself, and that browsers refuse to take (Fetch, forbidden request-header). */
const OWNED_BY_HTTP: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "date",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** A header field name is a token (RFC 9110, 5.1). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * The parameters of an operation: those of its path, overridden by its own of the same name and location, and one
 * more for each name in the path template that nothing declares.
 *
 * @param inTemplate the names in the path template
 */
export function* resolveParameters(
  document: JsonObject,
  owners: readonly Placed<JsonObject>[],
  inTemplate: readonly string[],
): Findings<readonly Parameter[]> {
  const merged = new Map<string, Parameter>();
  for (const owner of owners) yield* mergeOwn(document, owner, merged);
  const kept: Parameter[] = [];
  for (const parameter of merged.values()) {
    if (parameter.location !== "path" || inTemplate.includes(parameter.name)) kept.push(parameter);
    else yield unusedPathParameter(parameter);
  }
  const operation = owners.at(-1)?.pointer ?? "";
  for (const name of inTemplate) {
    if (kept.some((parameter) => parameter.location === "path" && parameter.name === name))
      continue;
    yield undeclaredPathParameter(name, operation);
    kept.push(undeclared(name, operation));
  }
  return inWritingOrder(yield* withOneQuery(kept));
}

/** A parameter that is the whole query leaves no place for others of it (OpenAPI 3.2, "Parameter Locations"). */
function* withOneQuery(parameters: readonly Parameter[]): Findings<readonly Parameter[]> {
  const whole = parameters.findLast(({ location }) => location === "querystring");
  if (whole === undefined) return parameters;
  const isInQuery = ({ location }: Parameter): boolean =>
    location === "query" || location === "querystring";
  const others = parameters.filter((parameter) => parameter !== whole && isInQuery(parameter));
  for (const other of others) yield besideWholeQuery(other, whole);
  return parameters.filter((parameter) => !others.includes(parameter));
}

function* mergeOwn(
  document: JsonObject,
  owner: Placed<JsonObject>,
  merged: Map<string, Parameter>,
): Findings<void> {
  const here = new Map<string, string>();
  for (const [index, value] of arrayMember(owner.value, "parameters").entries()) {
    const pointer = `${owner.pointer}/parameters/${index}`;
    const parameter = yield* resolveParameter(document, value, pointer);
    if (parameter === undefined) continue;
    const key = keyOf(parameter);
    const before = here.get(key);
    if (before !== undefined) yield duplicateParameter(parameter, before, pointer);
    here.set(key, parameter.name);
    merged.set(key, parameter);
  }
}

/** What makes two parameters the same one. The names of headers are the same in any case (RFC 9110, 5.1). */
function keyOf({ location, name }: Parameter): string {
  return `${location} ${location === "header" ? name.toLowerCase() : name}`;
}

function* resolveParameter(
  document: JsonObject,
  value: JsonValue,
  pointer: string,
): Findings<Parameter | undefined> {
  const target = follow(document, value, pointer);
  // What is no object was reported with the shapes.
  if (target === undefined) return undefined;
  const name = stringMember(target.value, "name");
  const location = PARAMETER_LOCATIONS.find((known) => known === stringMember(target.value, "in"));
  if (name === undefined || location === undefined) {
    yield diagnostic("invalid-parameter", {
      message:
        "A parameter needs a name, and path, query, querystring, header or cookie as its in.",
      hint: "Complete the Parameter Object. It is left out of the client.",
      place: { pointer },
    });
    return undefined;
  }
  if (location === "header" && (yield* isLeftOut(name, pointer))) return undefined;
  const required = location === "path" || member(target.value, "required") === true;
  return {
    pointer,
    location,
    name,
    description: overridingText(value, target.value, "description"),
    required,
    deprecated: member(target.value, "deprecated") === true,
    defaultValue: defaultOf(document, target, required),
    schema: { schema: schemaOf(target.value), pointer: `${target.pointer}/schema` },
    serialization: yield* serializationOf(document, target, location),
  };
}

function* isLeftOut(name: string, pointer: string): Findings<boolean> {
  const lower = name.toLowerCase();
  const elsewhere = DESCRIBED_ELSEWHERE.get(lower);
  if (elsewhere !== undefined) {
    yield diagnostic("described-elsewhere-header", {
      message: `A header parameter ${quoted(name)} is ignored, as OpenAPI tells to (3.1, 4.8.12.2).`,
      hint: `Remove the parameter: ${elsewhere}.`,
      place: { pointer },
    });
    return true;
  }
  if (OWNED_BY_HTTP.has(lower)) {
    yield diagnostic("http-owned-header", {
      message: `The header ${quoted(name)} is written by the HTTP layer; the client does not ask for it.`,
      hint: "Remove the parameter: its value follows from the body or the connection.",
      place: { pointer },
    });
    return true;
  }
  if (TOKEN.test(name)) return false;
  yield diagnostic("invalid-header-name", {
    message: `${quoted(name)} cannot be the name of a header.`,
    hint: "A header name is made of letters, digits and -_.!#$%&'*+^`|~ (RFC 9110, 5.1). The parameter is left out of the client.",
    place: { pointer },
  });
  return true;
}

function schemaOf(parameter: JsonObject): Schema {
  const schema = member(parameter, "schema");
  return isSchema(schema) ? schema : {};
}

/** The default; where a value is required and there is only one, that is as good as written as the default. */
function defaultOf(
  document: JsonObject,
  parameter: Placed<JsonObject>,
  required: boolean,
): JsonValue | undefined {
  const schema = follow(
    document,
    member(parameter.value, "schema"),
    `${parameter.pointer}/schema`,
  )?.value;
  const written = member(member(parameter.value, "schema"), "default") ?? member(schema, "default");
  return written ?? (required ? onlyValue(schema) : undefined);
}

function onlyValue(schema: JsonObject | undefined): JsonValue | undefined {
  const constant = member(schema, "const");
  const [value, ...others] = constant === undefined ? arrayMember(schema, "enum") : [constant];
  return others.length === 0 && typeof value !== "object" ? value : undefined;
}

type StyledLocation = Exclude<ParameterLocation, "querystring">;

const DEFAULT_STYLES: Readonly<Record<StyledLocation, Style>> = {
  path: "simple",
  query: "form",
  header: "simple",
  cookie: "form",
};

const STYLES: Readonly<Record<StyledLocation, readonly Style[]>> = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
  cookie: ["form", "cookie"],
};

function* serializationOf(
  document: JsonObject,
  parameter: Placed<JsonObject>,
  location: ParameterLocation,
): Findings<Serialization> {
  const content = objectMember(parameter.value, "content");
  if (content !== undefined && sortedEntries(content).length > 0) {
    const mediaTypes = yield* resolveContent(
      document,
      content,
      `${parameter.pointer}/content`,
      "request",
    );
    const [mediaType] = mediaTypes;
    if (mediaType !== undefined) return { kind: "content", mediaType };
  }
  if (location === "querystring") {
    yield withoutContent(parameter.pointer);
    return { kind: "content", mediaType: formOf(parameter) };
  }
  const style = yield* styleOf(parameter, location);
  const explode = member(parameter.value, "explode");
  return {
    kind: "style",
    style,
    explode: typeof explode === "boolean" ? explode : style === "form" || style === "cookie",
    allowReserved:
      percentEncodes(location, style) && member(parameter.value, "allowReserved") === true,
  };
}

/** Only where something is percent-encoded it can be left as it is (OpenAPI 3.2, "Parameter Object"). */
function percentEncodes(location: StyledLocation, style: Style): boolean {
  return location !== "header" && style !== "cookie";
}

/** What is usual: a form, of what `schema` describes. */
function formOf({ value, pointer }: Placed<JsonObject>): MediaType {
  return {
    name: "application/x-www-form-urlencoded",
    isRange: false,
    kind: "form",
    schema: { schema: schemaOf(value), pointer: `${pointer}/schema` },
    isItemSchema: false,
    encoding: [],
    parts: undefined,
  };
}

function* styleOf(parameter: Placed<JsonObject>, location: StyledLocation): Findings<Style> {
  const fallback = DEFAULT_STYLES[location];
  const written = member(parameter.value, "style");
  if (written === undefined) return fallback;
  const style = STYLES[location].find((known) => known === written);
  if (style !== undefined) return style;
  yield diagnostic("unknown-style", {
    message: `${typeof written === "string" ? quoted(written) : "This value"} is no style of a ${location} parameter; ${fallback} is used.`,
    hint: `Use one of ${STYLES[location].join(", ")} (OpenAPI 3.1, 4.8.12.3).`,
    place: { pointer: `${parameter.pointer}/style` },
  });
  return fallback;
}

/** Required parameters first, then in the order in which the document lists them. */
function inWritingOrder(parameters: readonly Parameter[]): readonly Parameter[] {
  return [
    ...parameters.filter((parameter) => parameter.required),
    ...parameters.filter((parameter) => !parameter.required),
  ];
}

function undeclared(name: string, operation: string): Parameter {
  return {
    pointer: operation,
    location: "path",
    name,
    description: undefined,
    required: true,
    deprecated: false,
    defaultValue: undefined,
    schema: { schema: { type: "string" }, pointer: operation },
    serialization: { kind: "style", style: "simple", explode: false, allowReserved: false },
  };
}

function undeclaredPathParameter(name: string, operation: string): ReturnType<typeof diagnostic> {
  return diagnostic("undeclared-path-parameter", {
    message: `The path has {${quoted(name).slice(1, -1)}}, but no parameter declares it; the client asks for a string.`,
    hint: "Declare it under parameters with in: path and required: true.",
    place: { pointer: operation },
  });
}

function unusedPathParameter(parameter: Parameter): ReturnType<typeof diagnostic> {
  return diagnostic("unused-path-parameter", {
    message: `The path parameter ${quoted(parameter.name)} does not stand in the path, so it cannot be sent.`,
    hint: "Remove the parameter, or put its name in braces into the path.",
    place: { pointer: parameter.pointer },
  });
}

function withoutContent(pointer: string): ReturnType<typeof diagnostic> {
  return diagnostic("querystring-without-content", {
    message: "A parameter in querystring has no content; its value is sent as a form.",
    hint: "Write content: { application/x-www-form-urlencoded: { schema: … } }, or the media type that the server reads, in the place of schema and style.",
    place: { pointer },
  });
}

function besideWholeQuery(other: Parameter, whole: Parameter): ReturnType<typeof diagnostic> {
  return diagnostic("beside-querystring", {
    message: `The ${other.location} parameter ${quoted(other.name)} is left out of the client, for ${quoted(whole.name)} is the whole query.`,
    hint: "Describe everything in the content of one parameter in querystring, or all of them as query parameters.",
    place: { pointer: other.pointer },
  });
}

function duplicateParameter(
  { location, name }: Parameter,
  before: string,
  pointer: string,
): ReturnType<typeof diagnostic> {
  const twice =
    before === name
      ? "is declared twice in one list"
      : `differs from ${quoted(before)} only in case, which HTTP does not tell apart`;
  return diagnostic("duplicate-parameter", {
    message: `The ${location} parameter ${quoted(name)} ${twice}; the last one counts.`,
    hint: "Keep one of the two.",
    place: { pointer },
  });
}
