import { isObject } from "./json.js";
import type { JsonObject, JsonValue } from "./source.js";
import { specificationVersion } from "./version.js";

/**
 * The objects of the OpenAPI specification (3.2, "Schema") on the way to every Reference Object. What 3.2 added is read
 * in documents of 3.0 and 3.1, too: it can mean nothing else there.
 */
export type NodeKind =
  | "document"
  | "components"
  | "paths"
  | "pathItem"
  | "operation"
  | "parameter"
  | "header"
  | "requestBody"
  | "mediaType"
  | "encoding"
  | "responses"
  | "response"
  | "callback"
  | "link"
  | "securityScheme"
  | "schema"
  | "discriminator";

/** What stands under a field: an object of a kind, or several of them. */
export interface FieldRule<Kind extends string = NodeKind> {
  readonly kind: Kind;
  readonly shape: "one" | "list" | "map" | "one or list";
}

const one = (kind: NodeKind): FieldRule => ({ kind, shape: "one" });
const list = (kind: NodeKind): FieldRule => ({ kind, shape: "list" });
const map = (kind: NodeKind): FieldRule => ({ kind, shape: "map" });

const CONTENT = map("mediaType");

/** By the names of properties, or by the positions of parts; they can be nested (OpenAPI 3.2, "Nested Encoding"). */
const ENCODINGS = {
  encoding: map("encoding"),
  prefixEncoding: list("encoding"),
  itemEncoding: one("encoding"),
};

type Fields = Readonly<Record<NodeKind, Readonly<Record<string, FieldRule>>>>;

/**
 * Which fields lead on, and to what. All other fields hold data (`example`, `default`, `enum`, `x-...`), in which
 * `$ref` has no meaning.
 */
const FIELDS: Fields = {
  document: { paths: one("paths"), webhooks: map("pathItem"), components: one("components") },
  components: {
    schemas: map("schema"),
    responses: map("response"),
    parameters: map("parameter"),
    requestBodies: map("requestBody"),
    headers: map("header"),
    securitySchemes: map("securityScheme"),
    links: map("link"),
    callbacks: map("callback"),
    pathItems: map("pathItem"),
    mediaTypes: map("mediaType"),
  },
  paths: {},
  pathItem: {
    parameters: list("parameter"),
    ...Object.fromEntries(
      ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"].map(
        (method) => [method, one("operation")],
      ),
    ),
    additionalOperations: map("operation"),
  },
  operation: {
    parameters: list("parameter"),
    requestBody: one("requestBody"),
    responses: one("responses"),
    callbacks: map("callback"),
  },
  parameter: { schema: one("schema"), content: CONTENT },
  header: { schema: one("schema"), content: CONTENT },
  requestBody: { content: CONTENT },
  mediaType: { schema: one("schema"), itemSchema: one("schema"), ...ENCODINGS },
  encoding: { headers: map("header"), ...ENCODINGS },
  responses: {},
  response: { headers: map("header"), content: CONTENT, links: map("link") },
  callback: {},
  link: {},
  securityScheme: {},
  schema: {
    properties: map("schema"),
    patternProperties: map("schema"),
    dependentSchemas: map("schema"),
    definitions: map("schema"),
    $defs: map("schema"),
    allOf: list("schema"),
    anyOf: list("schema"),
    oneOf: list("schema"),
    prefixItems: list("schema"),
    items: { kind: "schema", shape: "one or list" },
    additionalItems: one("schema"),
    additionalProperties: one("schema"),
    unevaluatedItems: one("schema"),
    unevaluatedProperties: one("schema"),
    contains: one("schema"),
    propertyNames: one("schema"),
    contentSchema: one("schema"),
    not: one("schema"),
    if: one("schema"),
    then: one("schema"),
    else: one("schema"),
    discriminator: one("discriminator"),
  },
  discriminator: {},
};

/** Objects whose every member, extensions aside, is of one kind. */
const MEMBERS: Readonly<Partial<Record<NodeKind, NodeKind>>> = {
  paths: "pathItem",
  responses: "response",
  callback: "pathItem",
};

/**
 * The same for Swagger 2.0: what OpenAPI 3 has, too, and what has since got another form. Authors use both in one
 * document; nothing of OpenAPI 3 means anything else in 2.0.
 */
const SWAGGER_FIELDS: Fields = {
  ...FIELDS,
  document: {
    ...FIELDS.document,
    definitions: map("schema"),
    parameters: map("parameter"),
    responses: map("response"),
    securityDefinitions: map("securityScheme"),
  },
  parameter: { ...FIELDS.parameter, items: one("schema") },
  header: { ...FIELDS.header, items: one("schema") },
  response: { ...FIELDS.response, schema: one("schema") },
};

/** Where a target of each kind is kept in `components`; the other kinds cannot be referred to. */
export const SECTIONS = {
  schema: "schemas",
  response: "responses",
  parameter: "parameters",
  requestBody: "requestBodies",
  header: "headers",
  securityScheme: "securitySchemes",
  link: "links",
  callback: "callbacks",
  pathItem: "pathItems",
  mediaType: "mediaTypes",
} as const satisfies Readonly<Partial<Record<NodeKind, string>>>;

