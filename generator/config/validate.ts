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
  /** Another part of the whole schema: `#/$defs/` and its name. */
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, ConfigurationSchema>>;
  /** Keywords that belong to another type than a value has say nothing about it. */
  readonly type?: string | readonly string[];
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minProperties?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, ConfigurationSchema>>;
  readonly items?: ConfigurationSchema;
  readonly propertyNames?: ConfigurationSchema;
  readonly additionalProperties?: boolean | ConfigurationSchema;
}

/** Where a value or its key stands in the configuration file. */
export type ConfigurationPlace = (pointer: string, at: "key" | "value") => TextPlace;

/**
 * Compares a value of the configuration with its schema.
 *
 * @param schemaFile where the schema stands, for hints
 */
export function validate(
  value: JsonValue,
  schema: ConfigurationSchema,
  place: ConfigurationPlace,
  schemaFile = "node_modules/driftline/schema.json",
): readonly Diagnostic[] {
  const validation = { place, schema, definitions: schema.$defs ?? {}, schemaFile };
  return validateAt(value, schema, validation, "");
}

/** What stays the same while parts of a value are compared. */
interface Validation {
  readonly place: ConfigurationPlace;
  readonly definitions: Readonly<Record<string, ConfigurationSchema>>;
  readonly schemaFile: string;
  /** The whole of it. */
  readonly schema: ConfigurationSchema;
}

function validateAt(
  value: JsonValue,
  reference: ConfigurationSchema,
  validation: Validation,
  pointer: string,
): readonly Diagnostic[] {
  const schema = referred(reference, validation);
  if (!hasRightForm(value, schema))
    return [invalidValue(schema, validation, validation.place(pointer, "value"), value)];
  if (Array.isArray(value)) return validateItems(value, schema, validation, pointer);
  return isObject(value) ? validateMembers(value, schema, validation, pointer) : [];
}

function referred(
  reference: ConfigurationSchema,
  { definitions }: Pick<Validation, "definitions">,
): ConfigurationSchema {
  return definitions[reference.$ref?.replace("#/$defs/", "") ?? ""] ?? reference;
}

function hasRightForm(value: JsonValue, schema: ConfigurationSchema): boolean {
  const types: readonly (string | undefined)[] = [schema.type ?? "string"].flat();
  if (!types.includes(typeOf(value))) return false;
  if (isObject(value)) return Object.keys(value).length >= (schema.minProperties ?? 0);
  if (typeof value === "number")
    return value >= (schema.minimum ?? value) && value <= (schema.maximum ?? value);
  if (typeof value !== "string") return true;
  return (
    value.length >= (schema.minLength ?? 0) &&
    schema.enum?.includes(value) !== false &&
    matches(value, schema)
  );
}

/** The name that JSON Schema has for the type of a value; an integer is one before it is a number. */
function typeOf(value: JsonValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

function matches(text: string, { pattern }: ConfigurationSchema): boolean {
  return pattern === undefined || new RegExp(pattern, "u").test(text);
}

function validateItems(
  values: readonly JsonValue[],
  { items }: ConfigurationSchema,
  validation: Validation,
  pointer: string,
): readonly Diagnostic[] {
  if (items === undefined) return [];
  return values.flatMap((value, index) =>
    validateAt(value, items, validation, childPointer(pointer, String(index))),
  );
}

function validateMembers(
  object: JsonObject,
  schema: ConfigurationSchema,
  validation: Validation,
  pointer: string,
): readonly Diagnostic[] {
  const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(object, key));
  const findings = missing.map((key) => missingKey(key, schema, validation.place(pointer, "key")));
  const members = Object.entries(object).flatMap(([key, value]) =>
    validateMember(key, value ?? null, schema, validation, childPointer(pointer, key)),
  );
  return [...findings, ...members];
}

function validateMember(
  key: string,
  value: JsonValue,
  schema: ConfigurationSchema,
  validation: Validation,
  pointer: string,
): readonly Diagnostic[] {
  const { place } = validation;
  const { properties = {}, additionalProperties } = schema;
  const propertyNames = schema.propertyNames && referred(schema.propertyNames, validation);
  if (propertyNames !== undefined && !matches(key, propertyNames))
    return [invalidValue(propertyNames, validation, place(pointer, "key"))];
  const known = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
  if (typeof known === "object") return validateAt(value, known, validation, pointer);
  const elsewhere = placesOfKey(key, validation);
  return [unknownKey(key, Object.keys(properties), elsewhere, place(pointer, "key"))];
}

function invalidValue(
  schema: ConfigurationSchema,
  { schemaFile }: Validation,
  place: TextPlace,
  value?: JsonValue,
): Diagnostic {
  const isChoice = typeof value === "string" && value !== "" && schema.enum !== undefined;
  return diagnostic("invalid-value", {
    message: `This should be ${schema.description ?? "something else"}.`,
    hint: isChoice
      ? suggestion(value, schema.enum)
      : `See ${schemaFile} for all keys and their values.`,
    place,
  });
}

/** @param schema that of the mapping in which the key is missing */
export function missingKey(key: string, schema: ConfigurationSchema, place: TextPlace): Diagnostic {
  return diagnostic("missing-key", {
    message: `The key ${key} is missing.`,
    hint: `Add it: ${key} is ${schema.properties?.[key]?.description ?? "needed"}.`,
    place,
  });
}

function unknownKey(
  key: string,
  known: readonly string[],
  elsewhere: readonly string[],
  place: TextPlace,
): Diagnostic {
  const [other] = elsewhere;
  return diagnostic("unknown-key", {
    message: `The key ${quoted(key)} is unknown${other === undefined ? "" : " here"}.`,
    hint:
      other === undefined
        ? suggestion(key, known)
        : `It belongs elsewhere: ${elsewhere.map((where) => quoted(where)).join(" or ")}.`,
    place,
  });
}

/** Where a key may stand, as in `services.NAME.docs`. */
function placesOfKey(key: string, { schema, definitions }: Validation): readonly string[] {
  const at = (reference: ConfigurationSchema, tokens: readonly string[]): readonly string[] => {
    if (tokens.length > DEEPEST) return [];
    const {
      properties = {},
      additionalProperties: named,
      items,
    } = referred(reference, { definitions });
    return [
      ...(Object.hasOwn(properties, key) ? [[...tokens, key].join(".")] : []),
      ...Object.entries(properties).flatMap(([name, part]) => at(part, [...tokens, name])),
      ...(typeof named === "object" ? at(named, [...tokens, "NAME"]) : []),
      ...(items === undefined ? [] : at(items, tokens)),
    ];
  };
  return at(schema, []);
}

/** Definitions may refer to themselves. */
const DEEPEST = 6;
