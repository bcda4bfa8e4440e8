import type * as JsonP3 from "json-p3";
import type { RE2JS } from "re2js";
import { visible } from "../diagnostics/quoted.js";
import { isObject } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";

/** The way from the root of a document to a node: names of members and indexes of items. */
export type Location = readonly (string | number)[];

/** A node that a query selects. */
export interface SelectedNode {
  readonly location: Location;
  readonly value: JsonValue;
}

/** A JSONPath query (RFC 9535) that is known to be valid. */
export interface Query {
  /** The nodes that it selects, each once; `"too costly"` where that would take too many steps. */
  readonly select: (document: JsonObject) => readonly SelectedNode[] | "too costly";
  /** The same query without its last segment, and the name that the last one asks for; `undefined` for `$`. */
  readonly parent:
    { readonly query: Query; readonly text: string; readonly name?: string } | undefined;
}

/** What is wrong with the text of a query. */
export interface InvalidQuery {
  /** One clause, without full stop. */
  readonly problem: string;
  /** Index in the text from 0. */
  readonly index: number;
}

/** Reads queries. */
export type ParseQuery = (text: string) => Query | InvalidQuery;

/** How much queries may do: how many values they look at, again and again where one descends twice. */
export interface QuerySteps {
  readonly each: number;
  readonly all: number;
}

/** The largest real documents have two million values; the work that this allows takes some seconds. */
const QUERY_STEPS: QuerySteps = { each: 5_000_000, all: 100_000_000 };

/** A query that went too far. */
class TooCostly extends Error {}

/**
 * Loads the library that reads queries; only documents with overlays need it. Documents are hostile, so that filters
 * with `match` and `search` run on an engine for regular expressions that takes linear time, and every query is counted.
 *
 * @param depth how deep documents may be nested
 */
export async function loadQueries(
  depth: number,
  steps: QuerySteps = QUERY_STEPS,
): Promise<ParseQuery> {
  const [library, { RE2JS }] = await Promise.all([import("json-p3"), import("re2js")]);
  const counter: Counter = { now: 0, all: 0, limit: steps };
  const environment = createEnvironment(library, depth, counter);
  const { LogicalType, ValueType } = library.FunctionExpressionType;
  for (const [name, whole] of [
    ["match", true],
    ["search", false],
  ] as const) {
    environment.functionRegister.set(name, {
      argTypes: [ValueType, ValueType],
      returnType: LogicalType,
      call: (text: unknown, pattern: unknown) => matches(RE2JS, text, pattern, whole),
    });
  }
  return (text) => {
    try {
      return queryOf(environment.compile(text), library, counter);
    } catch (error) {
      if (error instanceof library.JSONPathError) return invalid(error, text);
      // The library reads what is nested by recursion.
      if (error instanceof RangeError) return { problem: "it is nested too deep", index: 0 };
      throw error;
    }
  };
}

interface Counter {
  /** Of the present query. */
  now: number;
  all: number;
  readonly limit: QuerySteps;
}

function createEnvironment(
  library: typeof JsonP3,
  depth: number,
  counter: Counter,
): JsonP3.JSONPathEnvironment {
  class CountingEnvironment extends library.JSONPathEnvironment {
    override entries(object: Record<string, JsonP3.JSONValue>): [string, JsonP3.JSONValue][] {
      const entries = Object.entries(object);
      count(counter, entries.length + 1);
      return entries;
    }
  }
  // The library counts the root and what an object holds as levels of their own.
  return new CountingEnvironment({ maxRecursionDepth: depth + 3 });
}

function count(counter: Counter, steps: number): void {
  counter.now += steps;
  counter.all += steps;
  if (counter.now > counter.limit.each || counter.all > counter.limit.all) throw new TooCostly();
}

function queryOf(query: JsonP3.JSONPathQuery, library: typeof JsonP3, counter: Counter): Query {
  return {
    select: (document) => selectNodes(query, document, library, counter),
    get parent(): Query["parent"] {
      const last = query.segments.at(-1);
      if (last === undefined) return undefined;
      const before = new library.JSONPathQuery(query.environment, query.segments.slice(0, -1));
      const name = nameIn(last, library);
      return {
        query: queryOf(before, library, counter),
        text: before.toString({ form: "pretty" }),
        ...(name === undefined ? {} : { name }),
      };
    },
  };
}

/** The name that a segment asks for, when that is all it asks for. */
function nameIn(
  { selectors }: JsonP3.JSONPathQuery["segments"][number],
  { jsonpath }: typeof JsonP3,
): string | undefined {
  const [selector] = selectors;
  const isName = selectors.length === 1 && selector instanceof jsonpath.selectors.NameSelector;
  return isName ? selector.name : undefined;
}

function selectNodes(
  query: JsonP3.JSONPathQuery,
  document: JsonObject,
  { JSONPathRecursionLimitError }: typeof JsonP3,
  counter: Counter,
): readonly SelectedNode[] | "too costly" {
  counter.now = 0;
  const found = new Map<string, SelectedNode>();
  try {
    for (const { location, value } of query.lazyQuery(document)) {
      count(counter, 1);
      // A query may select one node several times (RFC 9535, 2.1.2), but it is changed once.
      found.set(JSON.stringify(location), { location, value: value as JsonValue });
    }
  } catch (error) {
    const ranOut = error instanceof RangeError || error instanceof JSONPathRecursionLimitError;
    if (error instanceof TooCostly || ranOut) return "too costly";
    throw error;
  }
  return [...found.values()];
}

/** An I-Regexp (RFC 9485), which is a subset of what the engine reads, but for the dot. What is none matches nothing. */
function matches(engine: typeof RE2JS, text: unknown, pattern: unknown, whole: boolean): boolean {
  if (typeof text !== "string" || typeof pattern !== "string") return false;
  try {
    const compiled = engine.compile(pattern);
    return whole ? compiled.matches(text) : compiled.matcher(text).find();
  } catch {
    return false;
  }
}

function invalid(error: JsonP3.JSONPathError, text: string): InvalidQuery {
  const problem = error.message.replace(/\s*\('.*':\d+\)$/s, "");
  return {
    problem: visible(problem.slice(0, 200)),
    index: Math.min(error.token.index, text.length),
  };
}

/** Tells a query from what is wrong with its text. */
export function isQuery(parsed: Query | InvalidQuery): parsed is Query {
  return "select" in parsed;
}

/** The names that the objects among some nodes have, each once. */
export function namesIn(nodes: readonly SelectedNode[]): readonly string[] {
  return [...new Set(nodes.flatMap(({ value }) => (isObject(value) ? Object.keys(value) : [])))];
}
