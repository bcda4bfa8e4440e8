import {
  arrayMember,
  isObject,
  member,
  objectMember,
  sortedEntries,
  stringMember,
  stringsMember,
} from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { INT64_FORM, int64Literals, isInt64Form } from "./int64.js";

/**
 * A schema in the few shapes that openapi-typescript turns into the type that is meant: a reference, an enum, one
 * `type`, an object, `allOf` alone or `oneOf` alone. Everything that dialects spell differently is gone: `nullable`,
 * lists of types, missing types, siblings of references, discriminators, `required` beside `allOf`.
 */
export type NormalSchema = JsonObject | boolean;

/** A value for which TypeScript has a literal, null aside. */
export type Literal = string | number | boolean;

/** What allows every value. */
export const ANYTHING: NormalSchema = {};

/** What allows `null` and nothing else. */
export const NULL: NormalSchema = { type: "null" };

/** Any object: `additionalProperties` alone says as much. */
export const ANY_OBJECT: NormalSchema = { additionalProperties: {} };

/**
 * A reference to what has a key. openapi-typescript only prints it, so that a type's name alone is enough; a pointer
 * would become `components["schemas"]["S0"]`, of which there are thousands to print and to parse.
 */
export function referenceToKey(key: string): JsonObject {
  return { $ref: `#/${key}` };
}

/** Some values, of which integers may be 64-bit ones. */
export function literalsForm(values: readonly Literal[], isInt64: boolean): NormalSchema {
  const integers = isInt64 ? values.filter((value) => Number.isInteger(value)) : [];
  if (integers.length === 0) return { enum: [...values] };
  const others = values.filter((value) => !integers.includes(value));
  return unionOf([int64Literals(integers), others.length > 0 && { enum: [...others] }]);
}

/** Whether a schema in normal form allows every value. */
export function isUnrestricted(form: NormalSchema): boolean {
  return form === true || (isObject(form) && Object.keys(form).length === 0);
}

/* ---------------------------------------------------------------------- unions */

/** A union without doubles; one that allows anything is no restriction at all. */
export function unionOf(forms: readonly NormalSchema[]): NormalSchema {
  const flat = forms.flatMap((form) =>
    isObject(form) && Object.keys(form).length === 1 && isForms(form["oneOf"])
      ? form["oneOf"]
      : [form],
  );
  if (flat.some(isUnrestricted)) return ANYTHING;
  const distinct = withoutDoubles(flat.filter((form) => form !== false));
  const [first] = distinct;
  if (first === undefined) return false;
  return distinct.length === 1 ? first : { oneOf: [...distinct] };
}

function isForms(value: JsonValue | undefined): value is JsonObject[] {
  return Array.isArray(value);
}

function withoutDoubles(forms: readonly NormalSchema[]): readonly NormalSchema[] {
  // Most are alone, and to write out each at every level of a schema took 0.18 s for a document of 13 MB.
  if (forms.length < 2) return forms;
  return [...new Map(forms.map((form) => [JSON.stringify(form), form])).values()];
}

/* --------------------------------------------------------------- intersections */

/**
 * An intersection: parts that say nothing are left out, and objects that agree about properties become one. Parts of
 * which no value can be both, such as a string and an object, contradict each other and tell nothing: see
 * `resolve/schema-checks.ts`, which warns.
 */
export function intersectionOf(forms: readonly NormalSchema[]): NormalSchema {
  const flat = forms.flatMap((form) =>
    isObject(form) && isForms(form["allOf"]) ? form["allOf"] : [form],
  );
  if (flat.includes(false)) return false;
  const telling = allInt64(flat.filter((form) => !isUnrestricted(form)));
  if (telling.length > 1 && telling.some(allowsNull) && telling.every(isSettled))
    return intersectionBesideNull(telling);
  if (new Set(telling.flatMap((form) => kindOf(form) ?? [])).size > 1) return ANYTHING;
  const merged = withOpenIndex(mergeObjects(withoutDoubles(withoutVague(telling))));
  const [first] = merged;
  if (first === undefined) return ANYTHING;
  return merged.length === 1 ? first : { allOf: [...merged] };
}

/** Whether it is known without looking elsewhere if a form allows null. */
function isSettled(form: NormalSchema): boolean {
  return member(form, "$ref") === undefined;
}

function allowsNull(form: NormalSchema): boolean {
  return arrayMember(form, "oneOf").some(isNull);
}

function isNull(form: unknown): boolean {
  return stringMember(form, "type") === "null";
}

