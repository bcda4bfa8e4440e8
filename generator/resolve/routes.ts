import { diagnostic } from "../diagnostics/codes.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { pointerTo } from "../document/pointer.js";
import type { Parameter } from "./resolved-api.js";

/** Where requests go, as a key of `paths` says it. */
export interface Route {
  /** The template of the path. */
  readonly path: string;
  /** What the key says of the query, by name. */
  readonly query: ReadonlyMap<string, QueryValue>;
  /** The names in braces of both, in their order, each once. */
  readonly names: readonly string[];
}

/** The same value each time, or that of a parameter in braces. */
type QueryValue = { readonly value: string } | { readonly parameter: string };

/**
 * Takes a path template apart. OpenAPI allows neither query nor fragment there (3.1, 4.8.8), but documents have them to
 * tell operations apart that share a path, and there is one way to read them: a query is sent as one, and a fragment is
 * never sent (RFC 9110, 7.1). What stands in braces is a name, whatever it holds.
 */
export function routeOf(template: string): Route {
  const [beforeFragment = ""] = split(template, "#");
  const [path = "", ...rest] = split(beforeFragment, "?");
  const pairs = split(rest.join("?"), "&").filter((pair) => pair !== "");
  return { path, query: new Map(pairs.map(queryPair)), names: templateNames(beforeFragment) };
}

/** The names in braces of a template, in their order, each once. */
export function templateNames(template: string): readonly string[] {
  return [...new Set([...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? ""))];
}

/** Splits at a character that stands outside of braces. */
function split(template: string, separator: "#" | "?" | "&" | "="): readonly string[] {
  const parts = [""];
  for (const piece of template.split(/(\{[^{}]*\})/)) {
    const [first = "", ...others] = piece.startsWith("{") ? [piece] : piece.split(separator);
    parts.push(`${parts.pop() ?? ""}${first}`, ...others);
  }
  return parts;
}

function queryPair(pair: string): readonly [string, QueryValue] {
  const [name = "", ...rest] = split(pair, "=");
  const value = rest.join("=");
  const parameter = /^\{([^{}]*)\}$/.exec(value)?.[1];
  return [decoded(name), parameter === undefined ? { value: decoded(value) } : { parameter }];
}

/** What a query writes; the runtime encodes it again. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

/**
 * The parameters of an operation on its route: those in braces after a `?` are parameters of the query, and what has
 * the same value each time is none.
 */
export function parametersOn(
  { path, query }: Route,
  parameters: readonly Parameter[],
): readonly Parameter[] {
  const declared = parameters.filter(
    ({ location, name }) => location === "query" && !isFixed(query.get(name)),
  );
  const names = new Set(declared.map(({ name }) => name));
  return parameters.flatMap((parameter) => {
    if (parameter.location === "query") return declared.includes(parameter) ? [parameter] : [];
    if (parameter.location !== "path") return [parameter];
    const inQuery = [...query].flatMap(([name, value]) =>
      "parameter" in value && value.parameter === parameter.name && !names.has(name) ? [name] : [],
    );
    const inPath = path.includes(`{${parameter.name}}`) ? [parameter] : [];
    return [...inPath, ...inQuery.map((name) => queryParameter(parameter, name))];
  });
}

function isFixed(value: QueryValue | undefined): boolean {
  return value !== undefined && "value" in value;
}

function queryParameter(parameter: Parameter, name: string): Parameter {
  const { serialization } = parameter;
  return {
    ...parameter,
    location: "query",
    name,
    serialization:
      serialization.kind === "style"
        ? { ...serialization, style: "form", explode: true }
        : serialization,
  };
}

/** What is sent in the query each time, by name. */
export function fixedQuery({ query }: Route): ReadonlyMap<string, string> {
  return new Map(
    [...query].flatMap(([name, value]) => ("value" in value ? [[name, value.value] as const] : [])),
  );
}

/** Tells what becomes of a query or a fragment in a key of `paths`. */
export function* checkRoute(key: string): Findings<void> {
  const { path, query } = routeOf(key);
  const place = { pointer: pointerTo("paths", key) };
  if (query.size > 0) {
    yield diagnostic("path-with-query", {
      message: `The path ${quoted(key)} has a query, which OpenAPI does not allow there; it is sent as one.`,
      hint: "Declare what follows the ? as query parameters of the operation; a parameter that has one value takes const or an enum of one.",
      place,
    });
  }
  if (split(key, "#").length > 1) {
    yield diagnostic("path-with-query", {
      message: `The path ${quoted(key)} has a fragment, which is never sent: requests go to ${quoted(path)}.`,
      hint: "Remove what follows the #. What tells operations of one path apart has to be sent: in a header, the query or the body.",
      place,
    });
  }
}
