import { partsOf, type Part } from "../../runtime/support/multipart.js";
import type { RecordedRequest } from "../../runtime/support/server.js";
import type { ApiDocument, MediaType, Operation, Parameter, Schema } from "./document.js";
import { problemsOf, propertiesOf, typed } from "./schema.js";

/** What a server that goes by the document understands of a request. */
export interface ReadRequest {
  /** Parameters by name. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Whatever the document does not allow. */
  readonly problems: readonly string[];
}

/**
 * Reads a request as the document describes it, byte by byte.
 *
 * @param ignored names of query parameters that are credentials
 */
export function readRequest(
  request: RecordedRequest,
  operation: Operation,
  document: ApiDocument,
  ignored: readonly string[] = [],
): ReadRequest {
  const problems: string[] = [];
  const parameters: Record<string, unknown> = {};
  const [path = "", query = ""] = request.url.split("?");
  const isIn = (place: string): Parameter[] =>
    operation.parameters.filter((parameter) => parameter.in === place);

  if (request.method !== operation.method) problems.push(`method: ${request.method}`);
  const segments = matchPath(path, operation.path);
  if (segments === undefined) problems.push(`path: ${path}`);
  for (const { name, schema } of isIn("path")) {
    parameters[name] = typed(segments?.get(name), schema, document);
  }

  const pairs = query === "" ? [] : query.split("&").map((pair) => pair.split("="));
  // Everything that need not be encoded, and the commas of arrays that are not exploded.
  if (!/^(?:[\w.~%-]+=[\w.~%,-]*(?:&(?!$)|$))*$/.test(query)) problems.push(`query: ${query}`);
  const names = new Set(isIn("query").map(({ name }) => name));
  for (const [name = ""] of pairs) {
    const decoded = decodeURIComponent(name);
    if (!names.has(decoded) && !ignored.includes(decoded)) problems.push(`query: ${decoded}?`);
  }
  for (const parameter of isIn("query")) {
    const raw = pairs
      .filter(([name = ""]) => decodeURIComponent(name) === parameter.name)
      .map(([, value = ""]) => value);
    if (raw.length > 0) parameters[parameter.name] = queryValue(raw, parameter, document);
  }
  for (const { name, schema } of isIn("header")) {
    const value = request.headers[name.toLowerCase()];
    if (value !== undefined) parameters[name] = typed(value, schema, document);
  }
  for (const { name, required, schema } of operation.parameters) {
    const value = parameters[name];
    if (value === undefined && required === true) problems.push(`${name} is missing`);
    if (value !== undefined) {
      problems.push(...problemsOf(value, schema, document, "request", name));
    }
  }

  const body = readBody(request, operation, document, problems);
  return { parameters, body, problems };
}

/** The values of a path's parameters, decoded; undefined if the path is another one. */
function matchPath(path: string, template: string): ReadonlyMap<string, string> | undefined {
  const names: string[] = [];
  const pattern = template.split(/\{([^}]*)\}/).map((piece, index) => {
    if (index % 2 === 0) return piece.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    names.push(piece);
    // Everything else that may stand in a segment could be misread by somebody.
    return "([\\w.~%-]+)";
  });
  const match = new RegExp(`^${pattern.join("")}$`).exec(path);
  if (match === null) return undefined;
  return new Map(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? "")]));
}

function queryValue(raw: readonly string[], parameter: Parameter, document: ApiDocument): unknown {
  const schemas = [parameter.schema, ...(document.resolve(parameter.schema).oneOf ?? [])];
  const arrays = schemas.filter((schema) => document.resolve(schema).type === "array");
  const isArray =
    arrays.length > 0 && (arrays[0] === parameter.schema || schemas.length === 1 || raw.length > 1);
  const texts = parameter.explode === false ? raw.flatMap((text) => text.split(",")) : raw;
  const decoded = texts.map((text) => decodeURIComponent(text));
  if (parameter.explode === false && raw.length > 1) return decoded.join("&");
  return typed(isArray ? decoded : decoded[0], parameter.schema, document);
}

