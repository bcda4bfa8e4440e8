import fc from "fast-check";
import type { JsonValue } from "../../generator/document/source.js";
import type {
  AnswerModel,
  ApiModel,
  BodyModel,
  CallModel,
  Decoder,
  Declaration,
  DecodingModel,
  EncoderModel,
  Int64Json,
  Int64Places,
  ItemModel,
  OperationModel,
  ParameterModel,
  PartsModel,
  StyleModel,
} from "../../generator/model/api-model.js";
import { needsName } from "../../generator/model/type-tools.js";
import type { OAuthFlow, ServerInfo } from "../../generator/resolve/resolved-api.js";
import type { Docs } from "../../generator/types/docs.js";
import type { TypeMember, TypeNode } from "../../generator/types/type-node.js";
import { trickyText } from "./text.js";

/* Models that no document may ever lead to, with names and texts of every length: what emitters have to lay out. */

/** A name; many of them decide by their length where a line breaks. */
const name: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom("A", "Ünï", "B_", "日本", "C"), fc.nat({ max: 50 }))
  .map(([start, length]) => start + "x".repeat(length));

const text: fc.Arbitrary<string> = fc.oneof(
  trickyText,
  fc.nat({ max: 110 }).map((length) => "w".repeat(length)),
  fc.constantFrom(
    "a",
    "id",
    "id[]",
    "data",
    "日本",
    "日本語の",
    "it's",
    'say "hi"',
    "4XX",
    "200",
    "default",
  ),
);

const docs: fc.Arbitrary<Docs> = fc.oneof(
  { weight: 4, arbitrary: fc.constant([]) },
  text.map((value): Docs => [{ kind: "text", text: value }]),
);

const few = <T>(item: fc.Arbitrary<T>, minLength = 0): fc.Arbitrary<T[]> =>
  fc.array(item, { minLength, maxLength: 3 });

/* ------------------------------------------------------------------------------- types */

const leaf: fc.Arbitrary<TypeNode> = fc.oneof(
  fc
    .constantFrom("string", "number", "boolean", "unknown", "never", "null", "undefined")
    .map((keyword): TypeNode => ({ kind: "keyword", name: keyword })),
  fc
    .oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean())
    .map((value): TypeNode => ({ kind: "literal", value })),
  name.map((value): TypeNode => ({ kind: "named", name: value })),
  fc.constantFrom<TypeNode>(
    { kind: "blob" },
    { kind: "filePart" },
    { kind: "binaryBody" },
    { kind: "parameterValue" },
    { kind: "eventStream", event: undefined },
    { kind: "mediaRange", type: "image" },
    { kind: "int64", as: "bigint", value: undefined },
    { kind: "int64", as: "bigint", value: "-9223372036854775808" },
    { kind: "int64", as: "string", value: "1" },
  ),
);

const NULL: TypeNode = { kind: "keyword", name: "null" };

const { type } = fc.letrec<{ type: TypeNode; object: TypeNode & { kind: "object" } }>((tie) => ({
  object: fc.record({
    kind: fc.constant("object" as const),
    members: few(memberOf(tie("type"))),
    index: fc.option(tie("type"), { nil: undefined, freq: 4 }),
  }),
  type: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    { weight: 3, arbitrary: leaf },
    tie("object"),
    tie("type").map((element): TypeNode => ({ kind: "array", element })),
    tie("type").map((event): TypeNode => ({ kind: "eventStream", event })),
    tie("type").map((item): TypeNode => ({ kind: "jsonStream", item })),
    fc
      .tuple(few(tie("type")), fc.nat(3), fc.option(tie("type"), { nil: undefined }))
      .map(([elements, required, rest]): TypeNode => ({ kind: "tuple", elements, required, rest })),
    fc
      .array(tie("type"), { minLength: 1, maxLength: 5 })
      .map((members): TypeNode => ({ kind: "union", members })),
    tie("type").map((member): TypeNode => ({ kind: "union", members: [member, NULL] })),
    fc
      .array(fc.oneof(tie("type"), tie("object")), { minLength: 1, maxLength: 4 })
      .map((members): TypeNode => ({ kind: "intersection", members })),
  ),
}));

function memberOf(of: fc.Arbitrary<TypeNode>): fc.Arbitrary<TypeMember> {
  return fc.record({ name: text, optional: fc.boolean(), type: of, docs });
}

