import path from "node:path";
import { describe, expect, test } from "vitest";
import { createLocator } from "../../../generator/diagnostics/locate.js";
import { nameTargets } from "../../../generator/document/bundle-names.js";
import { LIMITS } from "../../../generator/document/limits.js";
import { resolvePointer } from "../../../generator/document/pointer.js";
import type { JsonValue } from "../../../generator/document/source.js";
import { codesOf, FOLDER, loadFrom } from "./memory-files.js";

/** A document whose component schemas are the given ones. */
function schemas(entries: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ openapi: "3.1.0", components: { schemas: entries } });
}

describe("where a $ref counts", () => {
  test.each([
    ["example", { example: { $ref: "x" } }],
    ["examples", { examples: [{ $ref: "x" }] }],
    ["default", { default: { $ref: "x" } }],
    ["enum", { enum: [{ $ref: "x" }] }],
    ["const", { const: { $ref: "x" } }],
    ["an extension", { "x-more": { $ref: "x" } }],
    ["a property called $ref", { properties: { $ref: { type: "string" } } }],
    [
      "the example of a property called example",
      { properties: { example: { example: { $ref: "x" } } } },
    ],
    [
      "a discriminator that names a schema",
      { discriminator: { propertyName: "a", mapping: { a: "Cat" } } },
    ],
  ])("not in %s", async (_name, schema) => {
    expect(await codesOf(loadFrom({ "api.yaml": schemas({ A: schema }) }))).toEqual([]);
  });

  test.each([
    ["a property called example", { properties: { example: { $ref: "#/x" } } }],
    ["a property called default", { properties: { default: { items: { $ref: "#/x" } } } }],
    ["allOf", { allOf: [{ $ref: "#/x" }] }],
    ["items as a list", { items: [{ $ref: "#/x" }] }],
    [
      "beside other keywords",
      { $ref: "#/components/schemas/B", properties: { a: { $ref: "#/x" } } },
    ],
    [
      "a discriminator that has a URI",
      { discriminator: { propertyName: "a", mapping: { a: "#/x" } } },
    ],
  ])("in %s", async (_name, schema) => {
    expect(await codesOf(loadFrom({ "api.yaml": schemas({ A: schema, B: {} }) }))).toEqual([
      "unresolved-reference",
    ]);
  });

  test("in what is reached only by a $ref", async () => {
    const document = {
      openapi: "3.0.3",
      definitions: { D: { not: { $ref: "#/x" } } },
      components: { schemas: { A: { $ref: "#/definitions/D" } } },
    };
    expect(await codesOf(loadFrom({ "api.yaml": JSON.stringify(document) }))).toEqual([
      "unresolved-reference",
    ]);
  });

  test.each([
    "#/components/schemas/A~1B",
    "#/components/schemas/A%2FB",
    "#/components/schemas/%C3%A9 %25",
  ])("%j is decoded", async (uri) => {
    const found = { "A/B": {}, "é %": {} };
    const expected = uri.includes("%2F") ? ["unresolved-reference"] : [];
    expect(
      await codesOf(loadFrom({ "api.yaml": schemas({ ...found, C: { $ref: uri } }) })),
    ).toEqual(expected);
  });
});

