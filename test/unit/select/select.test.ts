import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { runStages } from "../../../generator/stages.js";
import { matchesPath } from "../../../generator/select/path-pattern.js";
import { selectOperations } from "../../../generator/select/select.js";
import type { OperationFilter } from "../../../generator/select/selection.js";
import { documentOf, sourceOf } from "../../support/generate.js";

describe("patterns of paths", () => {
  it.each([
    ["/pets", "/pets", true],
    ["/pets", "/pets/", false],
    ["/pets", "/Pets", false],
    ["/pets/{id}", "/pets/{id}", true],
    ["/pets/{id}", "/pets/{petId}", false],
    ["/pets/*", "/pets/{id}", true],
    ["/pets/*", "/pets", false],
    ["/pets/*", "/pets/{id}/photos", false],
    ["/pets/*/photos", "/pets/{id}/photos", true],
    ["/p*s", "/pets", true],
    ["/p*t", "/pets", false],
    ["/*.json", "/pets.{format}.json", true],
    ["/pets/**", "/pets", true],
    ["/pets/**", "/pets/{id}/photos", true],
    ["/pets/**", "/petshop", false],
    ["/**/photos", "/photos", true],
    ["/**/photos", "/pets/{id}/photos", true],
    ["/**/photos/**/x", "/a/photos/b/photos/c/x", true],
    ["/**", "/", true],
    ["/pets?", "/pets?", true],
    ["/pets?", "/petsx", false],
    ["/[ab]", "/a", false],
  ])("%s and %s: %s", (pattern, path, expected) => {
    expect(matchesPath(pattern, path)).toBe(expected);
  });

  it("are compared in a time that does not explode", () => {
    const pattern = `/${"**/*a*/".repeat(200)}b`;
    expect(matchesPath(pattern, `/${"aaaaaaaaaa/".repeat(400)}c`)).toBe(false);
  });
});

const DONE = { "204": { description: "Done." } };
const ALL: OperationFilter = { tags: [], paths: [], operations: [], deprecated: false };

describe("a selection", () => {
  const document = documentOf({
    paths: {
      "/a": {
        parameters: [{ name: "q", in: "query", schema: { type: "string" } }],
        get: { operationId: "one", tags: ["Things"], responses: DONE },
        post: { operationId: "other", tags: ["things"], responses: DONE },
      },
      "/b": { get: { operationId: "One", responses: DONE } },
      "x-more": { get: {} },
    },
  });
  const namesWith = (paths: readonly string[]): Record<string, string[]> => {
    const { named } = runStages(sourceOf(document), {
      selection: { exclude: { ...ALL, paths: paths.map((text) => ({ text })) }, prune: false },
    });
    return Object.fromEntries(
      (named?.classes ?? []).map(({ className, operations }) => [
        className,
        operations.map(({ methodName }) => methodName),
      ]),
    );
  };

  it("changes no name of what is left", () => {
    const all = namesWith([]);
    for (const [className, methods] of Object.entries(namesWith(["/b"])))
      expect(all[className]).toEqual(methods);
    for (const [className, methods] of Object.entries(namesWith(["/a"])))
      expect(all[className]).toEqual(methods);
  });

  it("leaves the document as it is", () => {
    const before = JSON.stringify(document);
    const selection = { include: { ...ALL, operations: [{ text: "other" }] }, prune: true };
    const { value } = selectOperations(document, selection);
    expect(JSON.stringify(document)).toBe(before);
    expect(value.document["paths"]).toEqual({
      "/a": {
        parameters: [{ name: "q", in: "query", schema: { type: "string" } }],
        post: { operationId: "other", tags: ["things"], responses: DONE },
      },
      "x-more": { get: {} },
    });
  });

  it("takes names that objects inherit for what they are", () => {
    const hostile = documentOf({
      paths: {
        "/a": { get: { operationId: "constructor", tags: ["__proto__"], responses: DONE } },
      },
      components: {
        schemas: JSON.parse(
          '{ "__proto__": { "type": "string" }, "constructor": {} }',
        ) as JsonObject,
      },
    });
    const selection = { include: { ...ALL, tags: [{ text: "__proto__" }] }, prune: true };
    const { value, diagnostics } = selectOperations(hostile, selection);
    expect(diagnostics).toEqual([]);
    expect(value.leftOut.schemas).toEqual(["__proto__", "constructor"]);
    expect(Object.keys(value.document["components"] ?? {})).toEqual(["schemas"]);
  });

  it.each([[undefined], [null], ["text"], [[]]])("of paths that are %j finds nothing", (paths) => {
    const odd = documentOf(paths === undefined ? {} : { paths });
    const selection = { include: { ...ALL, tags: [{ text: "x" }] }, prune: true };
    const { diagnostics } = selectOperations(odd, selection);
    expect(diagnostics.length).toBe(paths === undefined ? 1 : 0);
  });

  const named = (filter: keyof Omit<OperationFilter, "deprecated">, text: string) => ({
    ...ALL,
    [filter]: [{ text }],
  });
  const other = documentOf({
    paths: { "/c": { get: { operationId: "gone", tags: ["old"], responses: DONE } } },
  });

  it.each([
    ["operations", "gone"],
    ["operations", "GET /c"],
    ["tags", "old"],
    ["paths", "/c"],
  ] as const)("may name by %s what another document has: %s", (filter, text) => {
    for (const key of ["include", "exclude"]) {
      const selection = { [key]: named(filter, text), prune: true };
      const codes = [selectOperations(document, selection), selectOperations(other, selection)].map(
        ({ diagnostics }) => diagnostics.map(({ code }) => code),
      );
      const excluded = key === "exclude" ? ["empty-selection"] : [];
      expect(codes).toEqual([["unmatched-selection"], excluded]);
      expect(selectOperations(document, selection, other).diagnostics).toEqual([]);
      expect(selectOperations(other, selection, document).diagnostics).toEqual([]);
    }
  });

  it("has to name something of one of two documents", () => {
    const selection = { include: named("operations", "none"), prune: true };
    const both = [
      selectOperations(document, selection, other),
      selectOperations(other, selection, document),
    ].map(({ diagnostics }) => diagnostics);
    expect(both[0]?.map(({ code }) => code)).toEqual(["unmatched-selection"]);
    expect(both[1]).toEqual(both[0]);
  });

  it("has to leave something of one of two documents", () => {
    const selection = {
      include: named("tags", "old"),
      exclude: named("paths", "/c"),
      prune: true,
    };
    for (const [one, two] of [
      [document, other],
      [other, document],
    ] as const)
      expect(selectOperations(one, selection, two).diagnostics.map(({ code }) => code)).toEqual([
        "empty-selection",
      ]);
  });

  it("goes through chains of families that are long", () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [
        `S${index}`,
        index === 0
          ? { type: "object", discriminator: { propertyName: "kind" } }
          : { allOf: [{ $ref: `#/components/schemas/S${index - 1}` }] },
      ]),
    );
    const content = { "application/json": { schema: { $ref: "#/components/schemas/S0" } } };
    const long = documentOf({
      paths: { "/a": { get: { responses: { "200": { description: "A.", content } } } } },
      components: { schemas },
    });
    expect(selectOperations(long, { prune: true }).value.leftOut.schemas).toEqual([]);
  });
});
