import type { ResponseTable, StandardIssue, StandardSchema } from "./response-tables.js";

/** Where an answer is not what the document says: plain data, without any value of the answer. */
export interface DriftFinding {
  /** What is not in the document, or not as it says; `JSON`: the body is none. */
  readonly problem: "status" | "media type" | "JSON" | "body";
  /** The name of the service. */
  readonly service: string;
  readonly operationId: string;
  readonly method: string;
  /** The document's path template, with its `{name}`s. */
  readonly path: string;
  readonly status: number;
  /** The undocumented media type, without its parameters. */
  readonly mediaType?: string | undefined;
  /**
   * Where in the body (RFC 6901). It has the names of properties that the document has; `*` stands for positions, and for
   * all other names, for these are data.
   */
  readonly pointer?: string | undefined;
  /** The type that there should be, if the library says so. */
  readonly expected?: string | undefined;
  /** The type of JSON that there is, or `nothing`. */
  readonly received?: string | undefined;
  /** How often it was seen since it was last told. */
  readonly count: number;
}

/** What is told of an issue. */
type Told = Pick<DriftFinding, "problem" | "pointer" | "expected" | "received">;

/** A way into a value is told no further. */
const LONGEST_WAY = 30;

/** What an issue of a validator says, without what it may quote: messages, keys and values. */
export function findingOf(
  issue: StandardIssue,
  value: unknown,
  schema: StandardSchema,
  table: ResponseTable,
): Told {
  const path = (issue.path ?? []).slice(0, LONGEST_WAY).map(keyOf);
  return {
    problem: "body",
    pointer: path
      .map((_, index) => `/${tokenAt(path.slice(0, index + 1), schema, table)}`)
      .join(""),
    expected: expectedOf(issue),
    received: typeOf(valueAt(value, path)),
  };
}

function keyOf(segment: PropertyKey | { readonly key: PropertyKey }): PropertyKey {
  return typeof segment === "object" ? segment.key : segment;
}

function tokenAt(
  path: readonly PropertyKey[],
  schema: StandardSchema,
  { isName }: ResponseTable,
): string {
  const key = path.at(-1);
  if (typeof key !== "string" || isName?.(schema, path) !== true) return "*";
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** What libraries call types. Whatever else stands there may be a value. */
const TYPES: ReadonlySet<unknown> = new Set([
  ...["array", "boolean", "integer", "null", "number", "object", "record", "string", "tuple"],
]);

function expectedOf(issue: StandardIssue): string | undefined {
  const expected = "expected" in issue ? issue.expected : undefined;
  return typeof expected === "string" && TYPES.has(expected) ? expected : undefined;
}

const NOTHING = Symbol("nothing");

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key))
      return NOTHING;
    current = (current as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return current;
}

function typeOf(value: unknown): string {
  if (value === NOTHING) return "nothing";
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/**
 * A finding as one line for a log:
 * `getVideo: GET /videos/{id} answered 200 with number for string at /data/*\/name (3 times)`.
 */
export function driftLine(finding: DriftFinding): string {
  const { operationId, method, path, status, count } = finding;
  const times = count > 1 ? ` (${count} times)` : "";
  return printable(
    `${operationId}: ${method} ${path} answered ${status}${problemOf(finding)}${times}`,
  );
}

function problemOf({ problem, mediaType, pointer = "", expected, received }: DriftFinding): string {
  switch (problem) {
    case "status":
      return ", which is not in the document";
    case "media type":
      return ` with the media type ${mediaType ?? "none"}, which is not in the document`;
    case "JSON":
      return " with what is no JSON";
    case "body": {
      const place = pointer === "" ? "in its body" : `at ${pointer}`;
      const wanted =
        expected === undefined ? "that the document does not allow" : `for ${expected}`;
      return ` with ${received ?? "a value"} ${wanted} ${place}`;
    }
  }
}

/** Names of a document, for a terminal: without control characters. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, "?");
}
