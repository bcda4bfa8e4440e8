import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../generator/document/source.js";
import { exampleContext } from "../../../generator/examples/context.js";
import { modelExample } from "../../../generator/examples/model-example.js";
import { operationExamples } from "../../../generator/examples/operation-examples.js";
import { runStages, type StageOptions } from "../../../generator/stages.js";
import { formatted } from "../../support/prettier.js";
import { documentOf, sourceOf } from "../../support/generate.js";

const OK = { 200: { description: "OK" } };

/** The programs of the only operation of a document. */
function programsOf(
  operation: JsonObject,
  others: JsonObject = {},
  options: StageOptions = {},
  method = "post",
): readonly string[] {
  const paths = { "/things": { [method]: { operationId: "go", responses: OK, ...operation } } };
  const { context, model } = contextOf(documentOf({ ...others, paths }), options);
  const namedClass = context.table.named.classes[0];
  const named = namedClass?.operations[0];
  const made = model.classes[0]?.operations[0];
  if (namedClass === undefined || named === undefined || made === undefined)
    throw new Error("no operation");
  return operationExamples(named, made, namedClass, context).map(({ code }) => code);
}

function contextOf(document: JsonObject, options: StageOptions = {}) {
  const { types, model, diagnostics } = runStages(sourceOf(document), { name: "Shop", ...options });
  if (types === undefined || model === undefined) throw new Error(JSON.stringify(diagnostics));
  const settings = { clientModule: "./shop/index.js", clientVariable: "shop" };
  return { model, context: exampleContext({ table: types, model, ...settings }) };
}

/** What stands between the call of `go` and the end of its statement, for a JSON body of a schema. */
function bodyOf(schema: JsonObject, schemas: JsonObject = {}, options: StageOptions = {}): string {
  const content = { "application/json": { schema } };
  const [program = ""] = programsOf(
    { requestBody: { required: true, content } },
    { components: { schemas } },
    options,
  );
  return /body: ([^]*?),?\s*\}\);\n/.exec(program)?.[1]?.trim() ?? "no body";
}

describe("a value", () => {
  it.each<readonly [string, JsonObject, string]>([
    ["the example of the document", { type: "string", example: "walk" }, '"walk"'],
    ["the first of its examples that is valid", { type: "integer", examples: ["a", 7] }, "7"],
    ["the only value", { const: "only" }, '"only"'],
    ["the first of a list", { type: "string", enum: ["b", "a"] }, '"b"'],
    [
      "the default, without quotes of its own",
      { type: "string", default: "password" },
      '"password"',
    ],
    ["a number within limits", { type: "integer", minimum: 5, exclusiveMaximum: 7 }, "5"],
    ["a multiple", { type: "number", multipleOf: 4, minimum: 3 }, "4"],
    ["a text of a format", { type: "string", format: "date" }, '"2026-05-01"'],
    ["a text of a pattern", { type: "string", pattern: "^[A-Z]{3}-\\d+$" }, '"AAA-1"'],
    ["a text of a length", { type: "string", minLength: 9, maxLength: 10 }, '"exampleex"'],
    [
      "items that differ",
      { type: "array", items: { type: "integer" }, minItems: 2, uniqueItems: true },
      "[1, 2]",
    ],
    ["a map", { type: "object", additionalProperties: { type: "boolean" } }, "{ key: true }"],
    ["no null where there is something else", { type: ["null", "boolean"] }, "true"],
  ])("is %s", (_, schema, expected) => {
    expect(bodyOf(schema)).toBe(expected);
  });

  const properties: JsonObject = {
    id: { type: "integer", readOnly: true },
    name: { type: "string" },
    note: { type: "string", example: "by hand" },
    size: { type: "integer" },
  };

  it("has what is required and what has an example, and nothing that is only read", () => {
    expect(bodyOf({ type: "object", properties, required: ["id", "name"] })).toBe(
      '{ name: "example", note: "by hand" }',
    );
  });

  it("is the example without what its schema does not tell of", () => {
    const schema = { type: "object", required: ["name"], properties };
    expect(bodyOf({ ...schema, example: { name: "Ada", age: 36 } })).toBe('{ name: "Ada" }');
  });

  it("is one of a list though that is of another type", () => {
    expect(bodyOf({ type: "integer", enum: ["1", "2"] })).toBe('"1"');
  });

  it("shows something where nothing is required", () => {
    const plain = { a: { type: "string" }, b: { type: "integer" } };
    expect(bodyOf({ type: "object", properties: plain })).toBe('{ a: "example", b: 1 }');
  });

  it("ends where a schema leads back to itself", () => {
    const Node = {
      type: "object",
      required: ["children"],
      properties: { children: { type: "array", items: { $ref: "#/components/schemas/Node" } } },
    };
    expect(bodyOf({ $ref: "#/components/schemas/Node" }, { Node })).toBe("{ children: [] }");
  });

  it("is of one variant, with the value that tells it apart", () => {
    const pet = (extra: string): JsonObject => ({
      type: "object",
      required: ["kind", extra],
      properties: { kind: { type: "string" }, [extra]: { type: "boolean" } },
    });
    const schema = {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: { propertyName: "kind", mapping: { cat: "Cat", dog: "Dog" } },
    };
    expect(bodyOf(schema, { Cat: pet("purrs"), Dog: pet("barks") })).toBe(
      '{ kind: "cat", purrs: true }',
    );
  });

  it.each<readonly [StageOptions["int64"] & string, string]>([
    ["number", "{ count: 42 }"],
    ["string", '{ count: "42" }'],
    ["bigint", "{ count: 42n }"],
  ])("has 64-bit integers as a %s", (int64, expected) => {
    const count: JsonValue = { type: "integer", format: "int64", example: 42 };
    const schema = { type: "object", required: ["count"], properties: { count } };
    expect(bodyOf(schema, {}, { int64 })).toBe(expected);
  });

  it("means no more than the text that it is, whatever that is", () => {
    const text = '"); process.exit(); //` ${1}\u2028</script>';
    const literal = bodyOf({ type: "string", example: text });
    expect((0, eval)(literal)).toBe(text);
  });
});