describe("what is refused", () => {
  test.each([
    ["http://example.com/a.yaml", "remote-reference-refused"],
    ["HTTPS://example.com", "remote-reference-refused"],
    ["//example.com/a.yaml", "remote-reference-refused"],
    ["%2F%2Fexample.com/a.yaml", "remote-reference-refused"],
    ["ftp://example.com/a", "remote-reference-refused"],
    ["data:application/json,{}", "remote-reference-refused"],
    ["javascript:1", "remote-reference-refused"],
    ["file:///etc/passwd", "reference-outside-root"],
    ["file:a.yaml", "reference-outside-root"],
    ["/etc/passwd", "reference-outside-root"],
    ["%2Fetc/passwd", "reference-outside-root"],
    ["C:\\a.yaml", "reference-outside-root"],
    ["c:/a.yaml", "reference-outside-root"],
    ["\\\\host\\share", "reference-outside-root"],
    ["../secret.yaml", "reference-outside-root"],
    ["a/../../secret.yaml", "reference-outside-root"],
    ["%2e%2e/secret.yaml", "reference-outside-root"],
    ["..%2fsecret.yaml", "reference-outside-root"],
    [".", "reference-outside-root"],
    ["a\\b.yaml", "invalid-reference"],
    ["a%00.yaml", "invalid-reference"],
    ["link.yaml", "reference-outside-root"],
    ["missing.yaml", "file-not-found"],
    ["broken.yaml", "invalid-referenced-file"],
    ["text.yaml", "unresolved-reference"],
    ["#anchor", "unresolved-reference"],
  ])("%j", async (uri, code) => {
    const files = {
      "api.yaml": schemas({ A: { $ref: uri } }),
      "../secret.yaml": "SECRET: 1",
      "broken.yaml": "[ SECRET",
      "text.yaml": "SECRET",
    };
    const links = { [path.join(FOLDER, "link.yaml")]: path.join(FOLDER, "../secret.yaml") };
    const { diagnostics } = await loadFrom(files, { links });
    expect(diagnostics.map((finding) => finding.code)).toEqual([code]);
    expect(diagnostics[0]?.place).toMatchObject({ line: 1 });
    expect(diagnostics[0]?.message).not.toContain("SECRET");
  });

  test("a folder above is allowed when it is the root", async () => {
    const files = {
      "api.yaml": schemas({ A: { $ref: "../common.yaml#/A" } }),
      "../common.yaml": "A: { type: string }",
    };
    const { value } = await loadFrom(files, { root: path.dirname(FOLDER) });
    expect(value?.document).toMatchObject({ components: { schemas: { A: { type: "string" } } } });
  });

  test("too many files", async () => {
    const files = {
      "api.yaml": schemas({ A: { $ref: "a.yaml" }, B: { $ref: "b.yaml" } }),
      "a.yaml": "{}",
      "b.yaml": "{}",
    };
    const limits = { ...LIMITS, files: 2 };
    expect(await codesOf(loadFrom(files, { limits }))).toEqual(["too-many-files"]);
  });

  test("long chains and circles of references end", async () => {
    const entries = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [
        `S${index}`,
        { $ref: `#/components/schemas/S${(index + 1) % 20_000}` },
      ]),
    );
    expect(new Set(await codesOf(loadFrom({ "api.yaml": schemas(entries) })))).toEqual(
      new Set(["circular-reference"]),
    );
    expect(await codesOf(loadFrom({ "api.yaml": schemas({ ...entries, S19999: {} }) }))).toEqual(
      [],
    );
  });
});

