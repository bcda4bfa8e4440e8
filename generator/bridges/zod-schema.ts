import { arrayMember, isObject, member, objectMember, stringMember } from "../document/json.js";
import { resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { numberLimits, numberMember } from "../examples/values/limits.js";
import { isSchema } from "../resolve/media-types.js";
import { narrowingKeywords } from "../resolve/named-schemas.js";
import { propertiesOf } from "../resolve/properties.js";
import { referenceTarget } from "../resolve/references.js";
import type { PlacedSchema } from "../resolve/resolved-api.js";
import { MOST_VALUES } from "../resolve/schema-keywords.js";
import { fixedLength, itemsOf } from "../types/array-form.js";
import { discriminatorValue, type DiscriminatorValue } from "../types/discriminators.js";
import { hasInt64Format } from "../types/int64.js";
import { excludesAll, typesOf } from "../types/normal-form.js";
import { allowsNull, isOnlyNull, meansNull } from "../types/null.js";
import {
  conditionalProperties,
  isUnevaluatedAll,
  listedNames,
  placedProperties,
} from "../types/object-form.js";
import { alone, withOuter, type Scope } from "../types/scope.js";
import {
  allOf,
  anyOf,
  ANYTHING,
  NOTHING,
  NULL,
  orNull,
  type Check,
  type ListChecks,
  type ObjectCheck,
} from "./zod-check.js";
import { isHarmless } from "./zod-pattern.js";

/*
 * Reads schemas as `types/normal-form.ts` does, step by step, so that what a validator lets through is of the type.
 * What that leaves to types is left out here, too; what only a document can say is added: limits.
 */

/** The check of a named schema itself: a member of a family has the values of its discriminating properties. */
export function namedCheck(key: string, placed: PlacedSchema, scope: Scope): Check {
  const membership = scope.families.memberships.get(key);
  if (membership === undefined) return writtenCheck(placed, scope);
  return allOf([
    writtenCheck(placed, { ...scope, bases: membership.heads }),
    ...membership.values.map((value) => valueCheck(value, scope)),
  ]);
}

/** The check of a schema; where that has a name, it is a reference to it. */
export function checkOf(placed: PlacedSchema, scope: Scope): Check {
  const key = scope.api.schemaKeys.get(placed.pointer);
  // What stands beside a $ref has the pointer of the whole.
  const isWhole = key !== undefined && scope.api.schemas.get(key)?.schema === placed.schema;
  return isWhole ? keyCheck(key, scope) : writtenCheck(placed, scope);
}

function checkAt(value: JsonValue | undefined, pointer: string, scope: Scope): Check {
  return isSchema(value) ? checkOf({ schema: value, pointer }, scope) : ANYTHING;
}

function writtenCheck({ schema, pointer }: PlacedSchema, scope: Scope): Check {
  if (typeof schema === "boolean") return schema ? ANYTHING : NOTHING;
  // The runtime decodes such a text only in events, which nobody validates.
  if (scope.api.decodedSchemas.has(pointer)) return ANYTHING;
  if (isOnlyNull(schema)) return NULL;
  const isReference = stringMember(schema, "$ref") !== undefined;
  const check = isReference
    ? referenceCheck(schema, pointer, scope)
    : composedCheck(schema, pointer, scope);
  return allowsNull(schema) ? orNull(check) : check;
}

/* ------------------------------------------------------------------------- references */

function referenceCheck(schema: JsonObject, pointer: string, scope: Scope): Check {
  const check = targetCheck(stringMember(schema, "$ref") ?? "", scope);
  const narrowing = new Set<string>(narrowingKeywords(schema));
  narrowing.delete("nullable");
  if (scope.api.dialect === "3.0" || narrowing.size === 0) return check;
  const beside = Object.fromEntries(Object.entries(schema).filter(([key]) => narrowing.has(key)));
  const known = propertiesOf(scope.api.document, { schema, pointer });
  return allOf([check, checkOf({ schema: beside, pointer }, withOuter(scope, known))]);
}

function targetCheck(reference: string, scope: Scope): Check {
  const seen = new Set<string>();
  for (let target = referenceTarget(reference); !seen.has(target);) {
    const key = scope.api.schemaKeys.get(target);
    if (key !== undefined) return keyCheck(key, scope);
    seen.add(target);
    const schema = resolvePointer(scope.api.document, target);
    const next = stringMember(schema, "$ref");
    if (next === undefined) return checkAt(schema, target, scope);
    target = referenceTarget(next);
  }
  return ANYTHING;
}

/** A named schema; the head of a family means any of its members. */
function keyCheck(key: string, scope: Scope): Check {
  const { members, headValues } = scope.families;
  const family = scope.bases.has(key) ? undefined : members.get(key);
  if (family === undefined) return { kind: "named", key };
  const own = headValues.get(key);
  return anyOf(
    family.map((found) => {
      const one: Check = { kind: "named", key: found };
      return found === key && own !== undefined ? allOf([one, valueCheck(own, scope)]) : one;
    }),
  );
}

/** The values that a discriminating property has. */
function valueCheck({ property, values, isInt64 }: DiscriminatorValue, scope: Scope): Check {
  const check: Check = isInt64 && scope.int64 ? ANYTHING : { kind: "values", values };
  return objectOf([{ name: property, isRequired: true, check }]);
}

function objectOf(members: ObjectCheck["members"]): ObjectCheck {
  return { kind: "object", members, others: undefined, least: undefined, most: undefined };
}

/* ----------------------------------------------------------------------- compositions */

function composedCheck(schema: JsonObject, pointer: string, scope: Scope): Check {
  if (excludesAll(member(schema, "not"))) return NOTHING;
  const inner = withOuter(scope, propertiesOf(scope.api.document, { schema, pointer }));
  const parts = arrayMember(schema, "allOf").map((part, index) =>
    checkAt(part, `${pointer}/allOf/${index}`, inner),
  );
  const unions = (["oneOf", "anyOf"] as const).flatMap((keyword) =>
    unionCheck(schema, keyword, pointer, inner),
  );
  const all = [ownCheck(schema, pointer, inner), ...parts, ...unions];
  // What a condition asks for its type tells more exactly than this.
  return isSchema(member(schema, "if"))
    ? { kind: "all of", members: [...all, ANYTHING] }
    : allOf(all);
}

function unionCheck(
  schema: JsonObject,
  keyword: "oneOf" | "anyOf",
  pointer: string,
  scope: Scope,
): readonly Check[] {
  const members = arrayMember(schema, keyword);
  if (members.length === 0) return [];
  const checks = members.map((value, index) => {
    if (meansNull(value)) return NULL;
    const check = checkAt(value, `${pointer}/${keyword}/${index}`, scope);
    const told = isSchema(value) ? discriminatorValue(scope.api, schema, value) : undefined;
    return told === undefined ? check : allOf([check, valueCheck(told, scope)]);
  });
  return [anyOf(checks)];
}

/* ------------------------------------------------------------------------- own shapes */

/** What a schema says by itself: anything, where only its composition speaks. */
function ownCheck(schema: JsonObject, pointer: string, scope: Scope): Check {
  const values = listedValues(schema);
  if (values.length > 0 && values.length <= MOST_VALUES) return valuesCheck(values, schema, scope);
  const types = typesOf(schema);
  if (types.length === 0) return ANYTHING;
  return anyOf(types.map((type) => checkOfType(type, schema, pointer, scope)));
}

function listedValues(schema: JsonObject): readonly JsonValue[] {
  const constant = member(schema, "const");
  const listed = constant === undefined ? arrayMember(schema, "enum") : [constant];
  return [...new Set(listed)].filter((value) => value !== null);
}

/** Objects and arrays that are listed are not compared. */
function valuesCheck(values: readonly JsonValue[], schema: JsonObject, scope: Scope): Check {
  const scalars = values.filter((value) => !(value === null || typeof value === "object"));
  const isInt64 = scope.int64 && hasInt64Format(schema);
  return isInt64 || scalars.length < values.length ? ANYTHING : { kind: "values", values: scalars };
}

function checkOfType(type: string, schema: JsonObject, pointer: string, scope: Scope): Check {
  switch (type) {
    case "string":
      return textCheck(schema);
    case "number":
    case "integer":
      return scope.int64 && hasInt64Format(schema)
        ? { kind: "int64" }
        : numberCheck(schema, type === "integer");
    case "boolean":
      return { kind: "boolean" };
    case "array":
      return listCheck(schema, pointer, scope);
    case "object":
      return objectCheck(schema, pointer, scope);
    default:
      return ANYTHING;
  }
}

/** A format is an annotation (2020-12, validation, 7.2.1): who sends another text keeps to the document. */
function textCheck(schema: JsonObject): Check {
  const pattern = stringMember(schema, "pattern");
  return {
    kind: "text",
    limits: {
      minLength: telling(numberMember(schema, "minLength"), 0),
      maxLength: numberMember(schema, "maxLength"),
      pattern: pattern !== undefined && isHarmless(pattern) ? pattern : undefined,
    },
  };
}

function numberCheck(schema: JsonObject, isInteger: boolean): Check {
  const { minimum, maximum, above, below, step } = numberLimits(schema);
  return {
    kind: "number",
    limits: {
      isInteger,
      minimum: telling(minimum, -Infinity),
      maximum: telling(maximum, Infinity),
      above: telling(above, -Infinity),
      below: telling(below, Infinity),
      step: isInteger ? telling(step, 1) : step,
    },
  };
}

/** A limit that some value can miss. */
function telling(limit: number | undefined, least: number): number | undefined {
  return limit === least ? undefined : limit;
}

/* ------------------------------------------------------------------------- containers */

function listCheck(schema: JsonObject, pointer: string, scope: Scope): Check {
  const { prefix, rest } = itemsOf(schema);
  const inner = alone(scope);
  const elements = prefix.map(({ schema: item, key }) => checkAt(item, `${pointer}${key}`, inner));
  const behind = checkAt(rest?.schema, `${pointer}${rest?.key ?? ""}`, inner);
  const limits = listLimits(schema);
  if (prefix.length === 0) {
    const length = fixedLength(schema);
    if (behind.kind === "nothing") return tuple([], 0, undefined, limits);
    if (length === undefined || behind.kind === "anything")
      return { kind: "list", items: behind, limits };
    return tuple(
      Array.from({ length }, () => behind),
      length,
      undefined,
      limits,
    );
  }
  const isClosed =
    rest === undefined ||
    behind.kind === "nothing" ||
    (limits.most !== undefined && limits.most <= prefix.length);
  const least = numberMember(schema, "minItems") ?? elements.length;
  return tuple(elements, least, isClosed ? undefined : behind, limits);
}

function tuple(
  elements: readonly Check[],
  required: number,
  rest: Check | undefined,
  limits: ListChecks,
): Check {
  return { kind: "tuple", elements, required, rest, limits };
}

function listLimits(schema: JsonObject): ListChecks {
  return {
    least: telling(numberMember(schema, "minItems"), 0),
    most: numberMember(schema, "maxItems"),
    isDistinct: member(schema, "uniqueItems") === true,
  };
}

function objectCheck(schema: JsonObject, pointer: string, scope: Scope): Check {
  const conditional = conditionalProperties(schema, pointer, scope);
  const members = placedProperties({ schema, pointer }, scope, conditional).map(
    ([name, placed, isRequired]) => ({
      name,
      isRequired,
      check: memberCheck(name, placed, scope, schema),
    }),
  );
  return {
    kind: "object",
    members,
    others: othersCheck(schema, pointer, scope),
    least: telling(numberMember(schema, "minProperties"), 0),
    most: numberMember(schema, "maxProperties"),
  };
}

/** Every object has members of these names, of its own or not, and zod does not tell which. */
const MEMBERS_OF_ALL: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Whether a property that only some values have is there for this one, nobody looks. */
function memberCheck(name: string, placed: PlacedSchema, scope: Scope, schema: JsonObject): Check {
  if (MEMBERS_OF_ALL.has(name)) return ANYTHING;
  const isConditional =
    (["if", "dependentSchemas", "dependencies"] as const).some((key) =>
      isObject(member(schema, key)),
    ) && member(objectMember(schema, "properties"), name) === undefined;
  return isConditional ? ANYTHING : checkOf(placed, alone(scope));
}

/** What members are that have no name in the schema; patterns of names are not looked at. */
function othersCheck(schema: JsonObject, pointer: string, scope: Scope): Check | undefined {
  const keyword = isUnevaluatedAll(schema) ? "unevaluatedProperties" : "additionalProperties";
  if (objectMember(schema, "patternProperties") !== undefined) return ANYTHING;
  if (listedNames(schema, pointer, scope).length > 0) return NOTHING;
  const written = member(schema, keyword);
  return isSchema(written) ? checkAt(written, `${pointer}/${keyword}`, alone(scope)) : undefined;
}
