import { describe, expect, test } from "vitest";
import { createLocator } from "../../../generator/diagnostics/locate.js";
import type { Outcome } from "../../../generator/diagnostics/diagnostic.js";
import { LIMITS } from "../../../generator/document/limits.js";
import type { JsonObject, JsonValue, Source } from "../../../generator/document/source.js";
import { applyOverlays } from "../../../generator/overlay/apply.js";
import { parseOverlay } from "../../../generator/overlay/parse-overlay.js";
import { loadQueries } from "../../../generator/overlay/query.js";
import { sourceOf } from "../../support/generate.js";

/** Applies actions to a document. Throws where the overlay as such is wrong. */
async function apply(
  document: JsonObject,
  actions: readonly JsonValue[],
  limits = LIMITS,
): Promise<Outcome<Source>> {
  const text = JSON.stringify({
    overlay: "1.1.0",
    info: { title: "Test", version: "1" },
    actions: actions as JsonValue[],
  });
  const overlay = parseOverlay({ path: "overlay.json", text }, LIMITS);
  if (overlay.value === undefined) throw new Error(JSON.stringify(overlay.diagnostics));
  const parseQuery = await loadQueries(LIMITS.depth);
  return applyOverlays(sourceOf(document), [overlay.value], { parseQuery, limits });
}

async function applied(document: JsonObject, ...actions: JsonValue[]): Promise<JsonObject> {
  const { value, diagnostics } = await apply(document, actions);
  if (value === undefined) throw new Error(JSON.stringify(diagnostics, null, 2));
  return value.document;
}

describe("update", () => {
  test.each<[string, JsonObject, JsonValue, JsonObject]>([
    [
      "merges objects deeply",
      { a: { b: { c: 1 } } },
      { target: "$.a", update: { b: { d: 2 }, e: 3 } },
      { a: { b: { c: 1, d: 2 }, e: 3 } },
    ],
    [
      "joins lists",
      { a: { b: [1] } },
      { target: "$", update: { a: { b: [2] } } },
      { a: { b: [1, 2] } },
    ],
    [
      "joins a list with its target",
      { a: [1] },
      { target: "$.a", update: [2, [3]] },
      { a: [1, 2, [3]] },
    ],
    ["appends an object", { a: [1] }, { target: "$.a", update: { b: 1 } }, { a: [1, { b: 1 }] }],
    ["appends a single value", { a: [1] }, { target: "$.a", update: null }, { a: [1, null] }],
    [
      "replaces single values",
      { a: 1, b: "x" },
      { target: "$.*", update: null },
      { a: null, b: null },
    ],
    ["replaces an item", { a: [1, 2] }, { target: "$.a[1]", update: 3 }, { a: [1, 3] }],
    ["replaces null", { a: null }, { target: "$", update: { a: 1 } }, { a: 1 }],
    [
      "changes nested targets, each once",
      { a: { a: {} } },
      { target: "$..['a', 'a']", update: { x: [1] } },
      { a: { a: { x: [1] }, x: [1] } },
    ],
    ["takes an update that says nothing", { a: {} }, { target: "$.a", update: {} }, { a: {} }],
  ])("%s", async (_name, document, action, expected) => {
    expect(await applied(document, action)).toEqual(expected);
  });

  test("of one value leaves those alone that share it", async () => {
    const shared: JsonObject = { list: [1] };
    const document = { a: shared, b: shared };
    const changed = await applied(document, { target: "$.a.list", update: 2 });
    expect(changed).toEqual({ a: { list: [1, 2] }, b: { list: [1] } });
    expect(document).toEqual({ a: { list: [1] }, b: { list: [1] } });
  });

  test("of several values gives each its own", async () => {
    const changed = await applied(
      { a: {}, b: {} },
      { target: "$.*", update: { x: { y: [1] } } },
      { target: "$.a.x.y", update: 2 },
    );
    expect(changed).toEqual({ a: { x: { y: [1, 2] } }, b: { x: { y: [1] } } });
  });

  test("of __proto__ is that of a member of this name", async () => {
    const update = JSON.parse(
      '{ "__proto__": { "polluted": true }, "constructor": { "prototype": { "polluted": true } } }',
    ) as JsonObject;
    const changed = await applied({ a: {} }, { target: "$.a", update }, { target: "$.a", update });
    expect(JSON.stringify(changed["a"])).toBe(JSON.stringify(update));
    expect(Object.getPrototypeOf(changed["a"])).toBe(Object.prototype);
    expect({}).not.toHaveProperty("polluted");
    const removed = await applied(changed, { target: "$.a.__proto__", remove: true });
    expect(Object.keys(removed["a"] ?? {})).toEqual(["constructor"]);
  });
});

