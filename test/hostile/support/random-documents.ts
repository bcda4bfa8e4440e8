import fc from "fast-check";
import { member } from "../../../generator/document/json.js";
import type { JsonObject, JsonValue } from "../../../generator/document/source.js";
import { codeUnits, trickyText } from "../../property/text.js";
import { TRICKS } from "./tricks.js";

/* Random documents: such as have the grammar of OpenAPI and random strings in it, and such as have neither. */

const shortTricks = Object.values(TRICKS).filter((text) => text.length < 100);

export const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...shortTricks),
  fc.constantFrom(
    "a",
    "b",
    "id",
    "name",
    "data",
    "type",
    "A",
    "Pet",
    "pet",
    "200",
    "body",
    "accept",
  ),
  trickyText,
  codeUnits,
);

/** Names that several places of a document share, so that references lead somewhere and names collide. */
const names = fc.uniqueArray(text, { minLength: 1, maxLength: 4 });

/** Now and then something that does not belong where it is. */
function mostly<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | JsonValue> {
  return fc.oneof({ weight: 60, arbitrary: value }, { weight: 1, arbitrary: json });
}

const json: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
  text,
  fc.constantFrom<JsonValue>(null, true, 0, -1, 1.5, 2 ** 53 + 2, 1e300, -0, [], {}),
);

/** An object whose members are all there or not; nothing is lost by the name `__proto__`. */
function partial(members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<JsonObject> {
  return fc.record(members, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;
}

function table(
  keys: fc.Arbitrary<string>,
  value: fc.Arbitrary<unknown>,
  maxKeys = 3,
): fc.Arbitrary<JsonObject> {
  return fc.dictionary(keys, value, { maxKeys, noNullPrototype: true }) as fc.Arbitrary<JsonObject>;
}

const list = <T>(item: fc.Arbitrary<T>, maxLength = 3): fc.Arbitrary<T[]> =>
  fc.array(item, { maxLength });

function reference(kind: string, known: readonly string[]): fc.Arbitrary<JsonObject> {
  const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...known) }, text);
  return name.map((key) => ({ $ref: `#/components/${kind}/${pointerToken(key)}` }));
}

function pointerToken(key: string): string {
  return encodeURIComponent(key.toWellFormed().replaceAll("~", "~0").replaceAll("/", "~1"));
}

function schemasOf(known: readonly string[]): fc.Arbitrary<JsonValue> {
  const { schema } = fc.letrec<{ schema: JsonValue }>((tie) => {
    const inner = mostly(tie("schema"));
    return {
      schema: fc.oneof(
        { maxDepth: 3, depthSize: "small" },
        partial({
          type: mostly(
            fc.oneof(
              fc.constantFrom("string", "number", "integer", "boolean", "null", "array", "object"),
              list(fc.constantFrom("string", "null", "object", "integer"), 2),
            ),
          ),
          enum: list(json),
          const: json,
          format: fc.oneof(fc.constantFrom("int64", "binary", "date-time", "byte"), text),
          description: text,
          default: json,
          nullable: fc.boolean(),
          pattern: text,
        }),
        reference("schemas", known),
        partial({
          type: mostly(fc.constant("object")),
          title: text,
          description: text,
          properties: table(text, inner),
          required: list(text),
          additionalProperties: fc.oneof(fc.boolean(), inner),
          patternProperties: table(text, inner, 1),
          discriminator: partial({ propertyName: text, mapping: table(text, text) }),
          readOnly: fc.boolean(),
          writeOnly: fc.boolean(),
          deprecated: fc.boolean(),
          default: json,
          example: json,
          externalDocs: partial({ url: text, description: text }),
          "x-enum-varnames": json,
        }),
        partial({ type: fc.constant("array"), items: inner, prefixItems: list(inner) }),
        partial({
          allOf: list(inner),
          oneOf: list(inner),
          anyOf: list(inner),
          properties: table(text, inner, 2),
          discriminator: partial({ propertyName: text, mapping: table(text, text) }),
          not: inner,
        }),
      ),
    };
  });
  return schema;
}

const mediaType = fc.oneof(
  fc.constantFrom(
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
    "text/event-stream",
    "image/*",
    "application/octet-stream",
    "*/*",
  ),
  text,
);

function contentOf(schema: fc.Arbitrary<unknown>): fc.Arbitrary<JsonObject> {
  const encoding = partial({
    contentType: text,
    style: fc.oneof(fc.constantFrom("form", "deepObject"), text),
    explode: fc.boolean(),
    allowReserved: fc.boolean(),
    headers: table(text, json, 1),
  });
  return table(
    mediaType,
    mostly(partial({ schema, encoding: table(text, encoding, 2), example: json, examples: json })),
    2,
  );
}

function parameterOf(schema: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return mostly(
    partial({
      name: text,
      in: fc.constantFrom("path", "query", "header", "cookie"),
      required: fc.boolean(),
      description: text,
      schema,
      content: contentOf(schema),
      style: fc.constantFrom("form", "simple", "label", "matrix", "deepObject", "pipeDelimited"),
      explode: fc.boolean(),
      allowReserved: fc.boolean(),
      deprecated: fc.boolean(),
    }),
  );
}

const server = mostly(
  partial({
    url: fc.oneof(fc.constantFrom("https://a.example/{v}", "/v1", "https://b.example"), text),
    description: text,
    variables: table(
      fc.oneof(fc.constant("v"), text),
      partial({ default: text, enum: list(text) }),
      2,
    ),
  }),
);

