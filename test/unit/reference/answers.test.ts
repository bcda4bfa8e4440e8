import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { operationOf, shortType } from "../../support/reference.js";

const components = {
  schemas: {
    Book: { type: "object", properties: { id: {} } },
    Problem: { type: "object", properties: { title: {} } },
  },
};
const INLINE: JsonObject = { type: "object", properties: { a: { type: "string" } } };
const BOOK: JsonObject = { $ref: "#/components/schemas/Book" };
const PROBLEM: JsonObject = { $ref: "#/components/schemas/Problem" };
const response = (content: JsonObject, parts: JsonObject = {}): JsonObject => ({
  description: "D",
  content,
  ...parts,
});
const json = (schema: JsonObject): JsonObject => response({ "application/json": { schema } });

/** The responses of an operation, and what awaiting each signature gives. */
const AWAITED: readonly { responses: JsonObject; types: readonly string[] }[] = [
  { responses: { "204": { description: "" } }, types: ["void"] },
  { responses: { "200": json(BOOK) }, types: ["Book"] },
  { responses: { "200": json(INLINE) }, types: ["Op200Response"] },
  { responses: { "200": json({ type: "array", items: BOOK }) }, types: ["Book[]"] },
  { responses: { "200": json(BOOK), "404": json(PROBLEM) }, types: ["Book"] },
  { responses: { "200": json(BOOK), "201": json(PROBLEM) }, types: ["Book | Problem"] },
  { responses: { "200": json(BOOK), "204": { description: "" } }, types: ["Book | undefined"] },
  { responses: { "2XX": json(BOOK) }, types: ["Book"] },
  { responses: { default: json(BOOK) }, types: ["Book"] },
  { responses: { "200": json(BOOK), default: json(PROBLEM) }, types: ["Book"] },
  { responses: { "404": json(PROBLEM) }, types: ["void"] },
  { responses: { "200": response({ "image/png": {} }) }, types: ["blob"] },
  { responses: { "200": response({ "text/plain": {} }) }, types: ["string"] },
  {
    responses: { "200": response({ "text/event-stream": {} }) },
    types: ["events of void"],
  },
  {
    responses: { "200": response({ "application/jsonl": { itemSchema: BOOK } }) },
    types: ["values of Book"],
  },
  {
    responses: { "200": response({ "application/json": { schema: BOOK }, "text/csv": {} }) },
    types: ["Book", "string"],
  },
];

describe("what awaiting a call gives", () => {
  it.each(AWAITED)("$types for $responses", ({ responses, types }) => {
    const { answers } = operationOf({ responses }, { components });
    expect(answers.map(({ type }) => shortType(type))).toEqual(types);
  });

  it("is nothing where a URL is built", () => {
    const flow = { authorizationUrl: "/op", tokenUrl: "/token", scopes: {} };
    const securitySchemes = { OAuth: { type: "oauth2", flows: { authorizationCode: flow } } };
    const responses = { "200": response({ "text/html": {} }) };
    const operation = operationOf({ responses }, { components: { securitySchemes } });
    expect(operation).toMatchObject({
      kind: "url",
      answers: [],
      accept: undefined,
      isRetried: false,
    });
  });
});

describe("what comes bit by bit", () => {
  it.each([
    ["text/event-stream", "events"],
    ["application/jsonl", "values"],
    ["application/json", undefined],
  ])("%s: %s", (mediaType, streaming) => {
    const content = { [mediaType]: { schema: BOOK } };
    const operation = operationOf({ responses: { "200": response(content) } }, { components });
    expect(operation.streaming).toBe(streaming);
  });

  it("is nothing of an error", () => {
    const responses = {
      "200": json(BOOK),
      "500": response({ "application/jsonl": { itemSchema: BOOK } }),
    };
    expect(operationOf({ responses }, { components }).streaming).toBeUndefined();
  });
});

