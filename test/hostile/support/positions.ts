import type { JsonObject, JsonValue } from "../../../generator/document/source.js";

/* Every place of a document at which an author can put a text of any kind. */

export interface Position {
  readonly name: string;
  /** A document with each text at the place, as often as there are texts. */
  readonly document: (texts: readonly string[]) => JsonObject;
  /** Whether each text has to stand in the generated files as it is: as a literal, or as the name of a member. */
  readonly isKept: boolean;
}

const OK: JsonObject = { "200": { description: "Done." } };

/** A document with what is given instead of the usual. */
function documentWith(parts: JsonObject): JsonObject {
  return { openapi: "3.1.0", info: { title: "Hostile", version: "1" }, paths: {}, ...parts };
}

/** A document with an operation for each text. */
function operations(make: (text: string, index: number) => JsonObject, parts: JsonObject = {}) {
  return (texts: readonly string[]): JsonObject =>
    documentWith({
      paths: tableOf(
        texts.map((text, index) => [
          `/p${index}`,
          { post: { operationId: `op${index}`, responses: OK, ...make(text, index) } },
        ]),
      ),
      ...parts,
    });
}

/** A document with a schema for each text, each of which an operation is answered with. */
function schemas(make: (text: string) => JsonValue) {
  return (texts: readonly string[]): JsonObject => {
    const known = tableOf(texts.map((text, index) => [`Schema${index}`, make(text)]));
    return answeredWith(known);
  };
}

/** A document of schemas, with an operation that is answered with each. */
function answeredWith(known: JsonObject): JsonObject {
  const answers = Object.keys(known).map((name, index) => [
    `/p${index}`,
    {
      get: { operationId: `op${index}`, responses: answer("application/json", referenceTo(name)) },
    },
  ]);
  return documentWith({
    paths: tableOf(answers as [string, JsonValue][]),
    components: { schemas: known },
  });
}

function referenceTo(name: string): JsonObject {
  const token = name.toWellFormed().replaceAll("~", "~0").replaceAll("/", "~1");
  return { $ref: `#/components/schemas/${encodeURIComponent(token)}` };
}

function answer(mediaType: string, schema: JsonValue): JsonObject {
  return { "200": { description: "Done.", content: tableOf([[mediaType, { schema }]]) } };
}

/** An object of entries; `__proto__` is a name like any other. */
function tableOf(entries: readonly (readonly [string, JsonValue])[]): JsonObject {
  return Object.fromEntries(entries);
}

function parameter(location: string) {
  return operations((text) => ({
    parameters: [{ name: text, in: location, required: false, schema: { type: "string" } }],
  }));
}

function securitySchemes(make: (text: string) => JsonValue) {
  return (texts: readonly string[]): JsonObject =>
    documentWith({
      paths: { "/p": { get: { operationId: "op", responses: OK, security: [{ scheme0: [] }] } } },
      components: {
        securitySchemes: tableOf(texts.map((text, index) => [`scheme${index}`, make(text)])),
      },
    });
}

function flows(make: (text: string) => JsonObject) {
  return securitySchemes((text) => ({
    type: "oauth2",
    flows: {
      authorizationCode: {
        authorizationUrl: "https://a.example/authorize",
        tokenUrl: "https://a.example/token",
        scopes: {},
        ...make(text),
      },
    },
  }));
}

function body(make: (text: string) => JsonValue) {
  return operations((text) => ({ requestBody: { required: true, content: make(text) } }));
}

