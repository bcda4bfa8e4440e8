import type { JsonObject } from "../../document/source.js";

/** What a value of a document is: a schema, several by name or position, or data. */
export type Role = "schema" | "schemas by name" | "schemas in a list" | "data";

const ROLES: Readonly<Record<string, Role>> = {
  properties: "schemas by name",
  patternProperties: "schemas by name",
  dependentSchemas: "schemas by name",
  dependencies: "schemas by name",
  allOf: "schemas in a list",
  anyOf: "schemas in a list",
  oneOf: "schemas in a list",
  prefixItems: "schemas in a list",
  items: "schema",
  additionalItems: "schema",
  unevaluatedItems: "schema",
  contains: "schema",
  additionalProperties: "schema",
  unevaluatedProperties: "schema",
  propertyNames: "schema",
  contentSchema: "schema",
  not: "schema",
  if: "schema",
  then: "schema",
  else: "schema",
};

/** Texts, and what is only referred to. A mapping of a discriminator names schemas, which have to be the same, too. */
const UNTOLD: ReadonlySet<string> = new Set(
  "title description example examples externalDocs xml $comment $id $anchor $schema $defs definitions".split(
    " ",
  ),
);

/** What stands under a key of a value. */
export function roleOf(key: string, role: Role): Role {
  if (role === "data") return "data";
  if (role !== "schema") return "schema";
  return Object.hasOwn(ROLES, key) ? (ROLES[key] ?? "data") : "data";
}

/** The keys of a value that say something: of a schema, those that are no texts. */
export function tellingKeys(object: JsonObject, role: Role): readonly string[] {
  const keys = Object.keys(object);
  return role === "schema" ? keys.filter((key) => !UNTOLD.has(key) && !key.startsWith("x-")) : keys;
}
