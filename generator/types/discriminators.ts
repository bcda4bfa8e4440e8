import {
  arrayMember,
  member,
  objectMember,
  sortedEntries,
  stringMember,
} from "../document/json.js";
import { pointerTo } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import { componentSchemaName, referenceTarget } from "../resolve/references.js";
import type { ResolvedApi, Schema } from "../resolve/resolved-api.js";
import { hasInt64Format } from "./int64.js";
import { isRequired, propertiesOf } from "../resolve/properties.js";

export interface DiscriminatorValue {
  readonly property: string;
  readonly values: readonly (string | number | boolean)[];
  /** Whether numbers among them are 64-bit integers. */
  readonly isInt64: boolean;
}

/**
 * The values of the discriminating property that mean one member of a union (OpenAPI 3.1, 4.8.25): those that
 * `mapping` gives it, or else the name of its schema. A const or single enum of the member itself counts more;
 * `undefined` where that is required too, so that nothing needs to be added, or where nothing can be said: the member of
 * `defaultMapping` is meant by every other value, and where there is none.
 */
export function discriminatorValue(
  api: Pick<ResolvedApi, "document">,
  union: JsonObject,
  memberSchema: Schema,
): DiscriminatorValue | undefined {
  const property = stringMember(member(union, "discriminator"), "propertyName");
  const reference = stringMember(memberSchema, "$ref");
  if (property === undefined || reference === undefined) return undefined;
  const target = referenceTarget(reference);
  if (target === defaultTarget(union)) return undefined;
  const placed = { schema: memberSchema, pointer: "" };
  const schema = propertiesOf(api.document, placed).get(property)?.schema;
  const isInt64 = hasInt64Format(schema);
  const own = ownValue(schema);
  if (own !== undefined) {
    return isRequired(api.document, placed, property)
      ? undefined
      : { property, values: [own], isInt64 };
  }
  const names = mappedValues(union, target);
  const implied = names.length > 0 ? names : impliedName(target);
  const values = implied.map((name) => asTyped(name, schema));
  return values.length === 0 ? undefined : { property, values, isInt64 };
}

/** The one value that a property can have. */
function ownValue(schema: Schema | undefined): string | number | boolean | undefined {
  const values = [member(schema, "const") ?? arrayMember(schema, "enum")].flat();
  const [value] = values;
  return values.length === 1 && value !== null && typeof value !== "object" ? value : undefined;
}

function mappedValues(union: JsonObject, target: string): readonly string[] {
  const mapping = sortedEntries(objectMember(member(union, "discriminator"), "mapping"));
  return mapping.flatMap(([value, name]) =>
    typeof name === "string" && mappingTarget(name) === target ? [value] : [],
  );
}

/** Pointers of the schemas that a discriminator names: those of its mapping, and the default one. */
export function mappedSchemas(union: Schema | undefined): readonly string[] {
  const mapping = sortedEntries(objectMember(member(union, "discriminator"), "mapping"));
  const mapped = mapping.flatMap(([, name]) =>
    typeof name === "string" ? [mappingTarget(name)] : [],
  );
  return [...mapped, defaultTarget(union) ?? []].flat();
}

/** The pointer of the schema that is meant by values that mean no other one (OpenAPI 3.2, "Discriminator Object"). */
function defaultTarget(union: Schema | undefined): string | undefined {
  const name = stringMember(member(union, "discriminator"), "defaultMapping");
  return name === undefined ? undefined : mappingTarget(name);
}

/** A mapping names a schema, or refers to it as `$ref` does. */
function mappingTarget(name: string): string {
  return name.startsWith("#") ? referenceTarget(name) : pointerTo("components", "schemas", name);
}

function impliedName(target: string): readonly string[] {
  const name = componentSchemaName(target);
  return name === undefined ? [] : [name];
}

/** Keys of a mapping are always strings; the property may hold a number or a boolean all the same. */
function asTyped(value: string, schema: Schema | undefined): string | number | boolean {
  const type = stringMember(schema, "type");
  const isNumber =
    (type === "integer" || type === "number") &&
    value.trim() !== "" &&
    Number.isFinite(Number(value));
  if (isNumber) return Number(value);
  return type === "boolean" && (value === "true" || value === "false") ? value === "true" : value;
}
