import { describe, expect, it, test } from "vitest";
import { hasErrors, type Diagnostic } from "../../../generator/diagnostics/diagnostic.js";
import { member, objectMember, stringMember } from "../../../generator/document/json.js";
import { resolvePointer } from "../../../generator/document/pointer.js";
import type { JsonObject, JsonValue } from "../../../generator/document/source.js";
import {
  upgradeDocument,
  type UpgradedDocument,
} from "../../../generator/document/upgrade/upgrade.js";

/** A document of Swagger 2.0 with the given parts. */
function swagger(parts: JsonObject): JsonObject {
  return { swagger: "2.0", info: { title: "Test", version: "1" }, paths: {}, ...parts };
}

/** A document with one operation: `POST /a`. */
function withOperation(operation: JsonObject, parts: JsonObject = {}): JsonObject {
  return swagger({ ...parts, paths: { "/a": { post: { responses: {}, ...operation } } } });
}

function upgraded(document: JsonObject): UpgradedDocument & { readonly codes: readonly string[] } {
  const { value, diagnostics } = upgradeDocument(document);
  if (value === undefined) throw new Error(JSON.stringify(diagnostics));
  return { ...value, codes: diagnostics.map(({ code }) => code) };
}

function at(document: JsonObject, pointer: string): JsonValue | undefined {
  return resolvePointer(upgraded(document).document, pointer);
}

const OPERATION = "/paths/~1a/post";

describe("a document of OpenAPI 3", () => {
  it("is not copied", () => {
    const document = { openapi: "3.1.0", paths: {} };
    expect(upgraded(document).document).toBe(document);
  });

  it.each([
    [3.1, "3.1."],
    [3, "3.0."],
    ["3.0", "3.0."],
    ["3.1 ", "3.1."],
    ["3.99.1", "3."],
  ])("whose version is %j gets one that all stages read alike", (openapi, start) => {
    const version = stringMember(upgraded({ openapi }).document, "openapi");
    expect(version).toContain(start);
    expect(version).toMatch(/^3\.\d\.\d$/);
  });
});

describe("servers", () => {
  test.each<[JsonObject, readonly string[], readonly string[]]>([
    [{}, [], []],
    [{ basePath: "/" }, [], []],
    [{ basePath: "/v1" }, ["/v1"], []],
    [{ basePath: "/v1/", schemes: ["https"] }, ["/v1"], []],
    [{ host: "", basePath: "" }, [], []],
    [{ host: "a.example", schemes: ["https"] }, ["https://a.example"], []],
    [
      { host: "a.example", schemes: ["http", "https"], basePath: "/" },
      ["https://a.example", "http://a.example"],
      [],
    ],
    [{ host: "a.example:81", schemes: ["HTTP"], basePath: "/v1" }, ["http://a.example:81/v1"], []],
    [{ host: "a.example" }, ["https://a.example"], ["assumed-scheme"]],
    [{ host: "a.example", schemes: [] }, ["https://a.example"], ["assumed-scheme"]],
    [{ host: "localhost:8080" }, ["http://localhost:8080"], ["assumed-scheme"]],
    [{ host: "127.0.0.1" }, ["http://127.0.0.1"], ["assumed-scheme"]],
    [{ host: "localhost.example" }, ["https://localhost.example"], ["assumed-scheme"]],
    [{ host: "a.example", schemes: ["wss"] }, ["https://a.example"], ["tolerated-value"]],
    [{ host: "http://a.example" }, ["http://a.example"], ["tolerated-value"]],
    [{ host: "http://a.example", schemes: ["https"] }, ["https://a.example"], ["tolerated-value"]],
    [
      { host: "a.example/v1/", basePath: "/x", schemes: ["https"] },
      ["https://a.example/v1/x"],
      ["tolerated-value"],
    ],
    [{ host: "//a.example", schemes: ["https"] }, ["https://a.example"], ["tolerated-value"]],
    [{ host: "[::1]:81", schemes: ["http"] }, ["http://[::1]:81"], []],
    [{ host: 5, basePath: [] }, [], ["ignored-value", "ignored-value"]],
  ])("of %j", (parts, urls, codes) => {
    const { document, codes: found } = upgraded(swagger(parts));
    const servers = member(document, "servers") ?? [];
    expect((servers as JsonValue[]).map((server) => member(server, "url"))).toEqual(urls);
    expect(found).toEqual(codes);
  });
});

