import { beforeAll, describe, expect, test } from "vitest";
import { LIMITS } from "../../../generator/document/limits.js";
import type { JsonObject, JsonValue } from "../../../generator/document/source.js";
import { isQuery, loadQueries, type ParseQuery } from "../../../generator/overlay/query.js";

let parse: ParseQuery;
beforeAll(async () => {
  parse = await loadQueries(LIMITS.depth);
});

function locations(text: string, document: JsonObject): unknown {
  const query = parse(text);
  if (!isQuery(query)) return query;
  const nodes = query.select(document);
  return nodes === "too costly" ? nodes : nodes.map(({ location }) => location);
}

/** Objects inside each other, so many levels deep. */
function nested(levels: number): JsonObject {
  let value: JsonObject = { name: "end" };
  for (let level = 1; level < levels; level += 1) value = { a: value };
  return value;
}

describe("queries", () => {
  test("select a node once, however often they lead to it", () => {
    expect(locations("$['a', 'a', *]", { a: 1, b: 2 })).toEqual([["a"], ["b"]]);
    expect(locations("$..[0, -1]", { a: ["x"] })).toEqual([["a", 0]]);
  });

  test("see only own members", () => {
    const own = JSON.parse('{ "__proto__": { "x": 1 }, "constructor": 2 }') as JsonObject;
    expect(locations("$.__proto__.x", own)).toEqual([["__proto__", "x"]]);
    expect(locations("$..constructor", own)).toEqual([["constructor"]]);
    expect(locations("$['__proto__', 'constructor', 'toString']", {})).toEqual([]);
    expect(locations("$.a.length", { a: [1] })).toEqual([]);
  });

  test("go as deep as a document may be", () => {
    expect(locations("$..name", nested(LIMITS.depth))).toHaveLength(1);
  });

  test.each([
    ["a*b", "aaab", true],
    ["a*b", "aaabc", false],
    [".", "\n", false],
    ["[^/]+", "x", true],
    ["\\p{Lu}x", "Äx", true],
    ["(", "(", false],
    [5, "5", false],
    ["a", 5, false],
  ])("match(%j) of %j is %j", (pattern, text, isMatch) => {
    const document: JsonObject = { list: [{ text, pattern }] };
    const found = locations("$.list[?match(@.text, @.pattern)]", document);
    expect(found).toEqual(isMatch ? [["list", 0]] : []);
  });

  test("search finds a part", () => {
    expect(locations("$[?search(@, 'b+')]", { x: "abbc", y: "ac" })).toEqual([["x"]]);
  });

  test("patterns of a document take no more than linear time", () => {
    const text = `${"a".repeat(100_000)}!`;
    expect(locations("$[?match(@.text, @.pattern)]", { x: { text, pattern: "(a+)+" } })).toEqual(
      [],
    );
    expect(locations("$[?search(@.text, @.pattern)]", { x: { text, pattern: "(a|a)*$" } })).toEqual(
      [["x"]],
    );
  });

  test("give up where the work multiplies", async () => {
    const limited = await loadQueries(LIMITS.depth, { each: 10_000, all: 15_000 });
    const rows = Array.from({ length: 100 }, (_, index): JsonValue => ({ index, of: {} }));
    const selected = (text: string): unknown => {
      const query = limited(text);
      return isQuery(query) ? query.select({ rows }) : query;
    };
    expect(selected("$..index")).toHaveLength(100);
    expect(selected("$..[?count($..*) == 1]")).toBe("too costly");
    // Nothing is left for any other query.
    expect(Array.from({ length: 20 }, () => selected("$..index")).at(-1)).toBe("too costly");
  });

  test.each([
    ["", 0],
    ["info", 0],
    ["$.", 2],
    ["$.paths[", 8],
    ["$['a", 4],
    ["$[?nope(@)]", 3],
    ["$[?@.a = 1]", 7],
    ["$ ", 2],
    ["$[?@.a == 1 &&]", 14],
    ["$[99999999999999999999]", 2],
  ])("%j is refused with a place in it", (text, index) => {
    const query = parse(text);
    expect(isQuery(query)).toBe(false);
    expect(query).toMatchObject({ index });
  });

  test("that are nested without end are refused", () => {
    const text = `$[?${"(".repeat(100_000)}@.a${")".repeat(100_000)}]`;
    expect(parse(text)).toEqual({ problem: "it is nested too deep", index: 0 });
  });
});
