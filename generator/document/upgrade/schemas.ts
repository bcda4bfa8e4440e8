import type { Findings } from "../../diagnostics/diagnostic.js";
import type { NodeKind } from "../grammar.js";
import {
  arrayMember,
  isObject,
  member,
  objectMember,
  sortedEntries,
  stringMember,
} from "../json.js";
import {
  childPointer,
  fragmentPointer,
  pointerTo,
  pointerTokens,
  referenceTo,
} from "../pointer.js";
import type { JsonObject, JsonValue } from "../source.js";
import type { Context } from "./context.js";
import { withChildren } from "./copy.js";
import { found, newer } from "./findings.js";
import { writtenAt } from "./origins.js";

/** Keywords of OpenAPI 3 that decide the type of a value. */
const NEWER_KEYWORDS = ["oneOf", "anyOf", "nullable", "writeOnly", "const"] as const;

/** The usual name of an extension that says that a value may be null. */
const USUAL_NULLABLE = "x-nullable";

/** A Schema Object that a `$ref` can lead to. */
export function* upgradePlacedSchema(
  schema: JsonObject,
  pointer: string,
  context: Context,
): Findings<JsonObject> {
  return writtenAt(pointer, yield* upgradeSchema(schema, pointer, context), "schema");
}

/** An object that is as it is in OpenAPI 3, but for the schemas in it. */
export function* upgradeSchemasIn(
  object: JsonObject,
  kind: NodeKind,
  pointer: string,
  context: Context,
): Findings<JsonValue> {
  if (kind === "schema") return yield* upgradePlacedSchema(object, pointer, context);
  return yield* withChildren(object, kind, pointer, (value, childKind, place) =>
    upgradeSchemasIn(value, childKind, place, context),
  );
}

/** A Schema Object of Swagger 2.0 as one of OpenAPI 3.0; everything below it stays where it is. */
export function* upgradeSchema(
  schema: JsonObject,
  pointer: string,
  context: Context,
): Findings<JsonObject> {
  const copy = yield* withChildren(schema, "schema", pointer, function* (value, kind, place) {
    return kind === "schema" ? yield* upgradeSchema(value, place, context) : value;
  });
  for (const keyword of NEWER_KEYWORDS) {
    if (member(schema, keyword) === undefined) continue;
    yield newer(
      keyword,
      "Swagger 2.0 has no word for it: make the document OpenAPI 3, where it belongs.",
      childPointer(pointer, keyword),
    );
  }
  const discriminator = yield* upgradeDiscriminator(schema, pointer, context);
  const described = { ...withFileAsText(copy), ...discriminator };
  return (yield* isNullable(schema, pointer, context)) ? nullable(described) : described;
}

/** What Swagger 2.0 calls a file are raw bytes (OpenAPI 3.0, 4.7.14.3, "Considerations for File Uploads"). */
function withFileAsText(schema: JsonObject): JsonObject {
  return member(schema, "type") === "file"
    ? { ...schema, type: "string", format: "binary" }
    : schema;
}

/* ------------------------------------------------------------------------ null */

function* isNullable(schema: JsonObject, pointer: string, context: Context): Findings<boolean> {
  if (context.nullable !== undefined) return member(schema, context.nullable) === true;
  if (member(schema, USUAL_NULLABLE) !== true) return false;
  yield found("unread-nullable", {
    message: `The document says ${USUAL_NULLABLE}: true, an extension that means nothing unless it is named; the client's types are without null.`,
    hint: `Add to driftline.yaml, at its top: extensions: { nullable: ${USUAL_NULLABLE} }.`,
    pointer: childPointer(pointer, USUAL_NULLABLE),
  });
  return false;
}

/** Beside a `$ref`, OpenAPI 3.0 ignores everything. */
function nullable(schema: JsonObject): JsonObject {
  const { $ref, ...beside } = schema;
  return $ref === undefined
    ? { ...schema, nullable: true }
    : { ...beside, allOf: [{ $ref }], nullable: true };
}

/* --------------------------------------------------------------- discriminators */

/**
 * A discriminator is the name of a property, and its values are names of definitions: of those that build on this one,
 * and of this one itself (Swagger 2.0, Schema Object). In OpenAPI 3 the latter has to be said.
 */
function* upgradeDiscriminator(
  schema: JsonObject,
  pointer: string,
  context: Context,
): Findings<JsonObject> {
  const written = member(schema, "discriminator");
  if (isObject(written)) {
    yield newer(
      "A discriminator that is an object",
      "Write the name of the property alone, as in discriminator: kind.",
      childPointer(pointer, "discriminator"),
    );
  }
  if (typeof written !== "string") return {};
  const name = definitionName(pointer);
  const isValue = name !== undefined && context.parents.has(name) && allows(schema, written, name);
  const mapping = isValue
    ? { mapping: { [name]: referenceTo(pointerTo("components", "schemas", name)) } }
    : {};
  return { discriminator: { propertyName: written, ...mapping } };
}

function definitionName(pointer: string): string | undefined {
  const [section, name, ...deeper] = pointerTokens(pointer);
  return section === "definitions" && deeper.length === 0 ? name : undefined;
}

/** Whether a property can have a value; without an `enum` it can have any. */
function allows(schema: JsonObject, property: string, value: string): boolean {
  const values = arrayMember(member(member(schema, "properties"), property), "enum");
  return values.length === 0 || values.includes(value);
}

/** Names of the definitions to which others refer in their `allOf`. */
export function parentDefinitions(document: JsonObject): ReadonlySet<string> {
  const parts = sortedEntries(objectMember(document, "definitions")).flatMap(([, definition]) =>
    arrayMember(definition, "allOf"),
  );
  return new Set(
    parts.flatMap((part) => {
      const pointer = fragmentPointer(stringMember(part, "$ref") ?? "");
      return definitionName(pointer ?? "") ?? [];
    }),
  );
}
