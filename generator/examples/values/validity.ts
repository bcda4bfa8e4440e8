import {
  arrayMember,
  isObject,
  member,
  objectMember,
  stringMember,
  stringsMember,
} from "../../document/json.js";
import { resolvePointer } from "../../document/pointer.js";
import type { JsonObject, JsonValue } from "../../document/source.js";
import { isSchema } from "../../resolve/media-types.js";
import { referenceTarget } from "../../resolve/references.js";
import { isOfFormat } from "./formats.js";
import { numberLimits, numberMember } from "./limits.js";
import type { Making } from "./making.js";
import { isOfPattern, readPattern } from "./pattern.js";
import { travels } from "./travels.js";

/** What a check looks at besides the value and its schema, and how far it has come without a step into the value. */
interface Checking extends Pick<Making, "api" | "input"> {
  readonly steps?: number;
}

/** References and compositions within each other go no deeper than this without a step into the value. */
const MOST_STEPS = 50;

/**
 * Whether a value is of a schema (JSON Schema 2020-12, and the dialect of OpenAPI 3.0), and has nothing that does not
 * travel in its direction. What is not known of a pattern or a format is taken to hold, and so is whatever stands in the
 * place of a schema and is none.
 */
export function isValid(
  value: JsonValue,
  schema: JsonValue | undefined,
  checking: Checking,
): boolean {
  if (!isSchema(schema)) return true;
  if (typeof schema === "boolean") return schema;
  const { api, input, steps = 0 } = checking;
  if (steps > MOST_STEPS) return false;
  const same = { api, input, steps: steps + 1 };
  const reference = stringMember(schema, "$ref");
  if (reference !== undefined) {
    const target = resolvePointer(api.document, referenceTarget(reference));
    if (!isValid(value, target, same)) return false;
    if (api.dialect === "3.0") return true;
  }
  return (
    isOfType(value, schema) &&
    isListed(value, schema) &&
    isComposed(value, schema, same) &&
    isWithinLimits(value, schema, { api, input })
  );
}

/* ------------------------------------------------------------------------- any value */

function isOfType(value: JsonValue, schema: JsonObject): boolean {
  const type = member(schema, "type");
  if (type === undefined || (value === null && member(schema, "nullable") === true)) return true;
  return Array.isArray(type) ? type.some((one) => isOf(value, one ?? "null")) : isOf(value, type);
}

function isOf(value: JsonValue, type: JsonValue): boolean {
  switch (type) {
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "null":
      return value === null;
    default:
      return typeof value === type;
  }
}

function isListed(value: JsonValue, schema: JsonObject): boolean {
  const constant = member(schema, "const");
  const listed = arrayMember(schema, "enum");
  if (constant !== undefined && !isSame(value, constant)) return false;
  return listed.length === 0 || listed.some((one) => isSame(value, one));
}

function isSame(left: JsonValue, right: JsonValue): boolean {
  return left === right || (typeof left === "object" && canonical(left) === canonical(right));
}

/** The text of a value, whatever the order of its keys. */
function canonical(value: JsonValue): string {
  return JSON.stringify(value, (_, inside: JsonValue) =>
    isObject(inside) ? Object.entries(inside).sort() : inside,
  );
}

function isComposed(value: JsonValue, schema: JsonObject, checking: Checking): boolean {
  if (!arrayMember(schema, "allOf").every((part) => isValid(value, part, checking))) return false;
  const anyOf = arrayMember(schema, "anyOf");
  if (anyOf.length > 0 && !anyOf.some((part) => isValid(value, part, checking))) return false;
  const oneOf = arrayMember(schema, "oneOf");
  if (oneOf.length > 0 && oneOf.filter((part) => isValid(value, part, checking)).length !== 1)
    return false;
  const excluded = member(schema, "not");
  if (isSchema(excluded) && isValid(value, excluded, checking)) return false;
  const condition = member(schema, "if");
  if (!isSchema(condition)) return true;
  const branch = isValid(value, condition, checking) ? "then" : "else";
  return isValid(value, member(schema, branch), checking);
}

function isWithinLimits(value: JsonValue, schema: JsonObject, checking: Checking): boolean {
  if (typeof value === "number") return isNumberWithin(value, schema);
  if (typeof value === "string") return isTextWithin(value, schema);
  if (Array.isArray(value)) return isArrayWithin(value, schema, checking);
  return !isObject(value) || isObjectWithin(value, schema, checking);
}