describe("Accept", () => {
  it.each<{ responses: JsonObject; accept: string; choices: readonly string[] }>([
    { responses: { "204": { description: "" } }, accept: "application/json", choices: [] },
    { responses: { "200": json(BOOK) }, accept: "application/json", choices: [] },
    { responses: { "200": response({ "image/png": {} }) }, accept: "image/png", choices: [] },
    {
      responses: { "200": response({ "application/json": { schema: BOOK }, "text/csv": {} }) },
      accept: "application/json",
      choices: ["application/json", "text/csv"],
    },
  ])("$accept for $responses", ({ responses, accept, choices }) => {
    const operation = operationOf({ responses }, { components });
    expect(operation).toMatchObject({ accept, acceptChoices: choices });
  });
});

describe("a response", () => {
  const responsesOf = (responses: JsonObject): readonly object[] =>
    operationOf({ responses }, { components }).responses.map(({ status, success, content }) => [
      status,
      success,
      ...content.map(({ name, type }) => `${name}: ${shortType(type)}`),
    ]);

  it("has its status, and default is called so", () => {
    const responses = { default: json(PROBLEM), "4XX": json(PROBLEM), "200": json(BOOK) };
    expect(responsesOf(responses)).toEqual([
      [200, true, "application/json: Book"],
      ["4XX", false, "application/json: Problem"],
      ["default", false, "application/json: Problem"],
    ]);
  });

  it("has types under the names that a program can import", () => {
    const responses = { "200": json(INLINE), "400": json(INLINE) };
    expect(responsesOf(responses)).toEqual([
      [200, true, "application/json: Op200Response"],
      [400, false, "application/json: Op400Response"],
    ]);
  });

  it("has for each media type what comes where a caller asks for that", () => {
    const content = { "application/json": { schema: INLINE }, "text/csv": {} };
    expect(responsesOf({ "200": response(content) })).toEqual([
      [200, true, "application/json: Op200Response", "text/csv: string"],
    ]);
  });

  it("has the type of each media type where the server chooses", () => {
    const content = { "application/json": { schema: PROBLEM }, "text/html": {} };
    expect(responsesOf({ "200": json(BOOK), "500": response(content) })[1]).toEqual([
      500,
      false,
      "application/json: Problem",
      "text/html: string",
    ]);
  });

  const HEADERS: readonly { header: JsonObject; told: object }[] = [
    { header: {}, told: { type: undefined, values: [], required: false, docs: [] } },
    {
      header: { schema: { type: "integer", minimum: 0 }, required: true, description: "Left." },
      told: {
        type: "integer",
        required: true,
        docs: [
          { kind: "text", text: "Left." },
          { kind: "limits", text: "Value: at least 0." },
        ],
      },
    },
    {
      header: { schema: { $ref: "#/components/schemas/Day" } },
      told: { type: "string", docs: [{ kind: "limits", text: "Format: `date`." }] },
    },
    { header: { schema: { enum: ["a", "b"] } }, told: { values: ['"a"', '"b"'] } },
    { header: { schema: { const: 1 } }, told: { values: ["1"] } },
    {
      header: { schema: { type: "array", items: { type: "string" } } },
      told: { type: "array of string" },
    },
    { header: { schema: { type: ["integer", "null"] } }, told: { type: "integer or null" } },
    {
      header: { content: { "application/json": { schema: { type: "object" } } } },
      told: { type: "object" },
    },
    {
      header: { deprecated: true },
      told: { docs: [{ kind: "tag", tag: "deprecated", text: "" }] },
    },
  ];

  it.each(HEADERS)("has a header of $header", ({ header, told }) => {
    const schemas = { ...components.schemas, Day: { type: "string", format: "date" } };
    const responses = { "204": { description: "", headers: { "X-H": header } } };
    const [only] = operationOf({ responses }, { components: { schemas } }).responses;
    expect(only?.headers).toMatchObject([{ name: "X-H", ...told }]);
  });

  it("has headers of its own under a name that others have, too", () => {
    const headers = (type: string): JsonObject => ({ "X-H": { schema: { type } } });
    const responses = {
      "200": { description: "", headers: headers("integer") },
      "204": { description: "", headers: headers("string") },
    };
    const told = operationOf({ responses }).responses.map(({ headers: [one] }) => one?.type);
    expect(told).toEqual(["integer", "string"]);
  });
});
