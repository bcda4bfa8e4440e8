import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { misspelt } from "../diagnostics/suggest.js";
import { arrayMember, isObject, member, sortedEntries, stringMember } from "../document/json.js";
import { pointerTo, resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { narrowingKeywords } from "./named-schemas.js";
import { joinedSchemas } from "./properties.js";
import { impliedType, MOST_VALUES, SCHEMA_KEYWORDS } from "./schema-keywords.js";

/** Makes the pointer of a schema, or of something below it; only what is found needs one. */
type PointerOf = (...below: readonly (string | number)[]) => string;

/** What is wrong with one schema, although a type can be made of it. */
export function* checkSchema(
  schema: JsonObject,
  pointerOf: PointerOf,
  document: JsonObject,
): Findings<void> {
  yield* checkKeywords(schema, pointerOf);
  yield* checkPattern(schema, pointerOf);
  yield* checkTypes(schema, pointerOf);
  yield* checkValues(schema, pointerOf);
  yield* checkBesideReference(schema, pointerOf, document);
  yield* checkParts(schema, pointerOf, document);
  yield* checkMapping(schema, pointerOf, document);
}

/* -------------------------------------------------------------------- keywords */

const KEYWORDS = Object.keys(SCHEMA_KEYWORDS);

/** A keyword that nobody knows is fine (2020-12, core, 4.3.1), unless it is hardly another one than a known one. */
function* checkKeywords(schema: JsonObject, pointerOf: PointerOf): Findings<void> {
  for (const key of Object.keys(schema)) {
    if (Object.hasOwn(SCHEMA_KEYWORDS, key) || key.startsWith("x-")) continue;
    const meant = misspelt(key, KEYWORDS);
    if (meant === undefined || Object.hasOwn(schema, meant)) continue;
    yield diagnostic("misspelt-keyword", {
      message: `${quoted(key)} is no keyword of JSON Schema; it is ignored.`,
      hint: `Did you mean ${quoted(meant)}? A key of your own begins with x-.`,
      place: { pointer: pointerOf(key) },
    });
  }
}

function* checkPattern(schema: JsonObject, pointerOf: PointerOf): Findings<void> {
  const pattern = stringMember(schema, "pattern");
  if (pattern === undefined || !/^\/.*\/[a-z]*$/.test(pattern)) return;
  yield diagnostic("delimited-pattern", {
    message: `The pattern ${quoted(pattern)} begins and ends with a slash, which a value then has to have too.`,
    hint: "JSON Schema patterns have no delimiters or flags: write what stands between the slashes. The client does not check patterns.",
    place: { pointer: pointerOf("pattern"), at: "value" },
  });
}

/* ----------------------------------------------------------------------- types */

const TYPES: ReadonlySet<unknown> = new Set([
  "array",
  "boolean",
  "integer",
  "null",
  "number",
  "object",
  "string",
]);

function* checkTypes(schema: JsonObject, pointerOf: PointerOf): Findings<void> {
  const written = member(schema, "type");
  if (written === undefined || TYPES.has(written)) return;
  const isList = Array.isArray(written);
  const types = isList ? [...written.entries()] : [["", written] as const];
  for (const [index, type] of types) {
    if (TYPES.has(type)) continue;
    yield unknownType(type, isList, isList ? pointerOf("type", index) : pointerOf("type"));
  }
}

function unknownType(type: JsonValue, isListed: boolean, pointer: string): Diagnostic {
  if (type === null && isListed) {
    return diagnostic("unknown-type", {
      message: 'null without quotes is no type of JSON Schema; it is read as "null".',
      hint: 'Write "null", in quotes.',
      place: { pointer, at: "value" },
    });
  }
  const problem =
    typeof type === "string"
      ? `${quoted(type)} is no type of JSON Schema; the client takes any value.`
      : "A type of JSON Schema is a string; this one is ignored.";
  return diagnostic("unknown-type", {
    message: problem,
    hint: "Use array, boolean, integer, null, number, object or string.",
    place: { pointer, at: "value" },
  });
}

/* ---------------------------------------------------------------------- values */

function* checkValues(schema: JsonObject, pointerOf: PointerOf): Findings<void> {
  const constant = member(schema, "const");
  if (constant !== undefined) {
    if (!isOfType(constant, schema)) yield wrongValue(constant, pointerOf("const"));
    return;
  }
  const values = member(schema, "enum");
  if (!Array.isArray(values)) return;
  if (values.length === 0) yield emptyEnum(pointerOf("enum"));
  if (values.length > MOST_VALUES && new Set(values).size > MOST_VALUES)
    yield longEnum(values.length, pointerOf("enum"));
  const index = values.findIndex((value) => !isOfType(value, schema));
  if (index !== -1) yield wrongValue(values[index] ?? null, pointerOf("enum", index));
}

/** Whether a listed value can be of a type that the schema names. Null is taken as an alternative to it. */
function isOfType(value: JsonValue, schema: JsonObject): boolean {
  const types = [member(schema, "type") ?? []].flat().filter((type) => TYPES.has(type));
  if (value === null || types.length === 0) return true;
  const type = typeOf(value);
  return types.some((allowed) => allowed === type || (allowed === "integer" && isInteger(value)));
}

function typeOf(value: JsonValue): string {
  return Array.isArray(value) ? "array" : typeof value;
}

function isInteger(value: JsonValue): boolean {
  return typeof value === "number" && Number.isInteger(value);
}

function wrongValue(value: JsonValue, pointer: string): Diagnostic {
  const text = typeof value === "object" ? `This ${typeOf(value)}` : quotedValue(value);
  return diagnostic("value-of-other-type", {
    message: `${text} is not of the type that the schema names; the client takes the values as they are listed.`,
    hint: "Correct the type or the value; in YAML, a string that looks like a number or a flag needs quotes.",
    place: { pointer, at: "value" },
  });
}

function quotedValue(value: string | number | boolean): string {
  return typeof value === "string" ? quoted(value) : String(value);
}

function emptyEnum(pointer: string): Diagnostic {
  return diagnostic("ignored-value", {
    message: "An enum without values allows nothing at all; it is ignored.",
    hint: "List the values, or remove the enum.",
    place: { pointer },
  });
}

function longEnum(count: number, pointer: string): Diagnostic {
  return diagnostic("long-enum", {
    message: `The enum has ${count} values, more than the ${MOST_VALUES} that a type lists; the client takes any value of their type.`,
    hint: "Nothing needs to be done. A type that tells the values apart needs fewer of them.",
    place: { pointer },
  });
}

/* ------------------------------------------------------------------ references */

function* checkBesideReference(
  schema: JsonObject,
  pointerOf: PointerOf,
  document: JsonObject,
): Findings<void> {
  if (stringMember(schema, "$ref") === undefined || !isVersion30(document)) return;
  for (const key of narrowingKeywords(schema)) {
    if (key === "nullable") {
      if (member(schema, key) === true) yield nullableBesideReference(pointerOf("nullable"));
    } else if (Object.hasOwn(SCHEMA_KEYWORDS, key)) yield besideReference(key, pointerOf(key));
  }
}

function isVersion30(document: JsonObject): boolean {
  return stringMember(document, "openapi")?.startsWith("3.0") === true;
}

function nullableBesideReference(pointer: string): Diagnostic {
  return diagnostic("nullable-beside-reference", {
    message:
      "nullable stands beside a $ref, where OpenAPI 3.0 ignores it; the client allows null all the same.",
    hint: "Put the $ref into allOf and nullable: true beside that, or use OpenAPI 3.1 and anyOf with type null.",
    place: { pointer },
  });
}

function besideReference(key: string, pointer: string): Diagnostic {
  return diagnostic("ignored-value", {
    message: `${key} stands beside a $ref, where OpenAPI 3.0 ignores it; so does the client.`,
    hint: `Put the $ref into allOf and ${key} beside that, or use OpenAPI 3.1.`,
    place: { pointer },
  });
}

/* ---------------------------------------------------------------- compositions */

/** Parts of `allOf` of which no value can be both, such as a string and an object. */
function* checkParts(
  schema: JsonObject,
  pointerOf: PointerOf,
  document: JsonObject,
): Findings<void> {
  if (arrayMember(schema, "allOf").length === 0) return;
  let common: ReadonlySet<string> | undefined;
  for (const part of joinedSchemas(document, { schema, pointer: pointerOf() })) {
    const types = allowedTypes(part.schema as JsonObject);
    if (types === undefined) continue;
    const before: ReadonlySet<string> = common ?? types;
    common = new Set([...before].filter((type) => types.has(type)));
  }
  if (common?.size !== 0) return;
  yield diagnostic("contradictory-parts", {
    message:
      "The parts of this allOf name different types, so that no value satisfies them all; the type in the client says as much of them as it can.",
    hint: "Use oneOf where one of several is meant; otherwise give all parts the same type.",
    place: { pointer: pointerOf("allOf") },
  });
}

/** The types that a schema names or means, null aside; `undefined` where there are none. */
function allowedTypes(schema: JsonObject): ReadonlySet<string> | undefined {
  const types = [member(schema, "type") ?? []]
    .flat()
    .filter((type): type is string => TYPES.has(type) && type !== "null")
    .map((type) => (type === "integer" ? "number" : type));
  const implied = impliedType(schema);
  if (types.length > 0) return new Set(types);
  return implied === undefined ? undefined : new Set([implied]);
}

/** A mapping may name a schema or refer to one; what looks like a reference has been followed by the loader. */
function* checkMapping(
  schema: JsonObject,
  pointerOf: PointerOf,
  document: JsonObject,
): Findings<void> {
  const mapping = member(member(schema, "discriminator"), "mapping");
  if (!isObject(mapping)) return;
  for (const [value, name] of sortedEntries(mapping)) {
    if (typeof name !== "string" || name.startsWith("#")) continue;
    if (resolvePointer(document, pointerTo("components", "schemas", name)) !== undefined) continue;
    yield diagnostic("unknown-mapping", {
      message: `The mapping of a discriminator names the schema ${quoted(name)}, which components.schemas does not have; this entry is ignored.`,
      hint: "Correct the name, or refer to the schema as $ref does.",
      place: { pointer: pointerOf("discriminator", "mapping", value), at: "value" },
    });
  }
}