const flow = partial({
  authorizationUrl: text,
  tokenUrl: text,
  refreshUrl: text,
  scopes: table(text, text),
});

const securityScheme = mostly(
  fc.oneof(
    partial({
      type: fc.constant("http"),
      scheme: fc.oneof(fc.constantFrom("basic", "bearer"), text),
    }),
    partial({
      type: fc.constant("apiKey"),
      name: text,
      in: fc.constantFrom("query", "header", "cookie"),
    }),
    partial({
      type: fc.constant("oauth2"),
      description: text,
      flows: partial({
        authorizationCode: flow,
        clientCredentials: flow,
        implicit: flow,
        password: flow,
      }),
    }),
    partial({ type: fc.constantFrom("openIdConnect", "mutualTLS"), openIdConnectUrl: text }),
  ),
);

/** Documents that have the grammar of OpenAPI, nearly everywhere. */
export const grammatical: fc.Arbitrary<JsonObject> = names.chain((known) => {
  const schema = schemasOf(known);
  const security = list(table(fc.oneof(fc.constantFrom(...known), text), list(text), 2), 2);
  const response = mostly(
    partial({
      description: text,
      content: contentOf(schema),
      headers: table(text, partial({ description: text, schema }), 1),
      links: table(text, partial({ operationId: text, parameters: table(text, text) }), 1),
    }),
  );
  const operation = mostly(
    partial({
      operationId: text,
      tags: list(text, 2),
      summary: text,
      description: text,
      deprecated: fc.boolean(),
      parameters: list(parameterOf(schema)),
      requestBody: mostly(
        partial({ description: text, content: contentOf(schema), required: fc.boolean() }),
      ),
      responses: table(
        fc.oneof(fc.constantFrom("200", "204", "4XX", "default", "302"), text),
        response,
      ),
      callbacks: table(text, json, 1),
      security,
      servers: list(server, 1),
      externalDocs: partial({ url: text, description: text }),
    }),
  );
  const path = fc
    .array(
      fc.oneof(
        fc.constantFrom("/a", "/{id}", "/b.{c}"),
        text.map((part) => `/${part}`),
      ),
      {
        maxLength: 3,
      },
    )
    .map((parts) => parts.join(""));
  const method = fc.constantFrom(
    "get",
    "post",
    "put",
    "delete",
    "head",
    "patch",
    "options",
    "trace",
  );
  return fc.record({
    openapi: fc.constantFrom("3.0.3", "3.1.0"),
    info: partial({ title: text, version: text, description: text, contact: json, license: json }),
    servers: list(server, 2),
    security,
    tags: list(partial({ name: text, description: text }), 2),
    paths: table(
      path,
      mostly(table(fc.oneof({ weight: 9, arbitrary: method }, text), operation)),
      4,
    ),
    components: partial({
      schemas: fc
        .tuple(...known.map((name) => fc.tuple(fc.constant(name), mostly(schema))))
        .map((entries) => Object.fromEntries(entries)),
      securitySchemes: fc
        .tuple(...known.map((name) => fc.tuple(fc.constant(name), securityScheme)))
        .map((entries) => Object.fromEntries(entries)),
    }),
  });
});

/** Anything at all that is JSON, some of it with the version of OpenAPI at its top. */
export const arbitraryJson: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<JsonValue>,
  partial({
    openapi: fc.oneof(fc.constantFrom("3.0.0", "3.1.1"), json),
    info: json,
    paths: table(text, table(fc.constantFrom("get", "post", "parameters", "$ref"), json)),
    components: table(fc.constantFrom("schemas", "responses", "parameters"), table(text, json)),
    servers: json,
    security: json,
    tags: json,
  }),
);

/** Text that may be YAML. */
export const arbitraryText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."openapi: 3.1.0\n|paths:\n|  /a:\n|    get: |{|}|[|]|- |&a |*a|<<: *a|!!js/function |? |\n| |# |---\n|...\n|%YAML 1.1\n".split(
          "|",
        ),
        "|",
        ">-\n",
        '"',
        "'",
        "\t",
      ),
      text,
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(""));

/** A document with some of its values or names replaced. */
export function mutationsOf(documents: readonly JsonValue[]): fc.Arbitrary<JsonValue> {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    what: fc.oneof(
      json.map((value) => ({ value })),
      text.map((name) => ({ name })),
      fc.constant({ removed: true as const }),
    ),
  });
  return fc
    .tuple(fc.constantFrom(...documents), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([document, changes]) =>
      changes.reduce((value, { at, what }) => mutated(value, at, what), document),
    );
}

type Change =
  { readonly value: JsonValue } | { readonly name: string } | { readonly removed: true };

/** @param at which of all members, from 0 to 1 */
function mutated(document: JsonValue, at: number, change: Change): JsonValue {
  const copy = JSON.parse(JSON.stringify(document)) as JsonValue;
  const places = placesOf(copy);
  const place = places[Math.floor(at * places.length)];
  if (place === undefined) return copy;
  const { parent, key } = place;
  if ("value" in change) define(parent, key, change.value);
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else {
    const value = member(parent, key) ?? null;
    Reflect.deleteProperty(parent, key);
    if ("name" in change) define(parent, change.name, value);
  }
  return copy;
}

function define(parent: object, key: string, value: JsonValue): void {
  Object.defineProperty(parent, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

interface MemberPlace {
  readonly parent: object;
  readonly key: string;
}

function placesOf(value: JsonValue): readonly MemberPlace[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    { parent: value, key },
    ...placesOf(member ?? null),
  ]);
}
