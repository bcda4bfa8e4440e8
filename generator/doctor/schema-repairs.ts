import { misspelt } from "../diagnostics/suggest.js";
import { arrayMember, isObject, member, stringMember } from "../document/json.js";
import { pointerTokens, resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { SCHEMA_KEYWORDS } from "../resolve/schema-keywords.js";
import {
  lastToken,
  merge,
  parentOf,
  parentPointer,
  remove,
  rename,
  replace,
  set,
} from "./repair.js";
import type { Patient, Repair } from "./repair.js";

/* Repairs of schemas, and of values of wrong types anywhere. Each takes the pointer of what was found. */

/** Flags that change nothing about which texts match; with others the pattern would mean something else. */
const HARMLESS_FLAGS = /^[guy]*$/;

/** `/^a$/` is `^a$`. */
export function undelimitPattern(pointer: string, { document }: Patient): readonly Repair[] {
  const pattern = resolvePointer(document, pointer);
  const parts = typeof pattern === "string" ? /^\/(.*)\/([a-z]*)$/s.exec(pattern) : null;
  const [, inner = "", flags = ""] = parts ?? [];
  if (parts === null || inner === "" || !HARMLESS_FLAGS.test(flags)) return [];
  const bare = inner.replaceAll("\\/", "/");
  if (/^\/.*\/[a-z]*$/.test(bare)) return [];
  return [set(pointer, bare, "JSON Schema patterns have no delimiters.")];
}

/** OpenAPI 3.0 ignores what stands beside a `$ref`. */
export function wrapReference(pointer: string, patient: Patient): readonly Repair[] {
  const owner = parentPointer(pointer);
  const schema = resolvePointer(patient.document, owner);
  const reference = stringMember(schema, "$ref");
  const isFree = isObject(schema) && member(schema, "allOf") === undefined;
  const isOld = stringMember(patient.document, "openapi")?.startsWith("3.0") === true;
  if (reference === undefined || !isFree || !isOld) return [];
  const why = "nullable does not count beside a $ref.";
  return [
    merge(owner, { allOf: [{ $ref: reference }] }, why),
    remove(`${owner}/$ref`, why, patient),
  ];
}

/** `requierd` is `required`. */
export function correctKeyword(pointer: string, patient: Patient): readonly Repair[] {
  const meant = misspelt(lastToken(pointer), Object.keys(SCHEMA_KEYWORDS));
  const value = resolvePointer(patient.document, pointer);
  const owner = parentOf(patient.document, pointer);
  if (meant === undefined || value === undefined || member(owner, meant) !== undefined) return [];
  const why = "JSON Schema has no such keyword, but one that is nearly the same.";
  // A copy keeps the places of what is in it.
  if (isObject(value)) return rename(pointer, [meant], why, patient);
  return [merge(parentPointer(pointer), { [meant]: value }, why), remove(pointer, why, patient)];
}

/* ------------------------------------------------------------------------- types */

interface Meaning {
  readonly type: string;
  readonly format?: string;
}

const of = (type: string, format?: string): Meaning =>
  format === undefined ? { type } : { type, format };

/** What is meant by types that JSON Schema does not know, in lower case. */
const MEANT: ReadonlyMap<string, Meaning> = new Map([
  ["arr", of("array")],
  ["array", of("array")],
  ["list", of("array")],
  ["bool", of("boolean")],
  ["boolean", of("boolean")],
  ["int", of("integer")],
  ["integer", of("integer")],
  ["int32", of("integer", "int32")],
  ["int64", of("integer", "int64")],
  ["long", of("integer", "int64")],
  ["null", of("null")],
  ["decimal", of("number")],
  ["double", of("number", "double")],
  ["float", of("number", "float")],
  ["number", of("number")],
  ["numeric", of("number")],
  ["dict", of("object")],
  ["hash", of("object")],
  ["map", of("object")],
  ["obj", of("object")],
  ["object", of("object")],
  ["date", of("string", "date")],
  ["date-time", of("string", "date-time")],
  ["datetime", of("string", "date-time")],
  ["email", of("string", "email")],
  ["str", of("string")],
  ["string", of("string")],
  ["text", of("string")],
  ["uri", of("string", "uri")],
  ["url", of("string", "uri")],
  ["uuid", of("string", "uuid")],
]);

/** `type: int` is `type: integer`, and `type: any` says nothing. */
export function correctType(pointer: string, patient: Patient): readonly Repair[] {
  const written = resolvePointer(patient.document, pointer);
  const why =
    "JSON Schema knows the types array, boolean, integer, null, number, object and string.";
  const isItem = Array.isArray(parentOf(patient.document, pointer));
  if (written === null && isItem) return [merge(pointer, "null", why)];
  const word = typeof written === "string" ? written.trim().toLowerCase() : "";
  if (["any", "mixed"].includes(word) && !isItem) return [remove(pointer, why, patient)];
  const meaning = MEANT.get(word);
  if (meaning === undefined) return [];
  if (isItem) return [merge(pointer, meaning.type, why)];
  const owner = parentPointer(pointer);
  const hasFormat = member(resolvePointer(patient.document, owner), "format") !== undefined;
  return [merge(owner, hasFormat ? { type: meaning.type } : { ...meaning }, why)];
}

/* ------------------------------------------------------------ values of wrong types */

const FLAGS: ReadonlySet<string> = new Set([
  "allowReserved",
  "deprecated",
  "explode",
  "nullable",
  "readOnly",
  "required",
  "writeOnly",
]);
const TEXTS: ReadonlySet<string> = new Set([
  "contentType",
  "description",
  "format",
  "operationId",
  "propertyName",
  "summary",
  "title",
]);
/** Fields and maps in which a schema, a response or a media type may be missing, but not its name. */
const MAPS: ReadonlySet<string> = new Set([
  "$defs",
  "content",
  "definitions",
  "patternProperties",
  "properties",
  "responses",
  "schemas",
]);

/** What a value means that is of another type than it should be: the nearest right one, or nothing at all. */
export function correctValue(pointer: string, patient: Patient): readonly Repair[] {
  const { document } = patient;
  const value = resolvePointer(document, pointer);
  const key = lastToken(pointer);
  const owner = parentOf(document, pointer);
  const text = typeof value === "string" ? value.trim().toLowerCase() : "";
  if (isRequiredFlag(pointer, value)) return moveRequired(pointer, value, patient);
  if (isObject(owner) && FLAGS.has(key) && ["true", "false"].includes(text))
    return [set(pointer, text === "true", "A flag is written without quotes.")];
  if (
    isObject(owner) &&
    TEXTS.has(key) &&
    (typeof value === "number" || typeof value === "boolean")
  )
    return [
      set(pointer, String(value), "A string that looks like a number or a flag needs quotes."),
    ];
  if (key === "tags" && typeof value === "string")
    return replace(pointer, [value], "tags is a list.", patient);
  if (key === "enum" && ["string", "number", "boolean"].includes(typeof value))
    return replace(pointer, [value ?? null], "enum is a list.", patient);
  if (MAPS.has(lastToken(parentPointer(pointer))) && isObject(owner))
    return replace(pointer, {}, "Where nothing is to be said, an empty object stands.", patient);
  if (pointer === "") return [];
  return [remove(pointer, "The value is of a type that is ignored in this place.", patient)];
}

/** `required: true` in the schema of a property, where authors mean that the property is required. */
function isRequiredFlag(pointer: string, value: JsonValue | undefined): boolean {
  const isFlag = typeof value === "boolean" || value === "true" || value === "false";
  return isFlag && lastToken(pointer) === "required" && propertyOf(pointer) !== undefined;
}

interface Property {
  readonly name: string;
  /** Of the schema whose property it is. */
  readonly owner: string;
}

/** The property in whose schema a keyword stands. */
function propertyOf(pointer: string): Property | undefined {
  const property = parentPointer(pointer);
  const properties = parentPointer(property);
  if (!isKeyword(properties, "properties")) return undefined;
  return { name: lastToken(property), owner: parentPointer(properties) };
}

/** Whether a pointer leads to a keyword: a property may be called as its keyword is, so that the two take turns. */
function isKeyword(pointer: string, keyword: string): boolean {
  const tokens = pointerTokens(pointer);
  const isComponent = tokens[0] === "components";
  const keywords = isComponent ? tokens.slice(3) : tokens;
  const others = keywords.findLastIndex((token) => token !== keyword);
  return (keywords.length - 1 - others) % 2 === 1;
}

function moveRequired(
  pointer: string,
  value: JsonValue | undefined,
  patient: Patient,
): readonly Repair[] {
  const why =
    "required is a list of names beside properties; in the schema of a property it says nothing.";
  const removal = remove(pointer, why, patient);
  const property = propertyOf(pointer);
  if (property === undefined || value === false || value === "false") return [removal];
  const schema = resolvePointer(patient.document, property.owner);
  const present = member(schema, "required");
  // One that is no list either is repaired first.
  if (present !== undefined && !Array.isArray(present)) return [];
  if (namesRequired(schema, property.name)) return [removal];
  return [merge(property.owner, { required: [property.name] }, why), removal];
}

function namesRequired(schema: JsonValue | JsonObject | undefined, name: string): boolean {
  return arrayMember(schema, "required").includes(name);
}