const declaration: fc.Arbitrary<Declaration> = fc.record({
  name,
  docs,
  shape: fc.oneof(
    type.map((value): Declaration["shape"] => ({ kind: "alias", type: value })),
    fc.record({
      kind: fc.constant("interface" as const),
      bases: few(name),
      object: fc.record({
        kind: fc.constant("object" as const),
        members: few(memberOf(type)),
        index: fc.option(type, { nil: undefined, freq: 4 }),
      }),
    }),
  ),
});

/* ------------------------------------------------------------------------------- calls */

const style: fc.Arbitrary<StyleModel> = fc.record({
  name: fc.constantFrom("none", "exploded", "simple", "label", "commaDelimited", "inCookieStyle"),
  explode: fc.boolean(),
  reserved: fc.constantFrom(undefined, "allowReserved", "allowReservedInPath"),
});

const json: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
  fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 12 }),
  text,
);

const { places } = fc.letrec<{ places: Int64Places }>((tie) => ({
  places: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc
      .constantFrom("int64", "number", "string")
      .map((kind) => ({ kind: "type" as const, type: kind })),
    name.map((value) => ({ kind: "named" as const, name: value })),
    few(tie("places"), 1).map((members) => ({ kind: "anyOf" as const, members })),
    fc.record({
      kind: fc.constant("array" as const),
      prefixItems: few(tie("places")),
      items: fc.option(tie("places"), { nil: undefined }),
    }),
    fc.record({
      kind: fc.constant("object" as const),
      properties: few(fc.tuple(text, tie("places"))),
      additional: fc.option(tie("places"), { nil: undefined }),
    }),
  ),
}));

const int64: fc.Arbitrary<Int64Json> = fc.record({
  as: fc.constantFrom("string", "bigint"),
  places,
});

const optionalText = fc.option(text, { nil: undefined });

const { parts } = fc.letrec<{ parts: PartsModel }>((tie) => {
  const part = fc.record({
    mediaType: optionalText,
    parts: fc.option(tie("parts"), { nil: undefined, freq: 2, maxDepth: 2 }),
  });
  return {
    parts: fc.record({ prefix: few(part), item: fc.option(part, { nil: undefined }) }),
  };
});

const encoder: fc.Arbitrary<EncoderModel> = fc.record({
  encoder: fc.constantFrom("json", "jsonItems", "form", "multipart", "parts", "text", "binary"),
  encoding: few(
    fc.record({
      property: text,
      as: fc.oneof(
        style.map((value) => ({ style: value })),
        text.map((mediaType) => ({ mediaType })),
        fc.record({ parts, mediaType: text }),
        fc.record({ int64, mediaType: fc.option(text, { nil: undefined }) }),
      ),
    }),
  ),
  parts: fc.option(parts, { nil: undefined }),
  int64: fc.option(int64, { nil: undefined, freq: 2 }),
});

const parameter: fc.Arbitrary<ParameterModel> = fc.record({
  location: fc.constantFrom("path", "query", "header", "cookie"),
  wireName: text,
  key: text,
  fallback: fc.option(json, { nil: undefined, freq: 2 }),
  isIdempotencyKey: fc.boolean(),
  style: fc.option(style, { nil: undefined }),
  wholeQuery: fc.option(encoder, { nil: undefined, freq: 2 }),
  int64: fc.option(int64, { nil: undefined, freq: 2 }),
});

const body: fc.Arbitrary<BodyModel> = fc.oneof(
  fc
    .tuple(encoder, optionalText, fc.boolean())
    .map(([model, contentType, isChosen]): BodyModel => ({
      kind: "single",
      contentType,
      isChosen,
      ...model,
    })),
  fc
    .tuple(optionalText, few(fc.tuple(text, encoder), 1))
    .map(([preferred, options]): BodyModel => ({
      kind: "choice",
      preferred,
      options: options.map(([mediaType, model]) => ({ mediaType, ...model })),
    })),
);

const decoder: fc.Arbitrary<Decoder> = fc.oneof(
  fc.constantFrom("json", "text", "blob", "none"),
  fc
    .tuple(fc.oneof(fc.constant("all" as const), few(text)), fc.option(int64, { nil: undefined }))
    .map(([json, own]): Decoder => ({ kind: "eventStream", json, int64: own })),
  fc.option(int64, { nil: undefined }).map((own): Decoder => ({ kind: "jsonStream", int64: own })),
  int64,
);
const response: fc.Arbitrary<DecodingModel> = fc.oneof(
  decoder.map((value): DecodingModel => ({ kind: "uniform", decoder: value })),
  few(
    fc.record({
      status: fc.constantFrom(200, 404, "4XX", "default"),
      decoding: fc.oneof(decoder, few(fc.record({ mediaType: text, decoder }), 1)),
    }),
    1,
  ).map((statuses): DecodingModel => ({ kind: "byStatus", statuses })),
);

