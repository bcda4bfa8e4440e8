import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { resolveApi } from "../../../generator/resolve/resolve.js";
import type { Operation, ResolvedApi } from "../../../generator/resolve/resolved-api.js";
import { documentOf, sourceOf } from "../../support/generate.js";

function resolved(parts: JsonObject): ResolvedApi {
  const api = resolveApi(sourceOf(documentOf(parts))).value;
  if (api === undefined) throw new Error("not resolved");
  return api;
}

function operationOf(operation: JsonObject, item: JsonObject = {}, method = "get"): Operation {
  const [found] = resolved({ paths: { "/{id}": { ...item, [method]: operation } } }).operations;
  if (found === undefined) throw new Error("no operation");
  return found;
}

const json = (schema: JsonObject): JsonObject => ({ "application/json": { schema } });

describe("responses", () => {
  const shown = (responses: JsonObject, method?: string): readonly string[] =>
    operationOf({ responses }, {}, method).responses.map(
      ({ status, success, mediaTypes }) =>
        `${status}${success ? " ok" : ""}${mediaTypes.length > 0 ? " body" : ""}`,
    );
  const some = { description: "", content: json({}) };

  it.each([
    [["200"], ["200 ok body"]],
    [
      ["404", "200"],
      ["200 ok body", "404 body"],
    ],
    [
      ["2xx", "4XX"],
      ["2XX ok body", "4XX body"],
    ],
    [["default"], ["default ok body"]],
    [
      ["default", "201"],
      ["201 ok body", "default body"],
    ],
    [
      ["default", "404"],
      ["404 body", "default ok body"],
    ],
    [["404"], ["404 body", "2XX ok"]],
    [
      ["204", "205", "304"],
      ["204 ok", "205 ok", "304"],
    ],
    [
      ["308", "200"],
      ["200 ok body", "308 body"],
    ],
    [["20", "600", "x-note", "6XX", "200"], ["200 ok body"]],
    [[], ["2XX ok"]],
  ])("%j are %j", (statuses, expected) => {
    expect(shown(Object.fromEntries(statuses.map((status) => [status, some])))).toEqual(expected);
  });

  it("of HEAD never have a body", () => {
    expect(shown({ "200": some, "404": some }, "head")).toEqual(["200 ok", "404"]);
  });
});

describe("parameters", () => {
  const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
  const names = (operation: Operation): readonly string[] =>
    operation.parameters.map(({ location, name }) => `${location} ${name}`);

  it("of an operation override those of its path, by name and location", () => {
    const own = { name: "q", in: "query", required: true, schema: { type: "integer" } };
    const operation = operationOf(
      { parameters: [own] },
      {
        parameters: [
          id,
          { name: "q", in: "query", schema: {} },
          { name: "q", in: "header", schema: {} },
        ],
      },
    );
    expect(names(operation)).toEqual(["path id", "query q", "header q"]);
    expect(operation.parameters[1]?.schema.schema).toEqual({ type: "integer" });
  });

  it("that a path names are there, declared or not", () => {
    expect(names(operationOf({}))).toEqual(["path id"]);
  });

  it("that OpenAPI describes elsewhere, or HTTP writes itself, are left out", () => {
    const parameters = [
      "Accept",
      "Content-Type",
      "AUTHORIZATION",
      "Content-Length",
      "Host",
      "X-Own",
    ].map((name) => ({ name, in: "header", schema: {} }));
    expect(names(operationOf({ parameters: [id, ...parameters] }))).toEqual([
      "path id",
      "header X-Own",
    ]);
  });

  it.each([
    [{ in: "query" }, "form", true],
    [{ in: "query", explode: false }, "form", false],
    [{ in: "query", style: "deepObject" }, "deepObject", false],
    [{ in: "query", style: "spaceDelimited" }, "spaceDelimited", false],
    [{ in: "query", style: "matrix" }, "form", true],
    [{ in: "header" }, "simple", false],
    [{ in: "header", explode: true }, "simple", true],
    [{ in: "cookie" }, "form", true],
  ])("%j have the style %s, exploded: %s", (parameter, style, explode) => {
    const operation = operationOf({ parameters: [id, { name: "x", schema: {}, ...parameter }] });
    const found = operation.parameters.find(({ name }) => name === "x")?.serialization;
    expect(found).toMatchObject({ kind: "style", style, explode });
  });

  it("bring the default of the schema that they refer to", () => {
    const api = resolved({
      paths: {
        "/": {
          get: {
            parameters: [{ name: "q", in: "query", schema: { $ref: "#/components/schemas/Q" } }],
          },
        },
      },
      components: { schemas: { Q: { type: "string", default: "x" } } },
    });
    expect(api.operations[0]?.parameters[0]?.defaultValue).toBe("x");
  });
});