describe("media types", () => {
  const types = (document: JsonObject, pointer: string): readonly string[] =>
    Object.keys((at(document, `${pointer}/content`) ?? {}) as JsonObject);
  const OBJECT = { type: "object" };
  const FILE = { type: "file" };
  const TEXT = { type: "string" };
  const JSON_TYPE = "application/json";

  test.each<
    [readonly string[] | undefined, readonly string[] | undefined, JsonObject, readonly string[]]
  >([
    [undefined, undefined, OBJECT, [JSON_TYPE]],
    [["application/xml"], undefined, OBJECT, ["application/xml"]],
    [["application/xml"], [], OBJECT, [JSON_TYPE]],
    [["application/xml"], [JSON_TYPE, "application/xml"], OBJECT, [JSON_TYPE, "application/xml"]],
    [undefined, undefined, TEXT, [JSON_TYPE]],
    [undefined, undefined, FILE, ["application/octet-stream"]],
    [["image/png"], undefined, FILE, ["image/png"]],
    [["multipart/form-data"], undefined, FILE, ["application/octet-stream"]],
    [["multipart/form-data"], undefined, OBJECT, ["multipart/form-data"]],
  ])("of bodies: consumes %j, its own %j, %j", (consumes, own, schema, expected) => {
    const parameters = [{ name: "b", in: "body", schema }];
    const operation = { parameters, ...(own === undefined ? {} : { consumes: [...own] }) };
    const document = withOperation(operation, consumes && { consumes: [...consumes] });
    expect(types(document, `${OPERATION}/requestBody`)).toEqual(expected);
  });

  test.each<[readonly string[] | undefined, JsonObject, readonly string[]]>([
    [undefined, OBJECT, [JSON_TYPE]],
    [undefined, FILE, ["*/*"]],
    [[JSON_TYPE], FILE, ["*/*"]],
    [[JSON_TYPE, "application/pdf"], FILE, ["application/pdf"]],
    [[JSON_TYPE, "application/pdf"], OBJECT, [JSON_TYPE]],
    [["image/png"], OBJECT, [JSON_TYPE]],
    [["image/svg+xml"], OBJECT, ["image/svg+xml"]],
    [["text/csv"], TEXT, ["text/csv"]],
    [["application/vnd.a+json"], { $ref: "#/definitions/A" }, ["application/vnd.a+json"]],
  ])("of answers: produces %j, %j", (produces, schema, expected) => {
    const responses = { 200: { description: "", schema } };
    const own = produces === undefined ? {} : { produces: [...produces] };
    const document = withOperation({ responses, ...own }, { definitions: { A: OBJECT } });
    expect(types(document, `${OPERATION}/responses/200`)).toEqual(expected);
  });

  it("are a hundred at most", () => {
    const produces = Array.from({ length: 5000 }, (_, index) => `application/x-${index}`);
    const responses = { 200: { description: "", schema: OBJECT } };
    const document = withOperation({ responses }, { produces });
    expect(types(document, `${OPERATION}/responses/200`)).toHaveLength(100);
    expect(upgraded(document).codes).toEqual(["ignored-value"]);
  });
});

describe("forms", () => {
  test.each<[readonly string[], readonly JsonObject[], readonly string[], readonly string[]]>([
    [[], [{ type: "string" }], ["application/x-www-form-urlencoded"], []],
    [[], [{ type: "file" }], ["multipart/form-data"], []],
    [["application/json"], [{ type: "string" }], ["application/x-www-form-urlencoded"], []],
    [["application/json"], [{ type: "file" }], ["multipart/form-data"], []],
    [["multipart/form-data"], [{ type: "string" }], ["multipart/form-data"], []],
    [
      ["application/x-www-form-urlencoded"],
      [{ type: "file" }],
      ["multipart/form-data"],
      ["misplaced-file"],
    ],
    [
      ["application/x-www-form-urlencoded", "multipart/form-data"],
      [{ type: "array", items: { type: "file" } }],
      ["multipart/form-data"],
      [],
    ],
    [
      ["multipart/form-data; charset=utf-8"],
      [{ type: "string" }],
      ["multipart/form-data; charset=utf-8"],
      [],
    ],
  ])("that consume %j with %j", (consumes, fields, expected, codes) => {
    const parameters = fields.map((field, index) => ({
      name: `f${index}`,
      in: "formData",
      ...field,
    }));
    const document = withOperation({ consumes: [...consumes], parameters });
    const content = at(document, `${OPERATION}/requestBody/content`);
    expect(Object.keys(content as JsonObject)).toEqual(expected);
    expect(upgraded(document).codes).toEqual(codes);
  });
});

