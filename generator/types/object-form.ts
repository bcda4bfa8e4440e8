import {
  compareText,
  isObject,
  member,
  objectMember,
  sortedEntries,
  stringMember,
  stringsMember,
} from "../document/json.js";
import { childPointer, resolvePointer } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import { isSchema } from "../resolve/media-types.js";
import { propertiesOf } from "../resolve/properties.js";
import { follow, referenceTarget } from "../resolve/references.js";
import type { PlacedSchema, Schema } from "../resolve/resolved-api.js";
import { unionOf, type NormalSchema } from "./forms.js";
import { alone, formAt, type FormOf, type Scope } from "./scope.js";

/**
 * An object: its properties, and an index for others where the schema says what they are.
 *
 * @param conditional properties that only some values have: see {@link conditionalProperties}
 */
export function objectForm(
  schema: JsonObject,
  pointer: string,
  scope: Scope,
  formOf: FormOf,
  conditional: ReadonlyMap<string, PlacedSchema>,
): NormalSchema {
  const properties = objectProperties({ schema, pointer }, scope, formOf, conditional);
  const required = properties.filter(([, , isRequired]) => isRequired).map(([name]) => name);
  const additional = additionalForm(schema, pointer, alone(scope), formOf, properties.length > 0);
  if (properties.length === 0)
    return additional === undefined ? { type: "object" } : { additionalProperties: additional };
  const forms = Object.fromEntries(properties.map(([name, form]) => [name, form]));
  return {
    properties: forms,
    required,
    ...(additional === undefined ? {} : { additionalProperties: additional }),
  };
}

type PropertyForm = readonly [name: string, form: JsonObject, isRequired: boolean];

function objectProperties(
  object: { readonly schema: JsonObject; readonly pointer: string },
  scope: Scope,
  formOf: FormOf,
  conditional: ReadonlyMap<string, PlacedSchema>,
): readonly PropertyForm[] {
  return placedProperties(object, scope, conditional).map(([name, placed, isRequired]) => [
    name,
    described(formOf(placed, alone(scope)), placed.pointer),
    isRequired,
  ]);
}

/** A property, the schema that its values have, and whether it is always there. */
export type PlacedProperty = readonly [name: string, placed: PlacedSchema, isRequired: boolean];

/**
 * The properties that objects of a schema have in a direction, required ones first, then by name.
 *
 * @param conditional properties that only some values have: see {@link conditionalProperties}
 */
export function placedProperties(
  { schema, pointer }: { readonly schema: JsonObject; readonly pointer: string },
  scope: Scope,
  conditional: ReadonlyMap<string, PlacedSchema>,
): readonly PlacedProperty[] {
  const required = new Set(stringsMember(schema, "required"));
  const own = new Map<string, PlacedSchema>(
    sortedEntries(objectMember(schema, "properties")).flatMap(([name, value]) =>
      isSchema(value)
        ? [[name, { schema: value, pointer: childPointer(pointer, "properties", name) }] as const]
        : [],
    ),
  );
  const others = [
    ...[...required].map(
      (name) => [name, scope.outer.get(name) ?? additionalProperty(schema, pointer)] as const,
    ),
    ...listedNames(schema, pointer, scope).map(
      (name) => [name, additionalProperty(schema, pointer)] as const,
    ),
    ...[...conditional].filter(([name]) => !scope.outer.has(name)),
  ];
  for (const [name, placed] of others) if (!own.has(name)) own.set(name, placed);
  return [...own]
    .filter(([, placed]) => travels(placed.schema, scope))
    .map(([name, placed]): PlacedProperty => [name, placed, required.has(name)])
    .sort((left, right) => Number(right[2]) - Number(left[2]) || compareText(left[0], right[0]));
}