describe("several files", () => {
  const files = {
    "api.yaml": JSON.stringify({
      openapi: "3.1.0",
      paths: {
        "/pets": { $ref: "paths.yaml#/~1pets" },
        "/cats": {
          get: {
            parameters: [{ $ref: "common/params.yaml#/Limit" }],
            responses: { 200: { $ref: "common/responses.yaml#/Ok" } },
          },
        },
      },
      components: {
        schemas: { Pet: { $ref: "schemas/index.yaml#/Pet" }, Owner: { description: "taken" } },
      },
    }),
    "paths.yaml": JSON.stringify({
      "/pets": {
        get: {
          responses: {
            200: { content: { "application/json": { schema: { $ref: "schemas/pet.yaml" } } } },
          },
        },
      },
    }),
    "common/params.yaml":
      "Limit: { name: limit, in: query, schema: { $ref: ../schemas/types.yaml#/Limit } }",
    "common/responses.yaml":
      "Ok: { description: ok, content: { application/json: { schema: { $ref: '../api.yaml#/components/schemas/Pet' } } } }",
    "schemas/index.yaml": "Pet: { $ref: pet.yaml }\nOwner: { $ref: 'owner.yaml#/Owner' }",
    "schemas/pet.yaml":
      "{ properties: { self: { $ref: '#' }, owner: { $ref: index.yaml#/Owner }, tag: { $ref: '#/$defs/Tag' } }, $defs: { Tag: { type: string } }, discriminator: { propertyName: kind, mapping: { dog: dog.yaml, cat: Cat } } }",
    "schemas/owner.yaml": "Owner: { properties: { pets: { items: { $ref: pet.yaml } } } }",
    "schemas/types.yaml": "Limit: { type: integer }",
    "schemas/dog.yaml": "{ allOf: [{ $ref: pet.yaml }] }",
  };

  test("become one document whose references are local", async () => {
    const { value, diagnostics } = await loadFrom(files);
    expect(diagnostics).toEqual([]);
    expect(value?.document).toEqual({
      openapi: "3.1.0",
      paths: {
        "/pets": {
          get: {
            responses: {
              200: {
                content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
              },
            },
          },
        },
        "/cats": {
          get: {
            parameters: [{ $ref: "#/components/parameters/Limit" }],
            responses: { 200: { $ref: "#/components/responses/Ok" } },
          },
        },
      },
      components: {
        schemas: {
          Pet: {
            properties: {
              self: { $ref: "#/components/schemas/Pet" },
              owner: { $ref: "#/components/schemas/owner_Owner" },
              tag: { $ref: "#/components/schemas/Pet/$defs/Tag" },
            },
            $defs: { Tag: { type: "string" } },
            discriminator: {
              propertyName: "kind",
              mapping: { dog: "#/components/schemas/dog", cat: "Cat" },
            },
          },
          Owner: { description: "taken" },
          owner_Owner: { properties: { pets: { items: { $ref: "#/components/schemas/Pet" } } } },
          dog: { allOf: [{ $ref: "#/components/schemas/Pet" }] },
          Limit: { type: "integer" },
        },
        parameters: {
          Limit: { name: "limit", in: "query", schema: { $ref: "#/components/schemas/Limit" } },
        },
        responses: {
          Ok: {
            description: "ok",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
          },
        },
      },
    });
  });

  test("do not depend on the order of keys", async () => {
    const reversed = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [
        name,
        name.endsWith("api.yaml") ? JSON.stringify(reverse(JSON.parse(text) as JsonValue)) : text,
      ]),
    );
    const [one, other] = await Promise.all([loadFrom(files), loadFrom(reversed)]);
    expect(other.value?.document).toEqual(one.value?.document);
    expect(sorted(other.value?.origins)).toEqual(sorted(one.value?.origins));
  });

  test("keep their own places", async () => {
    const { value } = await loadFrom(files);
    const locator = createLocator(value);
    expect(
      locator.ofPlace({ pointer: "/components/schemas/owner_Owner/properties/pets" }),
    ).toMatchObject({
      file: { path: expect.stringMatching(/schemas\/owner\.yaml$/) as string },
      line: 1,
      column: 24,
    });
  });

  test("may refer to each other in circles", async () => {
    const circle = {
      "api.yaml": schemas({ A: { $ref: "a.yaml" } }),
      "a.yaml": "{ $ref: b.yaml }",
      "b.yaml": "{ $ref: a.yaml }",
    };
    expect(await codesOf(loadFrom(circle))).toEqual(["circular-reference", "circular-reference"]);
  });

  test("may have names that objects inherit", async () => {
    const odd = {
      "api.yaml": schemas({ A: { not: { $ref: "odd.yaml#/__proto__" } } }),
      "odd.yaml": "__proto__: { type: string }",
    };
    const { value } = await loadFrom(odd);
    expect(resolvePointer(value?.document ?? {}, "/components/schemas/__proto__")).toEqual({
      type: "string",
    });
  });
});

describe("names of what moves in", () => {
  test("both sides of a collision get longer names", () => {
    const targets = [
      { file: "a/pet.yaml", pointer: "" },
      { file: "b/pet.yaml", pointer: "" },
      { file: "b/dog.yaml", pointer: "/Dog" },
      { file: "c/dog.yaml", pointer: "/Dog" },
      { file: "x.yaml", pointer: "/Taken" },
      { file: "x.yaml", pointer: "/odd~1name" },
      { file: "x y.yaml", pointer: "" },
      { file: "x-y.yaml", pointer: "" },
    ];
    const names = nameTargets(targets, new Set(["Taken"]));
    expect(targets.map((target) => names.get(target))).toEqual([
      "a_pet",
      "b_pet",
      "b_dog_Dog",
      "c_dog_Dog",
      "x_Taken",
      "odd_name",
      "x_y",
      "x-y",
    ]);
  });

  test("names that cleaning makes equal stay apart", () => {
    const targets = [
      { file: "x y.yaml", pointer: "" },
      { file: "x+y.yaml", pointer: "" },
    ];
    const names = [...nameTargets(targets, new Set()).values()];
    expect(new Set(names).size).toBe(2);
    expect([...nameTargets([...targets].reverse(), new Set()).values()].sort()).toEqual(
      [...names].sort(),
    );
  });
});

function reverse(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reverse);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reverse(member ?? null)]),
  );
}

function sorted(map: ReadonlyMap<string, unknown> | undefined): unknown {
  return [...(map ?? [])].sort(([left], [right]) => (left < right ? -1 : 1));
}
