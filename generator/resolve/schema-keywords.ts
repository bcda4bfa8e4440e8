import { isObject, member, stringMember } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { isSchema } from "./media-types.js";

/** The most values of an enum that are listed in a type; beyond that compilers and readers are better off without. */
export const MOST_VALUES = 2000;

/** The types of JSON that a keyword can be about. */
type Subject = "object" | "array" | "string" | "number";

interface Keyword {
  /**
   * `typed`: the type tells it. `documented`: TypeScript has no word for it, so that the doc comment tells it.
   * `ignored`: it says nothing about what a caller may pass, or nothing that can be said.
   */
  readonly effect: "typed" | "documented" | "ignored";
  /** How it is told, or why not. */
  readonly how: string;
  /** The only type of value that it concerns: a schema that names no type is taken to mean that one. */
  readonly about?: Subject;
}

const typed = (how: string, about?: Subject): Keyword => entry("typed", how, about);
const documented = (how: string, about?: Subject): Keyword => entry("documented", how, about);
const ignored = (how: string, about?: Subject): Keyword => entry("ignored", how, about);

function entry(effect: Keyword["effect"], how: string, about: Subject | undefined): Keyword {
  return { effect, how, ...(about === undefined ? {} : { about }) };
}

const IDENTITY = "It says where schemas are found; references are followed before types are made.";

/**
 * Every keyword of JSON Schema 2020-12, of the schemas of OpenAPI 3.0 to 3.2, and of the older drafts that documents
 * still use, and what each does to a client. All other keywords are ignored, as the standard has it (core, 4.3.1).
 */
export const SCHEMA_KEYWORDS: Readonly<Record<string, Keyword>> = {
  // Core (2020-12, core, 8)
  $ref: typed("The type of what it leads to."),
  $dynamicRef: typed("The type of what it leads to, as far as the document itself decides that."),
  $schema: ignored("All dialects are read alike."),
  $vocabulary: ignored("Only meta-schemas have it."),
  $id: ignored(IDENTITY),
  $anchor: ignored(IDENTITY),
  $dynamicAnchor: ignored(IDENTITY),
  $defs: ignored("What is referred to in it gets a type of its own."),
  $comment: ignored("It is for the authors of the schema."),
  // Applicators (core, 10)
  allOf: typed("An intersection, or an interface that extends the others."),
  anyOf: typed("A union."),
  oneOf: typed("A union."),
  not: typed(
    "`never`, where it excludes everything. Otherwise it is ignored: TypeScript has no type of all but some values.",
  ),
  if: typed("With `then` and `else` both: a union of two types. Otherwise as `then`."),
  then: typed("Without `else`: what it declares besides is optional.", "object"),
  else: typed("Without `then`: what it declares besides is optional.", "object"),
  dependentSchemas: typed("What it declares besides is optional.", "object"),
  prefixItems: typed("A tuple.", "array"),
  items: typed("The type of the elements; behind `prefixItems`, of those that follow.", "array"),
  contains: ignored("Which element it is about is not known.", "array"),
  properties: typed("The members of an interface.", "object"),
  patternProperties: typed("An index signature: TypeScript has none for patterns.", "object"),
  additionalProperties: typed("An index signature.", "object"),
  propertyNames: typed("With `enum` or `const`: the names that there can be.", "object"),
  // Unevaluated (core, 11)
  unevaluatedItems: typed("As `items`, where that is missing.", "array"),
  unevaluatedProperties: typed(
    "As `additionalProperties`, where that and compositions are missing.",
    "object",
  ),
  // Validation (2020-12, validation, 6)
  type: typed("The type, or a union of several."),
  enum: typed(`A union of literals, of up to ${MOST_VALUES} values.`),
  const: typed("A literal, also of an object or array."),
  multipleOf: documented("A sentence.", "number"),
  maximum: documented("A sentence.", "number"),
  exclusiveMaximum: documented("A sentence.", "number"),
  minimum: documented("A sentence.", "number"),
  exclusiveMinimum: documented("A sentence.", "number"),
  maxLength: documented("A sentence.", "string"),
  minLength: documented("A sentence.", "string"),
  pattern: documented("A sentence.", "string"),
  maxItems: typed("A tuple, with an equal `minItems` of up to 8. Otherwise a sentence.", "array"),
  minItems: typed("How much of a tuple has to be there. Otherwise a sentence.", "array"),
  uniqueItems: documented("A sentence.", "array"),
  maxContains: ignored("As `contains`.", "array"),
  minContains: ignored("As `contains`.", "array"),
  maxProperties: documented("A sentence.", "object"),
  minProperties: documented("A sentence.", "object"),
  required: typed("Members that are not optional.", "object"),
  dependentRequired: documented("A sentence.", "object"),
  // Formats, contents, meta-data (validation, 7 to 9)
  format: typed(
    "`binary` is a file in a multipart body; `int64` is what the configuration says. Otherwise a sentence.",
  ),
  contentEncoding: documented("A sentence; the value stays the encoded string.", "string"),
  contentMediaType: typed("As `format: binary`, where bytes are meant. Otherwise a sentence."),
  contentSchema: typed("The type of an event's data that is JSON. Otherwise ignored.", "string"),
  title: documented("The comment, where there is no description."),
  description: documented("The comment."),
  default: documented("`@defaultValue`."),
  deprecated: documented("`@deprecated`."),
  readOnly: typed("The property is no part of a request."),
  writeOnly: typed("The property is no part of a response."),
  examples: ignored("A comment tells what holds for all values."),
  // OpenAPI (3.0 to 3.2, Schema Object)
  nullable: typed("A union with `null`, in every version."),
  discriminator: typed("Each member of the union gets the literals that tell it apart."),
  xml: ignored("The client reads and writes no XML; such bodies are texts."),
  externalDocs: ignored("A comment does without links to elsewhere."),
  example: ignored("A comment tells what holds for all values."),
  // Older drafts
  definitions: ignored("As `$defs`."),
  dependencies: typed("As `dependentSchemas` and `dependentRequired`.", "object"),
  additionalItems: typed("What follows, where `items` is a list.", "array"),
  id: ignored(IDENTITY),
  $recursiveRef: ignored("No version of OpenAPI has it."),
  $recursiveAnchor: ignored("No version of OpenAPI has it."),
};