const security = few(few(fc.record({ scheme: text, scopes: few(text) })));

const server: fc.Arbitrary<ServerInfo> = fc.record({
  url: text,
  description: fc.constant(undefined),
  variables: few(
    fc.record({
      name: text,
      defaultValue: text,
      values: fc.option(few(text, 1), { nil: undefined }),
      description: optionalText,
    }),
  ),
});

const call: fc.Arbitrary<CallModel> = fc.record({
  kind: fc.constantFrom("request", "request", "url"),
  operationId: text,
  method: fc.constantFrom("GET", "POST"),
  path: text,
  fixedQuery: few(fc.tuple(text, text)),
  parameters: few(parameter),
  body: fc.option(body, { nil: undefined }),
  accept: optionalText,
  choosesAccept: fc.boolean(),
  response,
  errors: fc.option(
    fc.record({
      as: fc.constantFrom("string", "bigint"),
      statuses: few(fc.tuple(fc.constantFrom(404, "4XX", "default"), places), 1),
    }),
    { nil: undefined, freq: 2 },
  ),
  security,
  server: fc.option(server, { nil: undefined, freq: 3 }),
  paging: fc.option(
    fc.record({
      kind: fc.constantFrom("offset", "link", "keyset"),
      rule: json.map((value) => ({ items: value })),
    }),
    { nil: undefined, freq: 3 },
  ),
  isIdempotent: fc.option(fc.boolean(), { nil: undefined }),
});

const item: fc.Arbitrary<ItemModel> = fc.oneof(
  // A type with members of its own is never written into a signature.
  type
    .filter((value) => !needsName(value) && !/"(?:event|json)Stream"/.test(JSON.stringify(value)))
    .map((value): ItemModel => ({ kind: "type", type: value })),
  fc
    .tuple(
      fc.constantFrom(200, "2XX", "default"),
      few(fc.record({ key: optionalText, isNullable: fc.boolean() }), 1),
    )
    .map(([status, steps]): ItemModel => ({ kind: "inline", status, steps })),
);

const answer: fc.Arbitrary<AnswerModel> = fc.record({
  responsesName: name,
  accept: few(text, 1),
  item: fc.option(item, { nil: undefined, freq: 3 }),
});

const operation: fc.Arbitrary<OperationModel> = fc.record({
  methodName: name,
  docs,
  wireLine: fc.record({
    method: fc.constant("GET"),
    path: text,
    security,
    pagination: fc.constant(undefined),
    idempotency: fc.constant(undefined),
  }),
  params: fc.option(
    fc.record({ typeName: fc.option(name, { nil: undefined }), optional: fc.boolean() }),
    { nil: undefined },
  ),
  answers: few(answer, 1),
  call,
  declarations: few(declaration),
});

const oauthFlow: fc.Arbitrary<OAuthFlow> = fc.record({
  name: fc.constantFrom(
    "authorizationCode",
    "clientCredentials",
    "deviceAuthorization",
    "password",
  ),
  authorizationUrl: optionalText,
  deviceAuthorizationUrl: optionalText,
  tokenUrl: optionalText,
  refreshUrl: optionalText,
  scopes: few(fc.tuple(text, text)),
});

/** A whole service, with as few of everything as shows what can stand beside what. */
export const apiModel: fc.Arbitrary<ApiModel> = fc.record({
  clientName: name,
  title: text,
  version: text,
  description: optionalText,
  servers: few(server),
  securitySchemes: few(
    fc.record({
      name: text,
      description: optionalText,
      deprecated: fc.boolean(),
      scheme: fc.constantFrom(
        { type: "http", scheme: "basic" },
        { type: "http", scheme: "bearer" },
        { type: "mutualTLS" },
      ),
      flows: few(oauthFlow),
    }),
  ),
  helpers: fc.constantFrom([], ["one-session"], ["one-session", "two-upload"]),
  classes: few(
    fc.record({
      className: name,
      propertyName: name,
      fileStem: fc.constantFrom("a-api", "b-api"),
      docs,
      operations: few(operation),
    }),
  ),
  schemas: few(declaration),
  int64Schemas: few(fc.record({ name, places })),
});