const KEPT: Readonly<Record<string, Position["document"]>> = {
  "value of an enumeration": schemas((text) => ({ enum: [text, "other"] })),
  constant: schemas((text) => ({ const: text })),
  "name of a property": schemas((text) => ({
    type: "object",
    properties: tableOf([[text, { type: "string" }]]),
  })),
  "name of a required property": schemas((text) => ({
    type: "object",
    properties: tableOf([[text, { type: "string" }]]),
    required: [text],
  })),
  "name of a query parameter": parameter("query"),
  "default of a parameter": operations((text) => ({
    parameters: [
      { name: "a", in: "query", required: true, schema: { type: "string", default: text } },
    ],
  })),
  "value of a parameter": operations((text) => ({
    parameters: [{ name: "a", in: "query", schema: { enum: [text, "other"] } }],
  })),
  "name of a property of a form": body((text) => ({
    "multipart/form-data": {
      schema: { type: "object", properties: tableOf([[text, { type: "object" }]]) },
      encoding: tableOf([[text, { style: "deepObject" }]]),
    },
  })),
  scope: flows((text) => ({ scopes: tableOf([[text, "a"]]) })),
  "text of a scope": flows((text) => ({ scopes: { a: text } })),
  "name of an API key in a query": securitySchemes((text) => ({
    type: "apiKey",
    in: "query",
    name: text,
  })),
};

