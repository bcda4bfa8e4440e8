import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { operationOf, shortType } from "../../support/reference.js";

const securitySchemes = {
  Key: { type: "apiKey", in: "header", name: "X-Key" },
  OAuth: {
    type: "oauth2",
    flows: { password: { tokenUrl: "/t", scopes: { read: "", write: "" } } },
  },
};

/** The `security` of an operation, and what a reader is told of it. */
const AUTHORIZATION: readonly {
  security: JsonObject[] | undefined;
  alternatives: readonly string[];
  isAnonymous: boolean;
}[] = [
  { security: [], alternatives: [], isAnonymous: true },
  { security: [{}], alternatives: [], isAnonymous: true },
  { security: undefined, alternatives: ["Key"], isAnonymous: false },
  {
    security: [{ OAuth: ["read", "write"] }],
    alternatives: ["OAuth read write"],
    isAnonymous: false,
  },
  { security: [{ OAuth: [] }, { Key: [] }], alternatives: ["OAuth", "Key"], isAnonymous: false },
  { security: [{ OAuth: [], Key: [] }], alternatives: ["Key and OAuth"], isAnonymous: false },
  { security: [{ Key: [] }, {}], alternatives: ["Key"], isAnonymous: true },
];

describe("authorization", () => {
  it.each(AUTHORIZATION)("$security", ({ security, alternatives, isAnonymous }) => {
    const operation = operationOf(security === undefined ? {} : { security }, {
      components: { securitySchemes },
      security: [{ Key: [] }],
    });
    const told = operation.security.map((schemes) =>
      schemes
        .map(({ scheme, scopes }) => [scheme, ...scopes].join(" "))
        .sort()
        .join(" and "),
    );
    expect(told).toEqual(alternatives);
    expect(operation.isAnonymous).toBe(isAnonymous);
  });
});

/** A method, what the document says of repetitions, and what a reader is told. */
const REPETITION: readonly {
  method: string;
  extension?: boolean;
  idempotency: "always" | "never";
  isStated: boolean;
}[] = [
  { method: "get", idempotency: "always", isStated: false },
  { method: "put", idempotency: "always", isStated: false },
  { method: "post", idempotency: "never", isStated: false },
  { method: "patch", idempotency: "never", isStated: false },
  { method: "post", extension: true, idempotency: "always", isStated: true },
  { method: "post", extension: false, idempotency: "never", isStated: false },
  { method: "get", extension: false, idempotency: "never", isStated: true },
];

describe("repetition", () => {
  it.each(REPETITION)(
    "of $method with $extension is $idempotency",
    ({ method, extension, idempotency, isStated }) => {
      const parts = extension === undefined ? {} : { "x-idempotent": extension };
      expect(operationOf(parts, { method })).toMatchObject({
        idempotency,
        isIdempotencyStated: isStated,
        isRetried: idempotency === "always",
      });
    },
  );

  it("is told by a header", () => {
    const parameters = [{ name: "Once", in: "header", schema: { type: "string" } }];
    const parts = { parameters, "x-idempotent": { header: "Once" } };
    expect(operationOf(parts, { method: "post" })).toMatchObject({
      idempotency: { header: "Once" },
      isIdempotencyStated: true,
      isRetried: true,
    });
  });
});

const query = (name: string, schema: JsonObject = { type: "integer" }): JsonObject => ({
  name,
  in: "query",
  schema,
});
const LIMIT = query("limit", { type: "integer", default: 20, maximum: 80 });

/** How a list is paged, and what is told of it. */
const PAGING: readonly { pagination: JsonObject; told: object }[] = [
  {
    pagination: { kind: "offset", offset: "start", limit: "limit", items: "" },
    told: {
      kind: "offset",
      startKeys: ["start"],
      limit: { key: "limit", defaultValue: 20, maximum: 80 },
    },
  },
  {
    pagination: { kind: "link", items: "" },
    told: { kind: "link", startKeys: [], limit: undefined },
  },
  {
    pagination: { kind: "keyset", items: "", next: { start: "/id", body: "/id" } },
    told: { kind: "keyset", startKeys: ["body_query", "start"], limit: undefined },
  },
];

describe("an operation that is to go", () => {
  it("is told so, with its last day", () => {
    const options = { extensions: { sunset: "x-sunset" } };
    const operation = operationOf({ deprecated: true, "x-sunset": "2027-01-31" }, { options });
    expect(operation).toMatchObject({ deprecated: true, sunset: "2027-01-31" });
    expect(operationOf({})).toMatchObject({ deprecated: false, sunset: undefined });
  });
});

describe("paging", () => {
  const items = { type: "array", items: { $ref: "#/components/schemas/Book" } };
  const components = {
    schemas: { Book: { type: "object", properties: { id: { type: "integer" } } } },
  };
  const content = { "application/json": { schema: items } };

  it.each(PAGING)("$pagination", ({ pagination, told }) => {
    const operation = operationOf(
      {
        parameters: [query("start"), query("body"), LIMIT],
        responses: { "200": { description: "", content } },
        "x-pagination": pagination,
      },
      { components },
    );
    expect(operation.paging).toMatchObject(told);
    const { item } = operation.paging ?? {};
    expect(item?.kind === "type" && shortType(item.type)).toBe("Book");
    expect(operation.answers[0]?.item).toEqual(item);
  });

  it("is not told of where the answer is no page", () => {
    const responses = { "200": { description: "", content } };
    const { paging, answers } = operationOf({ responses }, { components });
    expect([paging, answers[0]?.item]).toEqual([undefined, undefined]);
  });
});