describe("the way back to what was written", () => {
  const document = swagger({
    host: "a.example",
    schemes: ["http", "https"],
    consumes: ["application/xml", "application/json"],
    parameters: {
      Body: { name: "b", in: "body", schema: { type: "object", properties: { x: {} } } },
    },
    responses: {
      Error: {
        description: "",
        schema: { type: "object" },
        headers: { A: { type: "array", items: {} } },
      },
    },
    securityDefinitions: { Key: { type: "basic" } },
    definitions: { "A/b": { type: "object", properties: { x: { type: "string" } } } },
    paths: {
      "/a": {
        parameters: [
          { name: "f", in: "formData", type: "string" },
          { name: "q", in: "query", type: "array", items: {} },
        ],
        post: { responses: { 200: { $ref: "#/responses/Error" } } },
        put: {
          produces: ["text/plain"],
          parameters: [{ name: "f", in: "formData", type: "integer" }],
          responses: { 200: { $ref: "#/responses/Error" } },
        },
      },
      "/b": {
        post: {
          parameters: [
            { name: "q", in: "query", type: "string" },
            { $ref: "#/parameters/Body" },
            { name: "r", in: "query", type: "string" },
          ],
          responses: {},
        },
      },
    },
  });

  test.each([
    ["", ""],
    ["/servers/0", "/schemes/1"],
    ["/components/schemas/A~1b/properties/x/type", "/definitions/A~1b/properties/x/type"],
    ["/components/securitySchemes/Key", "/securityDefinitions/Key"],
    ["/components/securitySchemes/Key/scheme", "/securityDefinitions/Key"],
    [
      "/components/responses/Error/content/application~1json/schema/type",
      "/responses/Error/schema/type",
    ],
    ["/components/responses/Error/headers/A/schema/items", "/responses/Error/headers/A/items"],
    [
      "/components/requestBodies/Body/content/application~1json/schema/properties/x",
      "/parameters/Body/schema/properties/x",
    ],
    ["/paths/~1a/parameters/0", "/paths/~1a/parameters/1"],
    ["/paths/~1a/parameters/0/schema/items", "/paths/~1a/parameters/1/items"],
    ["/paths/~1a/post/requestBody", "/paths/~1a/parameters/0"],
    [
      "/paths/~1a/put/requestBody/content/application~1x-www-form-urlencoded/schema/properties/f/type",
      "/paths/~1a/put/parameters/0/type",
    ],
    ["/paths/~1a/post/responses/200", "/paths/~1a/post/responses/200"],
    ["/paths/~1a/put/responses/200", "/responses/Error"],
    ["/paths/~1a/put/responses/200/content/application~1json/schema", "/responses/Error"],
    ["/paths/~1b/post/parameters/1/schema/type", "/paths/~1b/post/parameters/2/type"],
    ["/paths/~1b/post/requestBody/required", "/paths/~1b/post/parameters/1"],
    ["/paths/~1b/post/requestBody/content/application~1xml", "/consumes/0"],
    ["/nothing/of/the/kind", ""],
  ])("from %s is %s", (pointer, written) => {
    const { writtenPointer } = upgraded(document);
    expect(writtenPointer(pointer)).toBe(written);
    expect(resolvePointer(document, written)).toBeDefined();
  });

  it("tells one flaw once, however often it is upgraded", () => {
    const finding = (pointer: string): Diagnostic => ({
      code: "unknown-type",
      severity: "warning",
      message: 'components.schemas, and "components.schemas" as it is quoted.',
      hint: "",
      place: { pointer },
    });
    const { asWritten } = upgraded(document);
    const found = asWritten([
      finding("/paths/~1a/put/responses/200"),
      finding("/components/responses/Error"),
    ]);
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toBe('definitions, and "components.schemas" as it is quoted.');
    expect(found[0]?.place).toEqual({ pointer: "/responses/Error" });
  });

  it("leaves the document as written alone", () => {
    const before = JSON.stringify(document);
    upgraded(document);
    expect(JSON.stringify(document)).toBe(before);
  });
});