function readBody(
  { headers, body, ...request }: RecordedRequest,
  operation: Operation,
  document: ApiDocument,
  problems: string[],
): unknown {
  const type = headers["content-type"];
  if (operation.body === undefined || (body.length === 0 && type === undefined)) {
    if (operation.body?.required === true) problems.push("the body is missing");
    if (body.length > 0 || type !== undefined) problems.push(`a body of ${String(type)}`);
    return undefined;
  }
  const [essence = ""] = String(type).split(";");
  const entry = Object.entries(operation.body.content).find(([range]) => fits(essence, range));
  if (entry === undefined) {
    problems.push(`a body of ${essence}`);
    return undefined;
  }
  const [range, mediaType] = entry;
  const { schema = {} } = mediaType;
  const value = ((): unknown => {
    if (range === "application/json") return JSON.parse(body.toString()) as unknown;
    if (range === "application/x-www-form-urlencoded") {
      const fields = Object.fromEntries(new URLSearchParams(body.toString()));
      return typed(fields, schema, document);
    }
    if (range === "multipart/form-data") {
      return readMultipart(partsOf({ headers, body, ...request }), mediaType, document);
    }
    return { file: body.toString("latin1"), type: essence };
  })();
  if (!/multipart|\*|octet-stream/.test(range)) {
    problems.push(...problemsOf(value, schema, document, "request", "body"));
  }
  return value;
}

/** Whether a media type is in a range, whatever parameters the two have. */
export function fits(mediaType: string, range: string): boolean {
  const [type = ""] = mediaType.split(";");
  const [wanted = ""] = range.split(";");
  const isFamily = wanted.endsWith("/*") && type.startsWith(wanted.slice(0, -1));
  return wanted === "*/*" || wanted === type || isFamily;
}

/** The fields of a form; files as `{ file, type }`. */
function readMultipart(
  parts: readonly Part[],
  { schema = {}, encoding = {} }: MediaType,
  document: ApiDocument,
): unknown {
  const properties = propertiesOf(schema, document);
  const fields: Record<string, unknown> = {};
  for (const [name, property] of properties) {
    const isArray = document.resolve(property).type === "array";
    const values = parts
      .filter((part) => part.name === name)
      .map((part) => partValue(part, property));
    if (values.length > 0) fields[name] = isArray ? values : values[0];
    if (encoding[name]?.style === "deepObject") {
      const deep = parts.filter((part) => part.name.startsWith(`${name}[`));
      if (deep.length > 0) fields[name] = nested(name, deep);
    }
  }
  const known = [...properties.keys()];
  for (const { name } of parts) {
    const base = name.replace(/\[[^\]]*\].*$/, "");
    if (!known.includes(name) && encoding[base]?.style !== "deepObject")
      fields[`unknown ${name}`] = "";
  }
  return typed(fields, schema, document);

  function partValue(part: Part, property: Schema): unknown {
    const value = valueOf(part);
    const isObject = typeof value === "string" && document.resolve(property).type === "object";
    return isObject ? (JSON.parse(value) as unknown) : value;
  }
}

function valueOf(
  part: Part,
): string | { readonly file: string; readonly type: string | undefined } {
  return part.fileName === undefined
    ? part.body.toString()
    : { file: part.body.toString("latin1"), type: part.type };
}

/** What `name[a][b]=1` stands for; numbers are those of items, and so are empty brackets. */
function nested(name: string, parts: readonly Part[]): unknown {
  const root: Record<string, unknown> = {};
  for (const part of parts) {
    const keys = part.name.slice(name.length).replaceAll("]", "").split("[").slice(1);
    const last = keys.pop() ?? "";
    let node = root;
    for (const key of keys) node = (node[key] ??= {}) as Record<string, unknown>;
    node[last === "" ? String(Object.keys(node).length) : last] = valueOf(part);
  }
  return withArrays(root);
}

function withArrays(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, withArrays(member)] as const);
  const isArray = entries.length > 0 && entries.every(([key], index) => key === String(index));
  return isArray ? entries.map(([, member]) => member) : Object.fromEntries(entries);
}
