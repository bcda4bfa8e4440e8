import { isObject } from "./json.js";
import type { JsonObject, JsonValue } from "./source.js";

/** The objects of the OpenAPI specification (3.1, section 4.8) on the way to every Reference Object. */
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

interface FieldRule {
  readonly kind: NodeKind;
  readonly shape: "one" | "list" | "map" | "one or list";
}

const one = (kind: NodeKind): FieldRule => ({ kind, shape: "one" });
const list = (kind: NodeKind): FieldRule => ({ kind, shape: "list" });
const map = (kind: NodeKind): FieldRule => ({ kind, shape: "map" });

const CONTENT = map("mediaType");

/**
 * Which fields lead on, and to what. All other fields hold data (`example`, `default`, `enum`, `x-...`), in which
 * `$ref` has no meaning.
 */
const FIELDS: Readonly<Record<NodeKind, Readonly<Record<string, FieldRule>>>> = {
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
  },
  paths: {},
  pathItem: {
    parameters: list("parameter"),
    ...Object.fromEntries(
      ["get", "put", "post", "delete", "options", "head", "patch", "trace"].map((method) => [
        method,
        one("operation"),
      ]),
    ),
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
  mediaType: { schema: one("schema"), encoding: map("encoding") },
  encoding: { headers: map("header") },
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
} as const satisfies Readonly<Partial<Record<NodeKind, string>>>;

/** A kind of object that a `$ref` can stand for. */
export type TargetKind = keyof typeof SECTIONS;

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

/** The objects directly below an object in which a `$ref` can stand, or below which one can. */
export function childrenOf(object: JsonObject, kind: NodeKind): readonly Child[] {
  const memberKind = MEMBERS[kind];
  return Object.keys(object).flatMap((key) => {
    const value = object[key] ?? null;
    if (memberKind !== undefined)
      return key.startsWith("x-") ? [] : placed([key], value, memberKind);
    const rules = FIELDS[kind];
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    return rule === undefined ? [] : childrenOfField(key, value, rule);
  });
}

/** The pointers, relative to an object, of maps in whose place a `$ref` stands. */
export function misplacedReferences(
  object: JsonObject,
  kind: NodeKind,
): readonly (readonly string[])[] {
  const own = isTargetKind(kind) || kind === "discriminator" ? [] : [object];
  const inPlace = own.filter(hasReference).map(() => ["$ref"]);
  const inMaps = Object.entries(FIELDS[kind])
    .filter(
      ([key, rule]) =>
        rule.shape === "map" && Object.hasOwn(object, key) && hasReference(object[key] ?? null),
    )
    .map(([key]) => [key, "$ref"]);
  return [...inPlace, ...inMaps];
}

function hasReference(value: JsonValue): boolean {
  return isObject(value) && Object.hasOwn(value, "$ref") && typeof value["$ref"] === "string";
}

function childrenOfField(
  key: string,
  value: JsonValue,
  { kind, shape }: FieldRule,
): readonly Child[] {
  if (Array.isArray(value)) {
    if (shape !== "list" && shape !== "one or list") return [];
    return value.flatMap((item, index) => placed([key, String(index)], item, kind));
  }
  if (shape === "one" || shape === "one or list") return placed([key], value, kind);
  if (shape !== "map" || !isObject(value)) return [];
  return Object.keys(value).flatMap((name) => placed([key, name], value[name] ?? null, kind));
}

function placed(tokens: readonly string[], value: JsonValue, kind: NodeKind): readonly Child[] {
  return isObject(value) ? [{ tokens, value, kind }] : [];
}