describe("a program", () => {
  const schemes: JsonObject = {
    token: { type: "http", scheme: "bearer" },
    login: { type: "http", scheme: "basic" },
    appKey: { type: "apiKey", in: "header", name: "X-App" },
    userKey: { type: "apiKey", in: "header", name: "X-User" },
    oauth: { type: "oauth2", flows: {} },
  };
  const components = { securitySchemes: schemes };

  it("is whole, and tells errors of its operation", () => {
    const servers = [{ url: "https://shop.example" }];
    expect(programsOf({}, { servers })).toEqual([
      `import { isApiError, Shop } from "./shop/index.js";

const shop = new Shop();

try {
  await shop.default.go();
} catch (error) {
  if (!isApiError(error, "go")) throw error;
  console.error(error.status, error.body);
}
`,
    ]);
  });

  it.each<readonly [string, JsonObject, string]>([
    ["bearer", { token: [] }, 'auth: { token: process.env["BEARER_TOKEN"] }'],
    ["OAuth2", { oauth: [] }, 'auth: { oauth: process.env["ACCESS_TOKEN"] }'],
    ["a key", { appKey: [] }, 'auth: { appKey: process.env["API_KEY"] }'],
    [
      "two keys",
      { appKey: [], userKey: [] },
      'auth: { appKey: process.env["APP_KEY_API_KEY"], userKey: process.env["USER_KEY_API_KEY"] }',
    ],
    [
      "basic",
      { login: [] },
      'login: { username: process.env["USERNAME"] ?? "", password: process.env["PASSWORD"] ?? "" }',
    ],
  ])("takes credentials from the environment: %s", (_, requirement, expected) => {
    const [program = ""] = programsOf({ security: [requirement] }, { components });
    expect(program.replace(/\s+/g, " ")).toContain(expected);
  });

  it("is there for each alternative, in the order of the document", () => {
    const security = [{ token: [] }, { appKey: [] }, {}];
    const programs = programsOf({ security }, { components });
    expect(programs.map((text) => /process\.env\["(\w+)"\]/.exec(text)?.[1])).toEqual([
      "BEARER_TOKEN",
      "API_KEY",
      undefined,
    ]);
    expect(programs[2]).not.toContain("auth");
  });

  it.each<readonly [string, JsonObject[], string]>([
    ["a path", [{ url: "/api/v2" }], 'new Shop({ baseUrl: "https://shop.example" })'],
    ["one server", [{ url: "https://a.test" }], "new Shop()"],
    [
      "several",
      [{ url: "https://a.test" }, { url: "https://b.test" }],
      'new Shop({ baseUrl: "https://a.test" })',
    ],
    [
      "a template",
      [{ url: "https://{host}", variables: { host: { default: "a.test" } } }],
      'new Shop({ serverVariables: { host: "a.test" } })',
    ],
  ])("says where the service is: %s", (_, servers, expected) => {
    expect(programsOf({}, { servers })[0]).toContain(expected);
  });

  it("takes the value of a variable that the first of several servers has", () => {
    const server = (host: string, region: string): JsonObject => ({
      url: `https://{region}.${host}`,
      variables: { region: { default: region, enum: [region] } },
    });
    const servers = [server("one.test", "eu"), server("two.test", "us")];
    expect(programsOf({}, { servers })[0]).toContain('serverVariables: { region: "eu" }');
  });

  describe("of an operation with a server of its own", () => {
    const security = [{ token: [] }];
    const q = { name: "q", in: "query", schema: { type: "string" } };
    it.each<readonly [string, JsonObject, string]>([
      ["takes credentials there", { security }, 'default.go({ baseUrl: "https://up.test" })'],
      [
        "takes them there behind what it passes",
        { security, parameters: [{ ...q, required: true }] },
        'default.go({ q: "example" }, { baseUrl: "https://up.test" })',
      ],
      [
        "takes them there behind what it could pass",
        { security, parameters: [q] },
        'default.go({}, { baseUrl: "https://up.test" })',
      ],
      ["says nothing of it without credentials", {}, "default.go();"],
      [
        "says nothing of it where the origin is the same",
        { security, servers: [{ url: "https://shop.test/v2" }] },
        "default.go();",
      ],
    ])("%s", (_, operation, expected) => {
      const servers = [{ url: "https://up.test/v1" }];
      const others = { servers: [{ url: "https://shop.test" }], components };
      expect(programsOf({ servers, ...operation }, others)[0]).toContain(expected);
    });
  });

  it.each<readonly [string, JsonObject, string]>([
    [
      "a list of models",
      json({ type: "array", items: { $ref: "#/components/schemas/Company" } }),
      "const companies = await shop.default.go();\n  console.log(companies);",
    ],
    [
      "a model",
      json({ $ref: "#/components/schemas/Company" }),
      "const company = await shop.default.go();",
    ],
    [
      "a file",
      { "application/pdf": {} },
      "const file = await shop.default.go();\n  console.log(file.size);",
    ],
    [
      "events",
      { "text/event-stream": {} },
      "for await (const event of await shop.default.go()) {\n    console.log(event);\n    break;",
    ],
    [
      "values one by one",
      { "application/jsonl": { itemSchema: { type: "object" } } },
      "for await (const item of await shop.default.go()) {",
    ],
  ])("shows what it gets: %s", (_, content, expected) => {
    const schemas = { Company: { type: "object", properties: { name: { type: "string" } } } };
    const responses = { 200: { description: "OK", content } };
    expect(programsOf({ responses }, { components: { schemas } }, {}, "get")[0]).toContain(
      expected,
    );
  });

  it.each([
    {
      what: "that its name means",
      name: "video",
      expected: '(["example"], "video.mp4", { type: "video/mp4" })',
    },
    {
      what: "that its example means",
      name: "file",
      example: "heron.png",
      expected: '(["Hello"], "heron.png", { type: "image/png" })',
    },
    {
      what: "that the client gives it",
      name: "cover",
      contentType: "image/jpeg, image/png",
      expected: '(["example"], "cover.jpg")',
    },
    {
      what: "that a range leaves open",
      name: "icon",
      contentType: "image/*",
      expected: '(["example"], "icon.png", { type: "image/png" })',
    },
    { what: "that nobody knows", name: "thing", expected: '(["example"], "thing.txt")' },
  ])("passes a file with a name and the type $what", ({ name, example, contentType, expected }) => {
    const file = { type: "string", format: "binary", ...(example && { example }) };
    const schema = { type: "object", required: [name], properties: { [name]: file } };
    const encoding = contentType === undefined ? {} : { [name]: { contentType } };
    const content = { "multipart/form-data": { schema, encoding } };
    const [program = ""] = programsOf({ requestBody: { required: true, content } });
    expect(program.replace(/\s+/g, " ")).toContain(`${name}: new File${expected}`);
  });

  it("leaves out what it need not pass, but for one example of the query", () => {
    const at = (name: string, location: string): JsonObject => ({
      name,
      in: location,
      schema: { type: "string" },
      example: "x",
    });
    const parameters = [at("Range", "header"), at("q", "query"), at("r", "query")];
    expect(programsOf({ parameters })[0]).toContain('shop.default.go({ q: "x" })');
  });

  it("is not there where no value is to be found", () => {
    const requestBody = { required: true, content: { "application/json": { schema: false } } };
    expect(programsOf({ requestBody })).toEqual([]);
  });

  it("is laid out as prettier does it", async () => {
    const properties = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [
        `property-${index}`,
        { type: "array", items: { type: "string" } },
      ]),
    );
    const schema = { type: "object", required: Object.keys(properties), properties };
    const requestBody = { required: true, content: { "application/json": { schema } } };
    const [program = ""] = programsOf(
      { requestBody, security: [{ login: [], token: [] }] },
      { components },
    );
    expect(await formatted(program)).toBe(program);
  });
});

function json(schema: JsonObject): JsonObject {
  return { "application/json": { schema } };
}

it("a model is shown with what it has to have and what it can have", () => {
  const schemas = {
    Company: {
      type: "object",
      required: ["name"],
      properties: { name: { type: "string", example: "Acme" }, size: { type: "integer" } },
    },
    Colour: { type: "string", enum: ["red"] },
  };
  const { model, context } = contextOf(documentOf({ components: { schemas } }));
  const programs = model.schemas.map((one) => [one.name, modelExample(one, context)?.code]);
  expect(Object.fromEntries(programs)).toEqual({
    Colour: undefined,
    Company: `import type { Company } from "./shop/index.js";

const company: Company = { name: "Acme", size: 1 };
console.log(company);
`,
  });
});