/** Null satisfies all parts or none of them: `(A | null) & B` is `A & B`. */
function intersectionBesideNull(forms: readonly NormalSchema[]): NormalSchema {
  const joined = intersectionOf(
    forms.map((form) =>
      allowsNull(form)
        ? unionOf(arrayMember(form, "oneOf").filter((one) => !isNull(one)) as NormalSchema[])
        : form,
    ),
  );
  return forms.every(allowsNull) ? unionOf([joined, NULL]) : joined;
}

/** What all values of a form are, as far as it names a type; listed values count more than a type beside them. */
function kindOf(form: NormalSchema): JsonValue | undefined {
  if (!isObject(form)) return undefined;
  if (isInt64Form(form)) return "number";
  return isMergeable(form) ? "object" : member(form, "type");
}

/** `string` beside an enum of strings, and `object` beside one with properties, only repeat what the other says. */
function withoutVague(forms: readonly NormalSchema[]): readonly NormalSchema[] {
  if (forms.length < 2) return forms;
  const precise = forms.filter((form) => !isVague(form));
  return precise.length === 0 ? forms.slice(0, 1) : precise;
}

function isVague(form: NormalSchema): boolean {
  if (!isObject(form)) return false;
  const keys = Object.keys(form);
  if (keys.length === 1 && keys[0] === "type") return form["type"] !== "null";
  return (
    keys.length === 1 &&
    keys[0] === "additionalProperties" &&
    isUnrestricted(form["additionalProperties"] as NormalSchema)
  );
}

/** One part of `allOf` can have the format and another the values. */
function allInt64(forms: readonly NormalSchema[]): readonly NormalSchema[] {
  if (!forms.some(isAnyInt64)) return forms;
  const told = forms.map((form) =>
    isObject(form) && Array.isArray(form["enum"])
      ? literalsForm(form["enum"] as Literal[], true)
      : form,
  );
  const isNarrowed = told.some((form) => isInt64Form(form) && form["values"] !== undefined);
  return isNarrowed ? told.filter((form) => !isAnyInt64(form)) : told;
}

/** Whether a form has any 64-bit integer, and says nothing else. */
function isAnyInt64(form: NormalSchema): boolean {
  return isInt64Form(form) && Object.keys(form).length === Object.keys(INT64_FORM).length;
}

/* ----------------------------------------------------------- objects as one */

function mergeObjects(forms: readonly NormalSchema[]): readonly NormalSchema[] {
  const merged: NormalSchema[] = [];
  let object: JsonObject | undefined;
  for (const form of forms) {
    if (!isMergeable(form)) merged.push(form);
    else if (object === undefined) object = form;
    else if (agree(object, form)) object = joined(object, form);
    else merged.push(form);
  }
  return object === undefined ? merged : [...merged, object];
}

const OBJECT_KEYWORDS: ReadonlySet<string> = new Set([
  "properties",
  "required",
  "additionalProperties",
]);

function isMergeable(form: NormalSchema): form is JsonObject {
  return (
    isObject(form) &&
    Object.keys(form).length > 0 &&
    Object.keys(form).every((key) => OBJECT_KEYWORDS.has(key))
  );
}

/** Whether what stands in both objects is the same in both; only whether it is required may differ. */
function agree(left: JsonObject, right: JsonObject): boolean {
  const known = objectMember(left, "properties");
  const isSame = (one: JsonValue | undefined, other: JsonValue | undefined): boolean =>
    one === undefined || other === undefined || JSON.stringify(one) === JSON.stringify(other);
  return (
    isSame(left["additionalProperties"], right["additionalProperties"]) &&
    sortedEntries(objectMember(right, "properties")).every(([name, form]) =>
      isSame(member(known, name), form),
    )
  );
}

function joined(left: JsonObject, right: JsonObject): JsonObject {
  const entries = [left, right].flatMap((form) =>
    Object.entries(objectMember(form, "properties") ?? {}),
  );
  const required = [...stringsMember(left, "required"), ...stringsMember(right, "required")];
  const additional = left["additionalProperties"] ?? right["additionalProperties"];
  return {
    properties: Object.fromEntries(entries),
    required: [...new Set(required)],
    ...(additional === undefined ? {} : { additionalProperties: additional }),
  };
}

/**
 * An index speaks of all properties, also of those that only the other parts of an intersection declare. Beside any
 * of them it may not narrow: `{ size: number } & { [key: string]: string }` has no values.
 */
function withOpenIndex(forms: readonly NormalSchema[]): readonly NormalSchema[] {
  if (forms.length < 2) return forms;
  return forms.map((form) =>
    isMergeable(form) && form["additionalProperties"] !== undefined
      ? { ...form, additionalProperties: {} }
      : form,
  );
}
