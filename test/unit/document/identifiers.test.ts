import { describe, expect, test } from "vitest";
import { resolvePointer } from "../../../generator/document/pointer.js";
import type { JsonValue } from "../../../generator/document/source.js";
import { codesOf, loadFrom } from "./memory-files.js";

/** A document of OpenAPI 3.1 whose component schemas are the given ones. */
function schemas(entries: Readonly<Record<string, unknown>>, version = "3.1.0"): string {
  return JSON.stringify({ openapi: version, components: { schemas: entries } });
}

/** Where the reference at `A/not` of a document leads once it is loaded. */
async function targetOf(files: Readonly<Record<string, string>>): Promise<JsonValue | undefined> {
  const { value, diagnostics } = await loadFrom(files);
  expect(diagnostics).toEqual([]);
  return resolvePointer(value?.document ?? {}, "/components/schemas/A/not/$ref");
}

describe("a URI that a schema has", () => {
  const B = "#/components/schemas/B";
  test.each<[string, string, unknown, string]>([
    ["an absolute $id", "https://example.com/b", { $id: "https://example.com/b" }, B],
    [
      "an $id that is written in another way",
      "HTTPS://EXAMPLE.com:443/./b",
      { $id: "https://example.com/b#" },
      B,
    ],
    ["an $id relative to the file", "schemas/b", { $id: "schemas/b" }, B],
    ["a mere name as $id", "B", { $id: "B" }, B],
    ["a URN", "urn:x:b", { $id: "urn:x:b" }, B],
    [
      "a pointer below an $id",
      "urn:x:b#/properties/a~1b",
      { $id: "urn:x:b", properties: { "a/b": {} } },
      `${B}/properties/a~1b`,
    ],
    [
      "a percent-encoded pointer below an $id",
      "urn:x:b#/%24defs/%C3%A9",
      { $id: "urn:x:b", $defs: { é: {} } },
      `${B}/$defs/%C3%A9`,
    ],
    ["an anchor", "#b", { $anchor: "b" }, B],
    [
      "an anchor below an $id",
      "urn:x:b#c",
      { $id: "urn:x:b", $defs: { C: { $anchor: "c" } } },
      `${B}/$defs/C`,
    ],
    ["an anchor as drafts 6 and 7 wrote it", "#b", { $id: "#b" }, B],
    [
      "an embedded $id",
      "https://example.com/x/c",
      { $id: "https://example.com/x/", $defs: { C: { $id: "c" } } },
      `${B}/$defs/C`,
    ],
    ["a dynamic anchor", "#b", { $dynamicAnchor: "b" }, B],
  ])("%s", async (_name, uri, schema, expected) => {
    expect(await targetOf({ "api.yaml": schemas({ A: { not: { $ref: uri } }, B: schema }) })).toBe(
      expected,
    );
  });

  test("can be that of a file that comes in later, by another reference", async () => {
    const target = await targetOf({
      "api.yaml": schemas({
        A: { not: { $ref: "https://example.com/deep#far" } },
        B: { $ref: "b.yaml#/B" },
      }),
      "b.yaml": "{ B: { not: { $ref: c.yaml } } }",
      "c.yaml":
        "{ $defs: { D: { $id: https://example.com/deep, $defs: { E: { $anchor: far } } } } }",
    });
    expect(target).toBe("#/components/schemas/c/$defs/D/$defs/E");
  });

  test("is not needed in a file that goes by its path, too", async () => {
    const { value, diagnostics } = await loadFrom({
      "api.yaml": schemas({ A: { $ref: "a.yaml" } }),
      "a.yaml":
        "{ $id: https://example.com/a, properties: { b: { $ref: b }, self: { $ref: '#' } }, $defs: { B: { $id: b } } }",
    });
    expect(diagnostics).toEqual([]);
    expect(value?.document).toEqual({
      openapi: "3.1.0",
      components: {
        schemas: {
          A: {
            properties: {
              b: { $ref: "#/components/schemas/A/$defs/B" },
              self: { $ref: "#/components/schemas/A" },
            },
            $defs: { B: {} },
          },
        },
      },
    });
  });

  test("counts in a discriminator mapping", async () => {
    const mapping = { a: "https://example.com/b" };
    const { value, diagnostics } = await loadFrom({
      "api.yaml": schemas({
        A: { discriminator: { propertyName: "k", mapping } },
        B: { $id: "https://example.com/b" },
      }),
    });
    expect(diagnostics).toEqual([]);
    expect(value?.document).toMatchObject({
      components: { schemas: { A: { discriminator: { mapping: { a: B } } } } },
    });
  });

  test.each<[string, string, Readonly<Record<string, unknown>>, string]>([
    ["OpenAPI 3.0 has no anchors", "#b", { $anchor: "b" }, "3.0.3"],
    ["OpenAPI 3.0 has no $id", "https://example.com/b", { $id: "https://example.com/b" }, "3.0.3"],
    ["an anchor of another resource", "#b", { $id: "urn:x:b", $anchor: "b" }, "3.1.0"],
    ["an $id in an example", "urn:x:b", { example: { $id: "urn:x:b" } }, "3.1.0"],
    ["an $id that is no text", "urn:x:7", { $id: 7 }, "3.1.0"],
    ["the $schema of a schema", "urn:x:s", { $schema: "urn:x:s" }, "3.1.0"],
    ["a property called $id", "urn:x:b", { properties: { $id: { const: "urn:x:b" } } }, "3.1.0"],
  ])("does not count: %s", async (_name, uri, schema, version) => {
    const codes = await codesOf(
      loadFrom({ "api.yaml": schemas({ A: { not: { $ref: uri } }, B: schema }, version) }),
    );
    expect(codes).toHaveLength(1);
    expect(["unresolved-reference", "remote-reference-refused"]).toContain(codes[0]);
  });

  test("in OpenAPI 3.0, an $id changes no base", async () => {
    const { diagnostics } = await loadFrom({
      "api.yaml": schemas(
        { A: { $id: "https://example.com/a", not: { $ref: "b.yaml" } } },
        "3.0.3",
      ),
      "b.yaml": "{}",
    });
    expect(diagnostics).toEqual([]);
  });
});

