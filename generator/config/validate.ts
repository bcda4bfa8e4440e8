import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, TextPlace } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { suggestion } from "../diagnostics/suggest.js";
import { isObject } from "../document/json.js";
import { childPointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";

/** The keywords of JSON Schema that `schema.json` uses; `description` says what is right, in messages too. */
export interface ConfigurationSchema {
  readonly description?: string;
  readonly type?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly minProperties?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, ConfigurationSchema>>;
  readonly items?: ConfigurationSchema;
  readonly propertyNames?: ConfigurationSchema;
  readonly additionalProperties?: boolean | ConfigurationSchema;
}

/** Where a value or its key stands in the configuration file. */
export type ConfigurationPlace = (pointer: string, at: "key" | "value") => TextPlace;

/** Compares a value of the configuration with its schema. */
export function validate(
  value: JsonValue,
  schema: ConfigurationSchema,
  place: ConfigurationPlace,
  pointer = "",
): readonly Diagnostic[] {
  if (!hasRightForm(value, schema)) return [invalidValue(schema, place(pointer, "value"))];
  if (Array.isArray(value)) return validateItems(value, schema, place, pointer);
  return isObject(value) ? validateMembers(value, schema, place, pointer) : [];
}

function hasRightForm(value: JsonValue, schema: ConfigurationSchema): boolean {
  if (schema.type === "object")
    return isObject(value) && Object.keys(value).length >= (schema.minProperties ?? 0);
  if (schema.type === "array") return Array.isArray(value);
  return (
    typeof value === "string" &&
    value.length >= (schema.minLength ?? 0) &&
    schema.enum?.includes(value) !== false &&
    matches(value, schema)
  );
}

function matches(text: string, { pattern }: ConfigurationSchema): boolean {
  return pattern === undefined || new RegExp(pattern, "u").test(text);
}

function validateItems(
  values: readonly JsonValue[],
  { items }: ConfigurationSchema,
  place: ConfigurationPlace,
  pointer: string,
): readonly Diagnostic[] {
  if (items === undefined) return [];
  return values.flatMap((value, index) =>
    validate(value, items, place, childPointer(pointer, String(index))),
  );
}

function validateMembers(
  object: JsonObject,
  schema: ConfigurationSchema,
  place: ConfigurationPlace,
  pointer: string,
): readonly Diagnostic[] {
  const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(object, key));
  const findings = missing.map((key) => missingKey(key, schema, place(pointer, "key")));
  const members = Object.entries(object).flatMap(([key, value]) =>
    validateMember(key, value ?? null, schema, place, childPointer(pointer, key)),
  );
  return [...findings, ...members];
}

function validateMember(
  key: string,
  value: JsonValue,
  schema: ConfigurationSchema,
  place: ConfigurationPlace,
  pointer: string,
): readonly Diagnostic[] {
  const { properties = {}, propertyNames, additionalProperties } = schema;
  if (propertyNames !== undefined && !matches(key, propertyNames))
    return [invalidValue(propertyNames, place(pointer, "key"))];
  const known = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
  if (typeof known === "object") return validate(value, known, place, pointer);
  return [unknownKey(key, Object.keys(properties), place(pointer, "key"))];
}

function invalidValue(schema: ConfigurationSchema, place: TextPlace): Diagnostic {
  return diagnostic("invalid-value", {
    message: `This should be ${schema.description ?? "something else"}.`,
    hint: "See generator/config/schema.json for all keys and their values.",
    place,
  });
}

function missingKey(key: string, schema: ConfigurationSchema, place: TextPlace): Diagnostic {
  return diagnostic("missing-key", {
    message: `The key ${key} is missing.`,
    hint: `Add it: ${key} is ${schema.properties?.[key]?.description ?? "needed"}.`,
    place,
  });
}

function unknownKey(key: string, known: readonly string[], place: TextPlace): Diagnostic {
  return diagnostic("unknown-key", {
    message: `The key ${quoted(key)} is unknown.`,
    hint: suggestion(key, known),
    place,
  });
}