describe("security", () => {
  const components = {
    securitySchemes: { A: { type: "http", scheme: "Bearer" }, B: { type: "oauth2" } },
  };
  const securityOf = (own: JsonObject, security: JsonObject[]): unknown =>
    resolved({ security, components, paths: { "/": { get: own } } }).operations[0]?.security;
  const A = { scheme: "A", scopes: [] };
  const B = { scheme: "B", scopes: ["read"] };

  it.each([
    ["is that of the document", {}, [{ A: [] }], [[A]]],
    ["is that of the operation before that", { security: [{ B: ["read"] }] }, [{ A: [] }], [[B]]],
    ["is none where the operation says so", { security: [] }, [{ A: [] }], []],
    ["can be needed together", {}, [{ B: ["read"], A: [] }], [[A, B]]],
    ["can be optional", {}, [{ A: [] }, {}], [[A], []]],
    [
      "keeps alternatives that nothing can satisfy",
      {},
      [{ Missing: [] }, { A: [] }],
      [[{ scheme: "Missing", scopes: [] }], [A]],
    ],
  ])("%s", (_, own: JsonObject, security: JsonObject[], expected) => {
    expect(securityOf(own, security)).toEqual(expected);
  });

  it("finds one mistake once: an unknown scheme is no undefined one", () => {
    const { diagnostics } = resolveApi(
      sourceOf(
        documentOf({
          security: [{ Odd: [] }],
          components: { securitySchemes: { Odd: { type: "odd" } } },
          paths: { "/": { get: { responses: { "204": {} } } } },
        }),
      ),
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(["unknown-security-scheme"]);
  });
});

describe("paths", () => {
  it.each([
    ["/a/:id", ["id"], "/a/{id}"],
    ["/a/:id/b", ["id"], "/a/{id}/b"],
    ["/a/:other", ["id"], "/a/:other"],
    ["/a/{id}:verb", ["id"], "/a/{id}:verb"],
    ["/a/{id}/:id", ["id"], "/a/{id}/:id"],
    ["a", [], "/a"],
  ])("%s with %j is %s", (path, declared, expected) => {
    const parameters = declared.map((name) => ({ name, in: "path", required: true, schema: {} }));
    expect(resolved({ paths: { [path]: { get: { parameters } } } }).operations[0]?.path).toBe(
      expected,
    );
  });

  it.each([
    ["/oauth/authorize", "url"],
    ["https://id.example/oauth/authorize?x=1", "url"],
    ["/other", "request"],
  ])("that are the authorization URL %s make a %s", (authorizationUrl, kind) => {
    const api = resolved({
      paths: { "/oauth/authorize": { get: {} } },
      components: {
        securitySchemes: { O: { type: "oauth2", flows: { implicit: { authorizationUrl } } } },
      },
    });
    expect(api.operations[0]?.kind).toBe(kind);
  });
});

describe("schemas that differ by direction", () => {
  it.each([
    ["have such a property", { A: { properties: { id: { readOnly: true } } } }, ["A"]],
    [
      "use such a schema",
      {
        A: { properties: { id: { writeOnly: true } } },
        B: { items: { $ref: "#/components/schemas/A" } },
        C: {},
      },
      ["A", "B"],
    ],
    [
      "use a schema that is so as a whole",
      { A: { readOnly: true }, B: { properties: { a: { $ref: "#/components/schemas/A" } } } },
      ["B"],
    ],
    [
      "use each other",
      {
        A: { properties: { b: { $ref: "#/components/schemas/B" } } },
        B: { properties: { a: { $ref: "#/components/schemas/A" }, c: { readOnly: true } } },
      },
      ["A", "B"],
    ],
  ])("%s", (_, schemas: JsonObject, expected) => {
    expect([...resolved({ components: { schemas } }).directedSchemas].sort()).toEqual(expected);
  });
});