describe("$self", () => {
  test("is what references to the document mean, and what its own are relative to", async () => {
    const { value, diagnostics } = await loadFrom({
      "api.yaml": schemas({ A: { $ref: "other.yaml#/components/schemas/B" } }),
      "other.yaml": JSON.stringify({
        openapi: "3.2.0",
        $self: "https://example.com/api/other",
        components: {
          schemas: {
            B: { items: { $ref: "other#/components/schemas/C" }, not: { $ref: "more.yaml" } },
            C: { type: "string" },
          },
        },
      }),
      "more.yaml": "{ $ref: 'https://example.com/api/other#/components/schemas/C' }",
    });
    expect(diagnostics.map(({ code }) => code)).toEqual([]);
    expect(value?.document).toMatchObject({
      components: {
        schemas: {
          A: { items: { $ref: "#/components/schemas/C" }, not: { $ref: "#/components/schemas/C" } },
          C: { type: "string" },
        },
      },
    });
  });
});

describe("many schemas with one $id", () => {
  test("take no time that grows with their square", async () => {
    const entries = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`S${index}`, { $id: "urn:x:s", $anchor: "a" }]),
    );
    const text = schemas({ ...entries, A: { not: { $ref: "urn:x:s" } } });
    expect(await codesOf(loadFrom({ "api.yaml": text }))).toEqual(["ambiguous-reference"]);
  });
});

describe("$dynamicRef", () => {
  /** What the dynamic references of a document become. */
  async function references(
    entries: Readonly<Record<string, unknown>>,
  ): Promise<JsonValue | undefined> {
    const { value, diagnostics } = await loadFrom({ "api.yaml": schemas(entries) });
    expect(diagnostics).toEqual([]);
    return resolvePointer(value?.document ?? {}, "/components/schemas");
  }

  test("is a plain reference where nothing else is possible", async () => {
    expect(
      await references({
        A: { items: { $dynamicRef: "#a" }, $dynamicAnchor: "a" },
        B: { $id: "urn:x:b", not: { $dynamicRef: "#c" }, $defs: { C: { $anchor: "c" } } },
        C: { $ref: "#/components/schemas/D", $dynamicRef: "#/components/schemas/A" },
        D: {},
      }),
    ).toEqual({
      A: { items: { $ref: "#/components/schemas/A" } },
      B: { not: { $ref: "#/components/schemas/B/$defs/C" }, $defs: { C: {} } },
      C: { $ref: "#/components/schemas/D", allOf: [{ $ref: "#/components/schemas/A" }] },
      D: {},
    });
  });

  test("means what the outermost schema says, across others and in circles", async () => {
    expect(
      await references({
        List: {
          items: { $dynamicRef: "#item" },
          not: { $ref: "#/components/schemas/List" },
          $defs: { i: { $dynamicAnchor: "item" } },
        },
        Page: { allOf: [{ $ref: "#/components/schemas/List" }] },
        Pets: {
          $ref: "#/components/schemas/Page",
          $defs: { i: { $dynamicAnchor: "item", type: "string" } },
        },
        Other: { $ref: "#/components/schemas/Page" },
      }),
    ).toEqual({
      List: {
        items: { $ref: "#/components/schemas/List/$defs/i" },
        not: { $ref: "#/components/schemas/List" },
        $defs: { i: {} },
      },
      Page: { allOf: [{ $ref: "#/components/schemas/List" }] },
      Pets: { $ref: "#/components/schemas/Pets_Page", $defs: { i: { type: "string" } } },
      Other: { $ref: "#/components/schemas/Page" },
      Pets_Page: { allOf: [{ $ref: "#/components/schemas/Pets_List" }] },
      Pets_List: {
        items: { $ref: "#/components/schemas/Pets/$defs/i" },
        not: { $ref: "#/components/schemas/Pets_List" },
        $defs: { i: {} },
      },
    });
  });

  test("of a copy is located where the original stands", async () => {
    const { value } = await loadFrom({
      "api.yaml": schemas({
        Pets: { $ref: "list.yaml", $defs: { i: { $dynamicAnchor: "item" } } },
      }),
      "list.yaml": "{ items: { $dynamicRef: '#item' }, $defs: { i: { $dynamicAnchor: item } } }",
    });
    expect(value?.origins.get("/components/schemas/Pets_list")).toMatchObject({
      file: expect.stringMatching(/list\.yaml$/) as string,
      pointer: "",
    });
  });
});