/** What a property is that is named but not declared. */
function additionalProperty(schema: JsonObject, pointer: string): PlacedSchema {
  const value = member(schema, "additionalProperties");
  return isSchema(value) && value !== false
    ? { schema: value, pointer: `${pointer}/additionalProperties` }
    : { schema: true, pointer: "" };
}

/** `propertyNames` with an enum lists the keys of a map. */
export function listedNames(
  schema: JsonObject,
  pointer: string,
  { api }: Scope,
): readonly string[] {
  const names = follow(api.document, member(schema, "propertyNames"), pointer)?.value;
  const constant = stringMember(names, "const");
  return constant === undefined ? stringsMember(names, "enum") : [constant];
}

/**
 * Properties that only values have which satisfy a condition, or which have another property: those of
 * `dependentSchemas`, and of `then` or `else`. Which values these are TypeScript cannot say, so that they are optional.
 */
export function conditionalProperties(
  schema: JsonObject,
  pointer: string,
  { api }: Scope,
): ReadonlyMap<string, PlacedSchema> {
  const dependent = ["dependentSchemas", "dependencies"].flatMap((keyword) =>
    sortedEntries(objectMember(schema, keyword)).map(
      ([name, value]) => [value, childPointer(pointer, keyword, name)] as const,
    ),
  );
  const keywords = isSchema(member(schema, "if")) ? ["then", "else"] : [];
  const branches = keywords.map(
    (keyword) => [member(schema, keyword), `${pointer}/${keyword}`] as const,
  );
  return new Map(
    [...branches, ...dependent]
      .reverse()
      .flatMap(([value, place]) =>
        isObject(value) ? [...propertiesOf(api.document, { schema: value, pointer: place })] : [],
      ),
  );
}

/** Whether a property is part of a message in this direction (OpenAPI 3.1, 4.8.24: readOnly, writeOnly). */
function travels(schema: Schema, scope: Scope): boolean {
  const marker = scope.input ? "readOnly" : "writeOnly";
  if (member(schema, marker) === true) return false;
  const reference = stringMember(schema, "$ref");
  return (
    reference === undefined ||
    member(resolvePointer(scope.api.document, referenceTarget(reference)), marker) !== true
  );
}

/** Where the schema of a property stands goes along as its description: the real one is read there afterwards. */
function described(form: NormalSchema, pointer: string): JsonObject {
  return typeof form === "boolean"
    ? { oneOf: [form], description: pointer }
    : { ...form, description: pointer };
}

/** What properties may be that have no name in the schema; `undefined` where there are none worth speaking of. */
function additionalForm(
  schema: JsonObject,
  pointer: string,
  scope: Scope,
  formOf: FormOf,
  hasProperties: boolean,
): NormalSchema | undefined {
  const patterns = sortedEntries(objectMember(schema, "patternProperties")).map(
    ([pattern, value]) =>
      formAt(value, childPointer(pointer, "patternProperties", pattern), scope, formOf),
  );
  const keyword = isUnevaluatedAll(schema) ? "unevaluatedProperties" : "additionalProperties";
  const written = member(schema, keyword);
  const isSilent = written === undefined && (hasProperties || patterns.length > 0);
  if (written === false || isSilent || listedNames(schema, pointer, scope).length > 0)
    return patterns.length === 0 ? undefined : unionOf(patterns);
  return unionOf([formAt(written, `${pointer}/${keyword}`, scope, formOf), ...patterns]);
}

/** Keywords that evaluate properties besides those of an object itself (2020-12, core, 11.3). */
const EVALUATING: readonly string[] = [
  "$ref",
  "additionalProperties",
  "allOf",
  "anyOf",
  "dependentSchemas",
  "if",
  "oneOf",
];

/** Whether what is unevaluated is what is additional, because nothing else evaluates anything. */
export function isUnevaluatedAll(schema: JsonObject): boolean {
  return (
    isSchema(member(schema, "unevaluatedProperties")) &&
    EVALUATING.every((keyword) => member(schema, keyword) === undefined)
  );
}