/** Formats of values that are no objects or arrays (OpenAPI Format Registry; 2020-12, validation, 7.3). */
const FORMATS: Readonly<Record<"string" | "number", ReadonlySet<string>>> = {
  string: new Set(
    "binary byte char date date-time duration email hostname html http-date idn-email idn-hostname ipv4 ipv6 iri iri-reference json-pointer media-range password regex relative-json-pointer time unixtime-string uri uri-reference uri-template uuid".split(
      " ",
    ),
  ),
  number: new Set(
    "double double-int float int8 int16 int32 int64 uint8 uint16 uint32 uint64".split(" "),
  ),
};

/** Where a schema says something about objects and something else, objects are meant. */
const SUBJECTS: readonly Subject[] = ["object", "array", "string", "number"];

/**
 * The type that a schema means which names none: that of which it says something. The standard lets all other types
 * pass then (2020-12, core, 7.6.1), which no author means.
 */
export function impliedType(schema: JsonObject): Subject | undefined {
  const subjects = new Set(
    Object.keys(schema).flatMap((key) => {
      const about = Object.hasOwn(SCHEMA_KEYWORDS, key) ? SCHEMA_KEYWORDS[key]?.about : undefined;
      return about !== undefined && isTelling(key, schema[key] ?? null) ? [about] : [];
    }),
  );
  const implied = SUBJECTS.find((subject) => subjects.has(subject));
  return implied ?? typeOfFormat(stringMember(schema, "format"));
}

function typeOfFormat(format: string | undefined): Subject | undefined {
  return (["string", "number"] as const).find((type) => FORMATS[type].has(format ?? ""));
}

/** A flag under `required`, a common slip, says nothing about the type, and neither does a condition by itself. */
function isTelling(key: string, value: JsonValue): boolean {
  if (key === "required") return Array.isArray(value);
  if (key === "then" || key === "else") return isObject(member(value, "properties"));
  if (key === "properties" || key === "patternProperties") return isObject(value);
  if (key === "additionalProperties" || key === "propertyNames") return isSchema(value);
  return value !== null;
}