/** A kind of object that a `$ref` can stand for. */
export type TargetKind = keyof typeof SECTIONS;

/** What a version of the specification says of the objects of a document. */
export interface Grammar {
  readonly fields: Fields;
  /** The tokens of the map in which targets of a kind are kept. */
  readonly section: (kind: TargetKind) => readonly string[];
}

const OPENAPI: Grammar = { fields: FIELDS, section: (kind) => ["components", SECTIONS[kind]] };

/** The sections of Swagger 2.0, which are at the top of the document. */
const SWAGGER_SECTIONS: Readonly<Partial<Record<TargetKind, string>>> = {
  schema: "definitions",
  parameter: "parameters",
  response: "responses",
  securityScheme: "securityDefinitions",
};

export const SWAGGER: Grammar = {
  fields: SWAGGER_FIELDS,
  section: (kind) => {
    const own = SWAGGER_SECTIONS[kind];
    return own === undefined ? OPENAPI.section(kind) : [own];
  },
};

/** The grammar of a document: that of its version. */
export function grammarOf(root: JsonValue): Grammar {
  return specificationVersion(root) === "2.0" ? SWAGGER : OPENAPI;
}

/** Tells whether a `$ref` can stand for an object of a kind. */
export function isTargetKind(kind: NodeKind): kind is TargetKind {
  return Object.hasOwn(SECTIONS, kind);
}

/** Something below an object, and the tokens that lead to it. */
export interface Child {
  readonly tokens: readonly string[];
  readonly value: JsonObject;
  readonly kind: NodeKind;
}

/** A place below an object in which something of a kind belongs, and what stands there, whatever that is. */
export interface Slot<Kind extends string = NodeKind> extends FieldRule<Kind> {
  readonly tokens: readonly string[];
  readonly value: JsonValue;
}

/** The objects directly below an object in which a `$ref` can stand, or below which one can. */
export function childrenOf(
  object: JsonObject,
  kind: NodeKind,
  grammar: Grammar = OPENAPI,
): readonly Child[] {
  const children: Child[] = [];
  for (const { tokens, value, kind: childKind, shape } of slotsOf(object, kind, grammar)) {
    if ((shape === "one" || shape === "one or list") && isObject(value))
      children.push({ tokens, value, kind: childKind });
  }
  return children;
}

/** The places directly below an object that lead on: its fields, and the entries of those that are lists or maps. */
export function slotsOf(
  object: JsonObject,
  kind: NodeKind,
  { fields }: Grammar = OPENAPI,
): readonly Slot[] {
  const memberKind = MEMBERS[kind];
  if (memberKind === undefined) return slotsIn(object, fields[kind]);
  const members = Object.keys(object).filter((key) => !key.startsWith("x-"));
  return members.map((key) => entrySlot([key], object[key], memberKind));
}

/**
 * The places directly below an object that are told by rules for its fields. Gathered in one list, for every object
 * of a document is asked several times: with `flatMap` it takes twice as long.
 */
export function slotsIn<Kind extends string>(
  object: JsonObject,
  rules: Readonly<Record<string, FieldRule<Kind>>>,
): readonly Slot<Kind>[] {
  const slots: Slot<Kind>[] = [];
  for (const key of Object.keys(object)) {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule !== undefined) addFieldSlots(slots, key, object[key] ?? null, rule);
  }
  return slots;
}

/** The pointers, relative to an object, of maps in whose place a `$ref` stands. */
export function misplacedReferences(
  object: JsonObject,
  kind: NodeKind,
  { fields }: Grammar = OPENAPI,
): readonly (readonly string[])[] {
  const own = isTargetKind(kind) || kind === "discriminator" ? [] : [object];
  const inPlace = own.filter(hasReference).map(() => ["$ref"]);
  const rules = fields[kind];
  const inMaps = Object.keys(object)
    .filter((key) => Object.hasOwn(rules, key) && rules[key]?.shape === "map")
    .filter((key) => hasReference(object[key] ?? null))
    .map((key) => [key, "$ref"]);
  return [...inPlace, ...inMaps];
}

function hasReference(value: JsonValue): boolean {
  return isObject(value) && Object.hasOwn(value, "$ref") && typeof value["$ref"] === "string";
}

/** The place of a field, and those of its entries where it is a list or a map. */
function addFieldSlots<Kind extends string>(
  slots: Slot<Kind>[],
  key: string,
  value: JsonValue,
  { kind, shape }: FieldRule<Kind>,
): void {
  slots.push({ tokens: [key], value, kind, shape });
  if (Array.isArray(value)) {
    if (shape !== "list" && shape !== "one or list") return;
    for (const [index, item] of value.entries())
      slots.push(entrySlot([key, String(index)], item, kind));
  } else if (shape === "map" && isObject(value)) {
    for (const name of Object.keys(value)) slots.push(entrySlot([key, name], value[name], kind));
  }
}

function entrySlot<Kind extends string>(
  tokens: readonly string[],
  value: JsonValue | undefined,
  kind: Kind,
): Slot<Kind> {
  return { tokens, value: value ?? null, kind, shape: "one" };
}