describe("remove", () => {
  test.each<[string, JsonObject, string, JsonObject]>([
    ["a member", { a: 1, b: 2 }, "$.a", { b: 2 }],
    [
      "several items, by their numbers at the beginning",
      { a: [0, 1, 2, 3, 4] },
      "$.a[0, 2, 4]",
      { a: [1, 3] },
    ],
    ["all items", { a: [1, 2] }, "$.a.*", { a: [] }],
    ["what stands in what is removed too", { a: [{ a: [1, 2] }, { b: [1] }] }, "$..a", {}],
    [
      "items of lists in lists",
      {
        a: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      },
      "$.a[0, 1][0]",
      { a: [[2], [4], [5, 6]] },
    ],
    ["items at several levels at once", { a: [[1, 2], 3, [4, 5]] }, "$.a['x', 0, 1, 2]", { a: [] }],
    [
      "items below items",
      {
        a: [
          [0, 1],
          [0, 1],
        ],
      },
      "$..[0]",
      { a: [[1]] },
    ],
  ])("%s", async (_name, document, target, expected) => {
    expect(await applied(document, { target, remove: true })).toEqual(expected);
  });

  test("wins over an update, which does nothing then", async () => {
    const action = { target: "$.a", update: [1], remove: true };
    expect(await applied({ a: {}, b: 1 }, action)).toEqual({ b: 1 });
  });
});

describe("copy", () => {
  test("takes the value as it is before the action, even into itself", async () => {
    expect(await applied({ a: { b: 1 } }, { target: "$.a", copy: "$" })).toEqual({
      a: { b: 1, a: { b: 1 } },
    });
  });

  test("shares nothing with what it was taken from", async () => {
    const changed = await applied(
      { a: { x: { y: [1] } }, b: {} },
      { target: "$.a.x", update: { z: 1 } },
      { target: "$.b", copy: "$.a" },
      { target: "$.a.x.y", update: 2 },
      { target: "$.b.x.y", update: 3 },
    );
    expect(changed).toEqual({ a: { x: { y: [1, 2], z: 1 } }, b: { x: { y: [1, 3], z: 1 } } });
  });
});

describe("places", () => {
  test("of what was added are in the overlay, and those of what moved are still in the document", async () => {
    const document = { a: [{ x: 1 }, { x: 2 }, { x: 3 }], b: {} };
    const { value } = await apply(document, [
      { target: "$.a[0]", remove: true },
      { target: "$.b", copy: "$.a[1]" },
      { target: "$.a", update: { x: 4 } },
      { target: "$.a[0]", update: { y: 5 } },
    ]);
    expect(value?.document).toEqual({ a: [{ x: 2, y: 5 }, { x: 3 }, { x: 4 }], b: { x: 3 } });
    const locator = createLocator(value);
    const placeOf = (pointer: string): string => {
      const place = locator.ofPlace({ pointer, at: "value" });
      return place === undefined ? "" : `${place.file.path}:${place.column}`;
    };
    const text = JSON.stringify(document);
    const column = (part: string): number => text.indexOf(part) + 1;
    expect(placeOf("/a/0/x")).toBe(`document.json:${column("2}")}`);
    expect(placeOf("/a/1")).toBe(`document.json:${column('{"x":3')}`);
    expect(placeOf("/b/x")).toBe(`document.json:${column("3}")}`);
    expect(placeOf("/a/0/y")).toMatch(/^overlay\.json:/);
    expect(placeOf("/a/2/x")).toMatch(/^overlay\.json:/);
  });
});

describe("limits", () => {
  test("hold for many targets and for long texts", async () => {
    const rows = Array.from({ length: 100 }, () => ({}));
    const limits = { ...LIMITS, aliasedValues: 10_000 };
    const few = await apply({ rows }, [{ target: "$.rows.*", update: { a: "x" } }], limits);
    expect(few.diagnostics).toEqual([]);
    const update = { a: "x".repeat(10_000) };
    const many = await apply({ rows }, [{ target: "$.rows.*", update }], limits);
    expect(many.diagnostics).toMatchObject([{ code: "overlay-too-costly" }]);
  });

  test("end an overlay that doubles a document again and again", async () => {
    const doubling = Array.from({ length: 60 }, () => ({ target: "$.a", copy: "$.a" }));
    const { diagnostics } = await apply({ a: [1, 2, 3] }, doubling);
    expect(diagnostics.map(({ code }) => code)).toContain("overlay-too-costly");
    const nesting = Array.from({ length: 600 }, () => ({ target: "$..a", copy: "$" }));
    const nested = await apply({ a: {} }, nesting);
    expect(nested.diagnostics.at(-1)?.code).toBe("overlay-too-costly");
    const wrap = Array.from({ length: 600 }, () => [
      { target: "$", update: { next: {} } },
      { target: "$.next", copy: "$" },
    ]).flat();
    const wrapped = await apply({ a: 1 }, wrap);
    expect(wrapped.diagnostics.map(({ code }) => code)).toContain("too-deep");
  });
});
