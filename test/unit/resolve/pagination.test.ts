import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../generator/document/source.js";
import { resolveApi } from "../../../generator/resolve/resolve.js";
import { documentOf, sourceOf } from "../../support/generate.js";

/** Pages that the one operation of the document cannot have, and what is told. */
const WRONG: readonly (readonly [JsonValue, string, string])[] = [
  ["offset", "no kind that is known", "/x-pages"],
  [{ offset: "start", items: "/data" }, "no kind that is known", "/x-pages"],
  [{ kind: "page", items: "/data" }, "no kind that is known", "/x-pages"],
  [{ kind: "toString", items: "/data" }, "no kind that is known", "/x-pages"],
  [{ kind: "offset", items: "/data" }, "needs the member offset", "/x-pages"],
  [{ kind: "offset", offset: "start" }, "needs the member items", "/x-pages"],
  [{ kind: "link" }, "needs the member items", "/x-pages"],
  [{ kind: "keyset", items: "/data" }, "needs the member next", "/x-pages"],
  [{ kind: "link", items: "/data", total: "/total" }, 'no member "total"', "/x-pages/total"],
  [{ kind: "link", items: "/data", lmit: "count" }, 'no member "lmit"', "/x-pages/lmit"],
  [{ kind: "offset", offset: 1, items: "/data" }, "offset has to be text", "/x-pages/offset"],
  [
    { kind: "keyset", next: "id", items: "/data" },
    "next has to be an object of JSON pointers",
    "/x-pages/next",
  ],
  [{ kind: "offset", offset: "strat", items: "/data" }, 'parameter "strat"', "/x-pages/offset"],
  [{ kind: "link", limit: "X-Count", items: "/data" }, 'parameter "X-Count"', "/x-pages/limit"],
  [{ kind: "offset", offset: "start", items: "/date" }, "no array there", "/x-pages/items"],
  [{ kind: "offset", offset: "start", items: "/total" }, "no array there", "/x-pages/items"],
  [{ kind: "offset", offset: "start", items: "" }, "no array there", "/x-pages/items"],
  [{ kind: "link", items: "/data", limit: "count" }, "", ""],
  [
    { kind: "offset", offset: "start", items: "/data", total: "/sum" },
    "nothing there",
    "/x-pages/total",
  ],
  [{ kind: "keyset", items: "/data", next: { after: "/id" } }, '"after"', "/x-pages/next"],
  [{ kind: "keyset", items: "/data", next: { start: "/key" } }, '"/key"', "/x-pages/next"],
  [{ kind: "keyset", items: "/data", next: { start: 1 } }, "next has to be", "/x-pages/next"],
  [
    { kind: "keyset", items: "/data", order: "sort", next: { up: { start: "/key" } } },
    '"/key"',
    "/x-pages/next",
  ],
];

describe("an extension that says how a list is paged", () => {
  it.each(WRONG)("%j", (stated, message, place) => {
    const { diagnostics } = resolveApi(sourceOf(withPages(stated)), { pagination: "x-pages" });
    const told = diagnostics.map((finding) => ({
      code: finding.code,
      message: finding.message,
      pointer: finding.place !== undefined && "pointer" in finding.place && finding.place.pointer,
    }));
    if (message === "") expect(told).toEqual([]);
    else
      expect(told).toEqual([
        {
          code: "invalid-extension",
          message: expect.stringContaining(message) as string,
          pointer: `/paths/~1books/get${place}`,
        },
      ]);
  });

  it.each<[JsonObject, { default?: number; maximum?: number }]>([
    [{ type: "integer" }, {}],
    [
      { type: "integer", default: 5, maximum: 9 },
      { default: 5, maximum: 9 },
    ],
    [
      { allOf: [{ $ref: "#/components/schemas/Size" }], default: 5 },
      { default: 5, maximum: 50 },
    ],
    [{ $ref: "#/components/schemas/Size" }, { default: 20, maximum: 50 }],
    [{ type: "string", default: "5", maximum: "9" }, {}],
  ])("knows of a limit %j %j", (schema, known) => {
    const stated = { kind: "link", items: "/data", limit: "count" };
    const { value } = resolveApi(sourceOf(withPages(stated, schema)), { pagination: "x-pages" });
    expect(value?.operations[0]?.pagination?.limit).toEqual({
      name: "count",
      defaultValue: known.default,
      maximum: known.maximum,
    });
  });

  it("says nothing under a name that the configuration does not have", () => {
    const { value, diagnostics } = resolveApi(sourceOf(withPages("nonsense")), {
      pagination: "x-other",
    });
    expect(diagnostics).toEqual([]);
    expect(value?.operations[0]?.pagination).toBeUndefined();
  });
});

function withPages(stated: JsonValue, count: JsonObject = { type: "integer" }): JsonObject {
  return documentOf({
    components: { schemas: { Size: { type: "integer", default: 20, maximum: 50 } } },
    paths: {
      "/books": {
        get: {
          "x-pages": stated,
          parameters: [
            { name: "start", in: "query", schema: { type: "integer" } },
            { name: "count", in: "query", schema: count },
            { name: "sort", in: "query", schema: { type: "string" } },
            { name: "X-Count", in: "header", schema: { type: "integer" } },
          ],
          responses: { "200": { description: "", content: { "application/json": { schema } } } },
        },
      },
    },
  });
}

const schema: JsonObject = {
  type: "object",
  properties: {
    total: { type: "integer" },
    data: { type: "array", items: { type: "object", properties: { id: { type: "string" } } } },
  },
};