describe("hostile documents", () => {
  it("may use every name of an object's prototype", () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    const entries = (value: JsonObject): string =>
      `{${names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",")}}`;
    const text = `{"swagger":"2.0","definitions":${entries({ type: "string", discriminator: "__proto__" })},
      "parameters":${entries({ name: "__proto__", in: "formData", type: "array", items: {} })},
      "responses":${entries({ description: "", schema: { type: "object" } })},
      "securityDefinitions":${entries({ type: "basic" })},
      "paths":{"/a":{"post":{"parameters":[{"$ref":"#/parameters/__proto__"}],
        "responses":{"200":{"$ref":"#/responses/__proto__"}}}}}}`;
    const { document } = upgraded(JSON.parse(text) as JsonObject);
    const components = objectMember(document, "components") ?? {};
    for (const section of ["schemas", "responses", "securitySchemes"])
      expect(Object.keys(objectMember(components, section) ?? {}).sort()).toEqual(names.sort());
    const form = resolvePointer(
      document,
      `${OPERATION}/requestBody/content/application~1x-www-form-urlencoded`,
    );
    expect(Object.keys(objectMember(member(form, "schema"), "properties") ?? {})).toEqual([
      "__proto__",
    ]);
    expect(Object.keys(objectMember(form, "encoding") ?? {})).toEqual(["__proto__"]);
    expect(({} as JsonObject)["type"]).toBeUndefined();
  });

  it("may have anything anywhere: there is a finding or an upgrade, and never an exception", () => {
    const odd: readonly JsonValue[] = [
      null,
      true,
      0,
      "text",
      [],
      {},
      [null],
      [[]],
      { $ref: "#/definitions/A" },
      { $ref: 1 },
    ];
    const places = [
      "host",
      "basePath",
      "schemes",
      "consumes",
      "produces",
      "paths",
      "definitions",
      "parameters",
      "responses",
      "securityDefinitions",
      "security",
      "tags",
      "components",
      "servers",
      "info",
    ];
    for (const value of odd) {
      for (const key of places) attempt(swagger({ definitions: { A: {} }, [key]: value }));
      attempt(
        swagger({
          definitions: { A: value },
          parameters: { A: value },
          responses: { A: value },
          securityDefinitions: { A: value },
        }),
      );
      attempt(swagger({ definitions: { A: {} }, paths: { "/a": value } }));
      for (const key of [
        "parameters",
        "consumes",
        "produces",
        "schemes",
        "responses",
        "requestBody",
        "servers",
      ])
        attempt(withOperation({ [key]: value }, { definitions: { A: {} } }));
      for (const place of ["body", "formData", "query", "path", "header"]) {
        for (const key of [
          "schema",
          "type",
          "items",
          "collectionFormat",
          "name",
          "in",
          "required",
          "description",
          "enum",
        ]) {
          const parameter = { name: "a", in: place, type: "array", [key]: value };
          attempt(withOperation({ parameters: [parameter] }, { definitions: { A: {} } }));
        }
      }
      for (const key of ["schema", "examples", "headers", "content"])
        attempt(
          withOperation({ responses: { 200: { [key]: value } } }, { definitions: { A: {} } }),
        );
    }
  });

  it("does not grow with each use of what is shared", () => {
    const properties = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`p${index}`, { type: "string" }]),
    );
    const schema = { type: "object", properties };
    const operation = {
      consumes: ["application/json"],
      produces: ["application/json"],
      parameters: [{ $ref: "#/parameters/B" }],
      responses: { 200: { $ref: "#/responses/R" } },
    };
    const paths = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`/${index}`, { post: operation }]),
    );
    const document = swagger({
      paths,
      parameters: { B: { name: "b", in: "body", schema } },
      responses: { R: { description: "", schema } },
    });
    const size = JSON.stringify(upgraded(document).document).length;
    expect(size).toBeLessThan(3 * JSON.stringify(document).length);
  });
});

function attempt(document: JsonObject): void {
  const { value, diagnostics } = upgradeDocument(document);
  expect(value !== undefined || hasErrors(diagnostics)).toBe(true);
}
