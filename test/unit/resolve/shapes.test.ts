import { describe, expect, it } from "vitest";
import { collect, type Diagnostic } from "../../../generator/diagnostics/diagnostic.js";
import { isObject } from "../../../generator/document/json.js";
import { childPointer, resolvePointer } from "../../../generator/document/pointer.js";
import type { JsonObject, JsonValue } from "../../../generator/document/source.js";
import { checkShapes } from "../../../generator/resolve/shapes.js";
import { documentOf } from "../../support/generate.js";

/** Every field that is read stands in it, and nothing is wrong with it. */
const COMPLETE: JsonObject = documentOf({
  servers: [{ url: "https://{a}.example", variables: { a: { default: "b", enum: ["b"] } } }],
  tags: [{ name: "pets", description: "Pets." }],
  security: [{ Key: [] }],
  webhooks: { created: "anything" },
  paths: {
    "x-note": "anything",
    "/a/{id}": {
      summary: "A.",
      servers: [{ url: "/" }],
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      post: {
        operationId: "a",
        tags: ["pets"],
        deprecated: false,
        security: [{ Key: ["read"] }],
        parameters: [{ $ref: "#/components/parameters/q" }],
        requestBody: {
          required: true,
          content: {
            "multipart/form-data": {
              schema: { $ref: "#/components/schemas/Pet" },
              encoding: { photo: { contentType: "image/png", explode: false } },
            },
          },
        },
        responses: {
          "200": {
            description: "Done.",
            headers: { "X-Total": { description: "All.", schema: true } },
            content: { "application/json": { schema: {} } },
          },
        },
        callbacks: { later: "anything" },
      },
    },
  },
  components: {
    parameters: { q: { name: "q", in: "query", explode: true, schema: { type: "string" } } },
    responses: { Links: { description: "", links: { next: "anything" } } },
    schemas: {
      Pet: {
        type: "object",
        required: ["name"],
        properties: { name: { type: ["string", "null"], enum: ["a", null] }, any: true },
        additionalProperties: false,
        allOf: [{ items: { format: "x" } }, { items: [{ readOnly: true }] }],
        discriminator: { propertyName: "name" },
      },
    },
    securitySchemes: { Key: { type: "http", scheme: "bearer" } },
  },
});

/** Fields whose values are data of any type, and those that other checks are about. */
const OTHER =
  /^\/(?:openapi|webhooks|paths\/x-note)|\/(?:type|in|scheme|style|name|callbacks|links|\$ref)(?:\/|$)|\/enum\/\d|\/default$/;

function findingsOf(document: JsonObject): readonly Diagnostic[] {
  return collect(checkShapes(document)).diagnostics;
}

function shown(document: JsonObject): readonly string[] {
  return findingsOf(document).map(
    ({ code, place }) =>
      `${code} ${place !== undefined && "pointer" in place ? place.pointer : ""}`,
  );
}

function pointersBelow(value: JsonValue, pointer = ""): readonly string[] {
  const entries = isObject(value) || Array.isArray(value) ? Object.entries(value) : [];
  return entries.flatMap(([key, child]) => {
    const below = childPointer(pointer, key);
    return child === undefined ? [] : [below, ...pointersBelow(child, below)];
  });
}

/** The same document with another value at a pointer. */
function replaced(pointer: string, value: JsonValue): JsonObject {
  const copy = structuredClone(COMPLETE);
  const end = pointer.lastIndexOf("/");
  const parent = resolvePointer(copy, pointer.slice(0, end));
  const key = pointer.slice(end + 1).replaceAll("~1", "/");
  if (isObject(parent)) parent[key] = value;
  if (Array.isArray(parent)) parent[Number(key)] = value;
  return copy;
}

describe("a document in which everything has its type", () => {
  it("has no findings", () => {
    expect(shown(COMPLETE)).toEqual([]);
  });

  const pointers = pointersBelow(COMPLETE).filter((pointer) => !OTHER.test(pointer));

  it.each(pointers)("is told of when %s has another type", (pointer) => {
    const places = shown(replaced(pointer, 5)).map((text) => text.slice(text.indexOf(" ") + 1));
    expect(places).toEqual([pointer]);
  });

  it.each(pointers)("is not refused when %s is null, requirements aside", (pointer) => {
    const codes = findingsOf(replaced(pointer, null)).map(({ code }) => code);
    expect(codes.includes("wrong-shape")).toBe(/\/security\/\d$/.test(pointer));
  });
});

describe("what decides the wire", () => {
  it.each<[string, JsonObject]>([
    ["wrong-shape /paths", { paths: [] }],
    ["wrong-shape /paths/~1a", { paths: { "/a": 3 } }],
    ["wrong-shape /paths/~1a/get", { paths: { "/a": { get: "x" } } }],
    ["wrong-shape /paths/~1a/get", { paths: { "/a": { get: [] } } }],
    ["wrong-shape /security", { security: { K: [] }, paths: { "/a": { get: {} } } }],
    ["wrong-shape /security/0", { security: ["K"], paths: { "/a": { get: {} } } }],
    ["wrong-shape /components", { components: [], paths: { "/a": { get: {} } } }],
    [
      "wrong-shape /components/parameters/q",
      { components: { parameters: { q: "q" } }, paths: { "/a": { get: {} } } },
    ],
  ])("is an error: %s", (expected, parts) => {
    expect(shown(documentOf(parts))).toEqual([expected]);
  });
});

describe("what no field of the grammar leads to", () => {
  const document = (shared: JsonValue): JsonObject =>
    documentOf({
      paths: {
        "/a": { get: { parameters: [{ $ref: "#/x-shared/q" }, { $ref: "#/x-shared/q" }] } },
      },
      "x-shared": { q: shared },
    });

  it("is checked as what references ask for, once", () => {
    expect(shown(document({ name: "q", in: "query", content: "text/plain" }))).toEqual([
      "wrong-shape /x-shared/q/content",
    ]);
  });

  it("ends, also in a circle", () => {
    expect(shown(document({ $ref: "#/x-shared/q" }))).toEqual([]);
  });
});

describe("paths", () => {
  it.each<[readonly string[], JsonObject]>([
    [["no-operations "], {}],
    [["no-operations /paths"], { paths: null }],
    [["no-operations /paths"], { paths: {} }],
    [["no-operations /paths"], { paths: { "/a": { summary: "x" }, "x-b": { get: {} } } }],
    [["unknown-method /paths/~1a/GET"], { paths: { "/a": { GET: {} } } }],
    [["unknown-method /paths/~1a/fetch"], { paths: { "/a": { fetch: {}, "x-query": {} } } }],
    [[], { paths: { "/a": { trace: {} } } }],
  ])("give %j", (expected, parts) => {
    expect(shown({ openapi: "3.1.0", info: { title: "T", version: "1" }, ...parts })).toEqual(
      expected,
    );
  });
});

describe("info", () => {
  it.each<[readonly string[], JsonObject]>([
    [["incomplete-info "], {}],
    [["incomplete-info /info"], { info: {} }],
    [["incomplete-info /info"], { info: { title: "T" } }],
    [["incomplete-info /info/version"], { info: { version: 1 } }],
    [["ignored-value /info"], { info: "T" }],
  ])("gives %j", (expected, parts) => {
    expect(shown({ openapi: "3.1.0", paths: { "/a": { get: {} } }, ...parts })).toEqual(expected);
  });
});