const OTHERS: Readonly<Record<string, Position["document"]>> = {
  "scheme of a security scheme": securitySchemes((text) => ({ type: "http", scheme: text })),
  operationId: operations((text) => ({ operationId: text })),
  summary: operations((text) => ({ summary: text })),
  "description of an operation": operations((text) => ({ description: text })),
  tag: operations((text) => ({ tags: [text] })),
  "description of a tag": (texts) =>
    operations((_, index) => ({ tags: [`tag${index}`] }), {
      tags: texts.map((text, index) => ({ name: `tag${index}`, description: text })),
    })(texts),
  "part of a path": (texts) =>
    documentWith({
      paths: tableOf(
        texts.map((text, index) => [
          `/${text}/p${index}`,
          { get: { operationId: `op${index}`, responses: OK } },
        ]),
      ),
    }),
  "name of a path parameter": (texts) =>
    documentWith({
      paths: tableOf(
        texts.map((text, index) => [
          `/p${index}/{${text}}`,
          {
            get: {
              operationId: `op${index}`,
              responses: OK,
              parameters: [{ name: text, in: "path", required: true, schema: { type: "string" } }],
            },
          },
        ]),
      ),
    }),
  method: (texts) =>
    documentWith({
      paths: tableOf(
        texts.map((text, index) => [
          `/p${index}`,
          { get: { responses: OK }, ...tableOf([[text, { responses: OK }]]) },
        ]),
      ),
    }),
  "name of a header": parameter("header"),
  "name of a cookie": parameter("cookie"),
  "place of a parameter": operations((text) => ({
    parameters: [{ name: "a", in: text, schema: { type: "string" } }],
  })),
  "style of a parameter": operations((text) => ({
    parameters: [{ name: "a", in: "query", style: text, schema: { type: "array" } }],
  })),
  "description of a parameter": operations((text) => ({
    parameters: [{ name: "a", in: "query", description: text, schema: { type: "string" } }],
  })),
  "name of a schema": (texts) =>
    answeredWith(
      tableOf(
        texts.map((text) => [text, { type: "object", properties: { a: { type: "string" } } }]),
      ),
    ),
  "title of a schema": schemas((text) => ({ type: "object", title: text })),
  "description of a schema": schemas((text) => ({ type: "object", description: text })),
  "description of a property": schemas((text) => ({
    properties: { a: { type: "string", description: text } },
  })),
  "default of a property": schemas((text) => ({
    properties: { a: { type: "string", default: text } },
  })),
  "default of another type": schemas((text) => ({
    properties: { a: { type: "number", default: text }, b: { type: "boolean", default: [text] } },
  })),
  "key in a default": schemas((text) => ({
    properties: { a: { type: "object", default: tableOf([[text, text]]) } },
  })),
  example: schemas((text) => ({ type: "string", example: text, examples: [text] })),
  pattern: schemas((text) => ({ type: "string", pattern: text })),
  format: schemas((text) => ({ type: "string", format: text })),
  "type of a schema": schemas((text) => ({ type: text })),
  contentMediaType: schemas((text) => ({
    type: "string",
    contentMediaType: text,
    contentEncoding: text,
  })),
  "externalDocs of a schema": schemas((text) => ({
    type: "object",
    externalDocs: { url: text, description: text },
  })),
  "extension of a schema": schemas((text) => ({
    enum: ["a"],
    "x-enum-varnames": [text],
    "x-enum-descriptions": [text],
    "x-tsType": text,
    ...tableOf([[`x-${text}`, text]]),
  })),
  "discriminator, its values and where they lead": schemas((text) => ({
    oneOf: [{ $ref: "#/components/schemas/Schema0" }],
    discriminator: { propertyName: text, mapping: tableOf([[text, text]]) },
  })),
  "value of a discriminator": (texts) =>
    answeredWith({
      Kind: {
        oneOf: [{ $ref: "#/components/schemas/A" }],
        discriminator: {
          propertyName: "kind",
          mapping: tableOf(texts.map((text) => [text, "#/components/schemas/A"])),
        },
      },
      A: { type: "object", properties: { kind: { type: "string" } } },
    }),
  "name of a discriminator's property": (texts) =>
    answeredWith(
      tableOf(
        texts.flatMap((text, index): [string, JsonValue][] => [
          [
            `Kind${index}`,
            {
              oneOf: [referenceTo(`A${index}`)],
              discriminator: { propertyName: text },
            },
          ],
          [
            `A${index}`,
            { type: "object", properties: tableOf([[text, { type: "string" }]]), required: [text] },
          ],
        ]),
      ),
    ),
  "reference into the document": schemas((text) => ({ $ref: `#/components/schemas/${text}` })),
  "reference to a file": schemas((text) => ({ $ref: text })),
  "anchors and identifiers": schemas((text) => ({ $id: text, $anchor: text, $comment: text })),
  "status of a response": operations((text) => ({
    responses: { ...OK, ...tableOf([[text, { description: "Odd." }]]) },
  })),
  "description of a response": operations((text) => ({
    responses: { "200": { description: text }, "400": { description: text } },
  })),
  "name of a response's header": operations((text) => ({
    responses: {
      "200": {
        description: "Done.",
        headers: tableOf([[text, { schema: { type: "string" }, description: text }]]),
      },
    },
  })),
  "name of a link": operations((text) => ({
    responses: {
      "200": {
        description: "Done.",
        links: tableOf([[text, { operationId: text, description: text }]]),
      },
    },
  })),
  "name of a callback": operations((text) => ({
    callbacks: tableOf([[text, tableOf([[text, { post: { responses: OK } }]])]]),
  })),
  "media type of a body": body((text) => tableOf([[text, { schema: { type: "string" } }]])),
  "media type of several": body((text) => ({
    "application/json": { schema: { type: "string" } },
    ...tableOf([[text, { schema: { type: "string" } }]]),
  })),
  "media type of a response": operations((text) => ({
    responses: answer(text, { type: "object" }),
  })),
  "media type of several responses": operations((text) => ({
    responses: {
      "200": {
        description: "Done.",
        content: {
          "application/json": { schema: { type: "object" } },
          ...tableOf([[text, { schema: { type: "string" } }]]),
        },
      },
    },
  })),
  "media type of a part": body((text) => ({
    "multipart/form-data": {
      schema: { type: "object", properties: { a: { type: "object" } } },
      encoding: { a: { contentType: text, headers: tableOf([[text, { schema: true }]]) } },
    },
  })),
  "description of a body": operations((text) => ({
    requestBody: { description: text, content: { "application/json": { schema: {} } } },
  })),
  "name of a security scheme": (texts) =>
    documentWith({
      paths: {
        "/p": {
          get: {
            operationId: "op",
            responses: OK,
            security: texts.map((text) => tableOf([[text, []]])),
          },
        },
      },
      components: {
        securitySchemes: tableOf(
          texts.map((text) => [
            text,
            { type: "apiKey", in: "header", name: "a", description: text },
          ]),
        ),
      },
    }),
  "scope of an operation": (texts) =>
    documentWith({
      paths: tableOf(
        texts.map((text, index) => [
          `/p${index}`,
          { get: { operationId: `op${index}`, responses: OK, security: [{ a: [text] }] } },
        ]),
      ),
      components: { securitySchemes: { a: { type: "openIdConnect", openIdConnectUrl: "/x" } } },
    }),
  "name of an API key in a header": securitySchemes((text) => ({
    type: "apiKey",
    in: "header",
    name: text,
  })),
  "name of an API key in a cookie": securitySchemes((text) => ({
    type: "apiKey",
    in: "cookie",
    name: text,
  })),
  "URLs of OAuth": flows((text) => ({ authorizationUrl: text, tokenUrl: text, refreshUrl: text })),
  "name of a flow": securitySchemes((text) => ({
    type: "oauth2",
    flows: tableOf([[text, { tokenUrl: "https://a.example", scopes: {} }]]),
  })),
  "kind of a security scheme": securitySchemes((text) => ({ type: text, bearerFormat: text })),
  "URL of a server": (texts) =>
    documentWith({ servers: texts.map((text) => ({ url: text, description: text })) }),
  "URL of an operation's server": operations((text) => ({ servers: [{ url: text }] })),
  "URL of a server with a variable": (texts) =>
    documentWith({
      servers: texts.map((text) => ({ url: `${text}{v}`, variables: { v: { default: text } } })),
    }),
  "name of a server's variable": (texts) =>
    documentWith({
      servers: texts.map((text) => ({
        url: `https://a.example/{${text}}`,
        variables: tableOf([[text, { default: "a", description: text }]]),
      })),
    }),
  "value of a server's variable": (texts) =>
    documentWith({
      servers: texts.map((text, index) => ({
        url: `https://a.example/{v${index}}`,
        variables: tableOf([[`v${index}`, { default: text, enum: [text, "other"] }]]),
      })),
    }),
  "externalDocs of an operation": operations((text) => ({
    externalDocs: { url: text, description: text },
  })),
  "extension of an operation": operations((text) => tableOf([[`x-${text}`, text]])),
  "extension that is configured": operations((text) => ({
    "x-pagination": text,
    "x-idempotent": text,
  })),
  "paging that is configured": operations((text) => ({
    parameters: [{ name: text, in: "query", schema: { type: "integer" } }],
    "x-pagination": { offset: text, limit: text, items: text, next: text, "x-y": text },
    "x-idempotent": { header: text },
  })),
  component: (texts) =>
    documentWith({
      components: {
        responses: tableOf(texts.map((text) => [text, { description: text }])),
        parameters: tableOf(texts.map((text) => [text, { name: text, in: "query", schema: {} }])),
        examples: tableOf(texts.map((text) => [text, { value: text, summary: text }])),
      },
    }),
};

/** All of them; those that a document has once are all in one. */
export const POSITIONS: readonly Position[] = [
  ...Object.entries(KEPT).map(([name, document]) => ({ name, document, isKept: true })),
  ...Object.entries(OTHERS).map(([name, document]) => ({ name, document, isKept: false })),
];

/** A document that has a text wherever it says something of itself as a whole. */
export function documentAbout(text: string): JsonObject {
  return documentWith({
    info: {
      title: text,
      version: text,
      summary: text,
      description: text,
      termsOfService: text,
      contact: { name: text, url: text, email: text },
      license: { name: text, url: text, identifier: text },
      ...tableOf([[`x-${text}`, text]]),
    },
    externalDocs: { url: text, description: text },
    tags: [{ name: text, description: text, externalDocs: { url: text, description: text } }],
    jsonSchemaDialect: text,
    paths: {
      "/p": {
        summary: text,
        description: text,
        get: { tags: [text], responses: { default: { description: text } } },
      },
    },
  });
}