/* --------------------------------------------------------------------------- scalars */

function isNumberWithin(value: number, schema: JsonObject): boolean {
  const { minimum, maximum, above, below, step } = numberLimits(schema);
  const isMultiple = step === undefined || Math.abs(value / step - Math.round(value / step)) < 1e-9;
  return value >= minimum && value <= maximum && value > above && value < below && isMultiple;
}

function isTextWithin(value: string, schema: JsonObject): boolean {
  const length = Array.from(value).length;
  return (
    length >= (numberMember(schema, "minLength") ?? 0) &&
    length <= (numberMember(schema, "maxLength") ?? Infinity) &&
    isOfFormat(value, stringMember(schema, "format")) &&
    isOfWrittenPattern(value, stringMember(schema, "pattern"))
  );
}

function isOfWrittenPattern(value: string, written: string | undefined): boolean {
  const pattern = written === undefined ? undefined : readPattern(written);
  return pattern === undefined || isOfPattern(value, pattern);
}

/* ------------------------------------------------------------------------ containers */

function isArrayWithin(
  value: readonly JsonValue[],
  schema: JsonObject,
  checking: Checking,
): boolean {
  const items = member(schema, "items");
  const prefix = Array.isArray(items) ? items : arrayMember(schema, "prefixItems");
  const rest = Array.isArray(items) ? member(schema, "additionalItems") : items;
  return (
    value.length >= (numberMember(schema, "minItems") ?? 0) &&
    value.length <= (numberMember(schema, "maxItems") ?? Infinity) &&
    (member(schema, "uniqueItems") !== true || isSet(value)) &&
    value.every((item, index) =>
      isValid(item, index < prefix.length ? prefix[index] : rest, checking),
    )
  );
}

function isSet(value: readonly JsonValue[]): boolean {
  return new Set(value.map(canonical)).size === value.length;
}

function isObjectWithin(value: JsonObject, schema: JsonObject, checking: Checking): boolean {
  const size = Object.keys(value).length;
  return (
    size >= (numberMember(schema, "minProperties") ?? 0) &&
    size <= (numberMember(schema, "maxProperties") ?? Infinity) &&
    needed(value, schema).every((name) => hasMember(value, name, schema, checking)) &&
    Object.entries(value).every(([key, inside]) =>
      isMemberOf(key, inside ?? null, schema, checking),
    )
  );
}

/** What has to be there: always, and because of what is there. */
function needed(value: JsonObject, schema: JsonObject): readonly string[] {
  const dependent = objectMember(schema, "dependentRequired");
  const required = stringsMember(schema, "required");
  if (dependent === undefined) return required;
  const present = Object.keys(dependent).filter((name) => Object.hasOwn(value, name));
  return [...required, ...present.flatMap((name) => stringsMember(dependent, name))];
}

/** What does not travel cannot be missing. */
function hasMember(
  value: JsonObject,
  name: string,
  schema: JsonObject,
  checking: Checking,
): boolean {
  if (Object.hasOwn(value, name)) return true;
  const property = member(objectMember(schema, "properties"), name);
  return isSchema(property) && !travels(property, checking);
}

function isMemberOf(
  key: string,
  value: JsonValue,
  schema: JsonObject,
  checking: Checking,
): boolean {
  const property = member(objectMember(schema, "properties"), key);
  if (isSchema(property) && !travels(property, checking)) return false;
  if (!isValid(key, member(schema, "propertyNames"), checking)) return false;
  const patterns = patternsOf(key, objectMember(schema, "patternProperties"));
  if (!patterns.every((part) => isValid(value, part, checking))) return false;
  if (property !== undefined) return isValid(value, property, checking);
  return patterns.length > 0 || isValid(value, member(schema, "additionalProperties"), checking);
}

/** What a member has to satisfy because its name is of a pattern. */
function patternsOf(
  key: string,
  properties: JsonObject | undefined,
): readonly (JsonValue | undefined)[] {
  if (properties === undefined) return [];
  return Object.entries(properties)
    .filter(([pattern]) => isOfWrittenPattern(key, pattern))
    .map(([, part]) => part);
}
