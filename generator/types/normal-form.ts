import {
  arrayMember,
  compareText,
  isObject,
  member,
  objectMember,
  sortedEntries,
  stringMember,
  stringsMember,
} from "../document/json.js";
import { childPointer, resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { isBinary, isSchema } from "../resolve/media-types.js";
import { componentSchemaName, referenceTarget } from "../resolve/references.js";
import type { PlacedSchema, ResolvedApi, Schema } from "../resolve/resolved-api.js";
import { discriminatorValue, type DiscriminatorValue } from "./discriminators.js";
import type { Families } from "./families.js";
import { hasInt64Format, INT64_FORM, int64Literals, isInt64Form } from "./int64.js";
import { propertiesOf } from "../resolve/properties.js";

/**
 * A schema in the few shapes that openapi-typescript turns into the type that is meant: a reference, an enum, one
 * `type`, an object, `allOf` alone or `oneOf` alone. Everything that dialects spell differently is gone: `nullable`,
 * lists of types, missing types, siblings of references, discriminators, `required` beside `allOf`.
 */
export type NormalSchema = JsonObject | boolean;

/** What decides the shape of a schema besides the schema itself. */
export interface Scope {
  readonly api: ResolvedApi;
  /** Whether the value is sent: then readOnly properties are left out, and otherwise writeOnly ones. */
  readonly input: boolean;
  /** Whether `format: binary` is a file, as in a multipart body, or else text. */
  readonly files: boolean;
  /** Whether 64-bit integers are told apart from other numbers. */
  readonly int64: boolean;
  readonly families: Families;
  /** Heads of families that are meant themselves, and not their members: see `families.ts`. */
  readonly bases: ReadonlySet<string>;
  /** Properties known from the schemas around, for branches that only say which of them are required. */
  readonly outer: ReadonlyMap<string, PlacedSchema>;
  /** Pointers of schemas that are being written in place of a reference, so that a cycle ends. */
  readonly inlined: ReadonlySet<string>;
}

/** The key under which openapi-typescript sees a component schema: no name of a document reaches it. */
export function schemaKey(api: ResolvedApi, name: string, input: boolean): string {
  return `S${api.schemas.get(name)?.index ?? 0}${input && api.directedSchemas.has(name) ? "i" : ""}`;
}

/** The normal form of a component schema: a member of a family has the values of its discriminating properties. */
export function componentSchemaForm(
  name: string,
  placed: PlacedSchema,
  scope: Scope,
): NormalSchema {
  const membership = scope.families.memberships.get(name);
  if (membership === undefined) return normalForm(placed, scope);
  return intersectionOf([
    normalForm(placed, { ...scope, bases: membership.heads }),
    ...membership.values.map((value) => literalForm(value, scope)),
  ]);
}

function literalForm(
  { property, values, isInt64 }: DiscriminatorValue,
  scope: Scope,
): NormalSchema {
  const form = literalsForm(values, isInt64 && scope.int64);
  return { properties: { [property]: form }, required: [property] };
}

/**
 * A reference to what has a key. openapi-typescript only prints it, so that a type's name alone is enough; a pointer
 * would become `components["schemas"]["S0"]`, of which there are thousands to print and to parse.
 */
export function referenceToKey(key: string): JsonObject {
  return { $ref: `#/${key}` };
}

const NULL: NormalSchema = { type: "null" };

/** Brings a schema into normal form. */
export function normalForm({ schema, pointer }: PlacedSchema, scope: Scope): NormalSchema {
  if (typeof schema === "boolean") return schema ? {} : false;
  if (scope.api.decodedSchemas.has(pointer)) return contentForm(schema, pointer, scope);
  if (stringMember(schema, "$ref") !== undefined) return referenceForm(schema, pointer, scope);
  if (isOnlyNull(schema)) return NULL;
  const form = composedForm(schema, pointer, scope);
  return allowsNull(schema) ? unionOf([form, NULL]) : form;
}

/** What a text holds; without `contentSchema`, that is any JSON (JSON Schema 2020-12, validation, 8.5). */
function contentForm(schema: JsonObject, pointer: string, scope: Scope): NormalSchema {
  const content = member(schema, "contentSchema");
  return isSchema(content)
    ? normalForm({ schema: content, pointer: `${pointer}/contentSchema` }, alone(scope))
    : {};
}

function isOnlyNull(schema: JsonObject): boolean {
  const values = member(schema, "enum");
  if (Array.isArray(values)) return values.length > 0 && values.every((value) => value === null);
  const types = writtenTypes(schema);
  return (
    member(schema, "const") === null || (types.length > 0 && types.every((type) => type === "null"))
  );
}

/** All spellings of null: 3.0's `nullable`, a list of types, and enums that hold it. */
function allowsNull(schema: JsonObject): boolean {
  if (member(schema, "nullable") === true) return true;
  return listsNull(schema) || arrayMember(schema, "enum").includes(null);
}

function listsNull(schema: JsonObject): boolean {
  return Array.isArray(member(schema, "type")) && writtenTypes(schema).includes("null");
}

/** One type or a list of them; in a list, the null that YAML makes of a `null` without quotes is meant as `"null"`. */
function writtenTypes(schema: JsonObject): readonly (JsonValue | undefined)[] {
  const type = member(schema, "type");
  return Array.isArray(type) ? type.map((one) => one ?? "null") : [type];
}

/* ------------------------------------------------------------------ references */

/** Keywords beside a `$ref` that say nothing about the type. */
const ANNOTATIONS: ReadonlySet<string> = new Set(
  "$ref $comment default deprecated description example examples externalDocs format nullable readOnly summary title type writeOnly xml".split(
    " ",
  ),
);

function referenceForm(schema: JsonObject, pointer: string, scope: Scope): NormalSchema {
  const target = referenceTarget(stringMember(schema, "$ref") ?? "");
  const form = targetForm(target, scope);
  const beside = Object.fromEntries(
    sortedEntries(schema).filter(([key]) => !ANNOTATIONS.has(key) && !key.startsWith("x-")),
  );
  const narrowed =
    scope.api.dialect === "3.1" && Object.keys(beside).length > 0
      ? intersectionOf([
          form,
          normalForm(
            { schema: beside, pointer },
            withOuter(scope, propertiesOf(scope.api.document, { schema, pointer })),
          ),
        ])
      : form;
  return member(schema, "nullable") === true || listsNull(schema)
    ? unionOf([narrowed, NULL])
    : narrowed;
}

function targetForm(target: string, scope: Scope): NormalSchema {
  const name = componentSchemaName(target);
  if (name !== undefined && scope.api.schemas.has(name)) return componentForm(name, scope);
  const schema = resolvePointer(scope.api.document, target);
  if (!isSchema(schema) || scope.inlined.has(target)) return {};
  return normalForm(
    { schema, pointer: target },
    { ...scope, inlined: new Set([...scope.inlined, target]) },
  );
}

/** A reference to a component schema; that to the head of a family means any of its members. */
function componentForm(name: string, scope: Scope): NormalSchema {
  const { members, headValues } = scope.families;
  const reference = (found: string): NormalSchema =>
    referenceToKey(schemaKey(scope.api, found, scope.input));
  const family = scope.bases.has(name) ? undefined : members.get(name);
  if (family === undefined) return reference(name);
  const own = headValues.get(name);
  return unionOf(
    family.map((found) =>
      found === name && own !== undefined
        ? intersectionOf([reference(found), literalForm(own, scope)])
        : reference(found),
    ),
  );
}

/* ---------------------------------------------------------------- compositions */

function composedForm(schema: JsonObject, pointer: string, scope: Scope): NormalSchema {
  const inner = withOuter(scope, propertiesOf(scope.api.document, { schema, pointer }));
  const parts = arrayMember(schema, "allOf").map((part, index) =>
    memberForm(part, `${pointer}/allOf/${index}`, inner),
  );
  const unions = (["oneOf", "anyOf"] as const).flatMap((keyword) =>
    unionForm(schema, keyword, pointer, inner),
  );
  const own = ownForm(schema, pointer, inner);
  return intersectionOf([...(own === undefined ? [] : [own]), ...parts, ...unions]);
}

function memberForm(value: JsonValue, pointer: string, scope: Scope): NormalSchema {
  return isSchema(value) ? normalForm({ schema: value, pointer }, scope) : {};
}

function unionForm(
  schema: JsonObject,
  keyword: "oneOf" | "anyOf",
  pointer: string,
  scope: Scope,
): readonly NormalSchema[] {
  const members = arrayMember(schema, keyword);
  if (members.length === 0) return [];
  const forms = members.map((value, index) => {
    const form = memberForm(value, `${pointer}/${keyword}/${index}`, scope);
    const told = isSchema(value) ? discriminatorValue(scope.api, schema, value) : undefined;
    if (told === undefined) return form;
    return intersectionOf([form, literalForm(told, scope)]);
  });
  return [unionOf(forms)];
}

/** A union without doubles; one that allows anything is no restriction at all. */
function unionOf(forms: readonly NormalSchema[]): NormalSchema {
  const flat = forms.flatMap((form) =>
    isObject(form) && Object.keys(form).length === 1 && isForms(form["oneOf"])
      ? form["oneOf"]
      : [form],
  );
  if (flat.some(isUnrestricted)) return {};
  const possible = flat.filter((form) => form !== false);
  if (possible.length === 0) return false;
  const distinct = [...new Map(possible.map((form) => [JSON.stringify(form), form])).values()];
  const [first] = distinct;
  return distinct.length === 1 && first !== undefined ? first : { oneOf: distinct };
}

function isForms(value: JsonValue | undefined): value is JsonObject[] {
  return Array.isArray(value);
}

/** Whether a schema in normal form allows every value. */
export function isUnrestricted(form: NormalSchema): boolean {
  return form === true || (isObject(form) && Object.keys(form).length === 0);
}

/** An intersection: parts that say nothing are left out, and plain objects that agree about properties become one. */
function intersectionOf(forms: readonly NormalSchema[]): NormalSchema {
  const flat = forms.flatMap((form) =>
    isObject(form) && isForms(form["allOf"]) ? form["allOf"] : [form],
  );
  if (flat.includes(false)) return false;
  const telling = withoutVague(allInt64(flat.filter((form) => !isUnrestricted(form))));
  const merged = mergeObjects([
    ...new Map(telling.map((form) => [JSON.stringify(form), form])).values(),
  ]);
  const [first] = merged;
  if (first === undefined) return {};
  return merged.length === 1 ? first : { allOf: [...merged] };
}

/** `string` beside an enum of strings, and `object` beside one with properties, only repeat what the other says. */
function withoutVague(forms: readonly NormalSchema[]): readonly NormalSchema[] {
  if (forms.length < 2) return forms;
  const precise = forms.filter((form) => !isVague(form));
  return precise.length === 0 ? forms.slice(0, 1) : precise;
}

/** One part of `allOf` can have the format and another the values. */
function allInt64(forms: readonly NormalSchema[]): readonly NormalSchema[] {
  const plain = JSON.stringify(INT64_FORM);
  if (!forms.some((form) => JSON.stringify(form) === plain)) return forms;
  const told = forms.map((form) =>
    isObject(form) && Array.isArray(form["enum"])
      ? literalsForm(form["enum"] as (string | number | boolean)[], true)
      : form,
  );
  const isNarrowed = told.some((form) => isInt64Form(form) && form["values"] !== undefined);
  return isNarrowed ? told.filter((form) => JSON.stringify(form) !== plain) : told;
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

function mergeObjects(forms: readonly NormalSchema[]): readonly NormalSchema[] {
  const merged: NormalSchema[] = [];
  let object: JsonObject | undefined;
  for (const form of forms) {
    if (!isPlainObject(form)) merged.push(form);
    else if (object === undefined) object = form;
    else if (agree(object, form)) object = joined(object, form);
    else merged.push(form);
  }
  return object === undefined ? merged : [...merged, object];
}

function isPlainObject(form: NormalSchema): form is JsonObject {
  return (
    isObject(form) &&
    Object.keys(form).every((key) => key === "properties" || key === "required") &&
    objectMember(form, "properties") !== undefined
  );
}

/** Whether what stands in both objects is the same in both; only whether it is required may differ. */
function agree(left: JsonObject, right: JsonObject): boolean {
  const known = objectMember(left, "properties");
  return sortedEntries(objectMember(right, "properties")).every(([name, form]) => {
    const other = member(known, name);
    return other === undefined || JSON.stringify(other) === JSON.stringify(form);
  });
}

function joined(left: JsonObject, right: JsonObject): JsonObject {
  const entries = [left, right].flatMap((form) =>
    Object.entries(objectMember(form, "properties") ?? {}),
  );
  const required = [...stringsMember(left, "required"), ...stringsMember(right, "required")];
  return { properties: Object.fromEntries(entries), required: [...new Set(required)] };
}

function withOuter(scope: Scope, properties: ReadonlyMap<string, PlacedSchema>): Scope {
  return properties.size === 0
    ? scope
    : { ...scope, outer: new Map([...scope.outer, ...properties]) };
}

/* ------------------------------------------------------------------ own shapes */

/** What a schema says by itself, or `undefined` where only its composition speaks. */
function ownForm(schema: JsonObject, pointer: string, scope: Scope): NormalSchema | undefined {
  const values = literalValues(schema);
  if (values !== undefined) return literalsForm(values, scope.int64 && hasInt64Format(schema));
  const types = typesOf(schema);
  if (types.length === 0) return undefined;
  return unionOf(types.map((type) => formOfType(type, schema, pointer, scope)));
}

/** The values of `enum` or `const`, where all are of types that TypeScript has literals for. Null is dealt with above. */
function literalValues(schema: JsonObject): readonly (string | number | boolean)[] | undefined {
  const constant = member(schema, "const");
  const listed = constant === undefined ? arrayMember(schema, "enum") : [constant];
  const values = [...new Set(listed.filter((value) => value !== null))];
  if (values.length === 0) return undefined;
  return values.every((value) => typeof value !== "object") ? values : undefined;
}

function literalsForm(
  values: readonly (string | number | boolean)[],
  isInt64: boolean,
): NormalSchema {
  const integers = isInt64 ? values.filter((value) => Number.isInteger(value)) : [];
  if (integers.length === 0) return { enum: [...values] };
  const others = values.filter((value) => !integers.includes(value));
  return unionOf([int64Literals(integers), others.length > 0 && { enum: [...others] }]);
}

function typesOf(schema: JsonObject): readonly string[] {
  const written = writtenTypes(schema).filter(
    (type): type is string => typeof type === "string" && type !== "null",
  );
  if (written.length > 0) return [...new Set(written)];
  // A flag under `required`, a common slip, says nothing about the type.
  if (Array.isArray(member(schema, "required"))) return ["object"];
  const objects = ["properties", "additionalProperties", "patternProperties", "propertyNames"];
  if (objects.some((keyword) => isSchema(member(schema, keyword)))) return ["object"];
  if (["items", "prefixItems"].some((keyword) => member(schema, keyword) !== undefined))
    return ["array"];
  return isBinary(schema) ? ["string"] : [];
}

function formOfType(type: string, schema: JsonObject, pointer: string, scope: Scope): NormalSchema {
  switch (type) {
    case "string":
      return scope.files && isBinary(schema)
        ? { type: "string", format: "binary" }
        : { type: "string" };
    case "number":
    case "integer":
      return scope.int64 && hasInt64Format(schema) ? INT64_FORM : { type: "number" };
    case "boolean":
      return { type: "boolean" };
    case "array":
      return arrayForm(schema, pointer, scope);
    case "object":
      return objectForm(schema, pointer, scope);
    default:
      return {};
  }
}

/** A property or item stands alone: what is required around it, or built upon there, does not concern it. */
function alone(scope: Scope): Scope {
  if (scope.outer.size === 0 && scope.bases.size === 0) return scope;
  return { ...scope, outer: new Map(), bases: new Set() };
}

function arrayForm(schema: JsonObject, pointer: string, scope: Scope): NormalSchema {
  const inner = alone(scope);
  const items = member(schema, "items");
  const prefix = arrayMember(schema, "prefixItems").map((item, index) =>
    memberForm(item, `${pointer}/prefixItems/${index}`, inner),
  );
  if (prefix.length > 0 && !isObject(items))
    return { type: "array", prefixItems: prefix as JsonValue[] };
  // What follows a tuple has no words in openapi-typescript: then any item may stand anywhere.
  return {
    type: "array",
    items: unionOf([...prefix, memberForm(items ?? {}, `${pointer}/items`, inner)]),
  };
}

function objectForm(schema: JsonObject, pointer: string, scope: Scope): NormalSchema {
  const properties = objectProperties(schema, pointer, scope);
  const required = properties.filter(([, , isRequired]) => isRequired).map(([name]) => name);
  const additional = additionalForm(schema, pointer, alone(scope), properties.length > 0);
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
  schema: JsonObject,
  pointer: string,
  scope: Scope,
): readonly PropertyForm[] {
  const required = new Set(stringsMember(schema, "required"));
  const own = new Map<string, PlacedSchema>(
    sortedEntries(objectMember(schema, "properties")).flatMap(([name, value]) =>
      isSchema(value)
        ? [[name, { schema: value, pointer: childPointer(pointer, "properties", name) }] as const]
        : [],
    ),
  );
  for (const name of required) {
    if (!own.has(name)) own.set(name, scope.outer.get(name) ?? additionalProperty(schema, pointer));
  }
  for (const [name, placed] of namedByPattern(schema, pointer))
    if (!own.has(name)) own.set(name, placed);
  return [...own]
    .filter(([, placed]) => travels(placed.schema, scope))
    .map(([name, placed]): PropertyForm => [
      name,
      described(normalForm(placed, alone(scope)), placed.pointer),
      required.has(name),
    ])
    .sort((left, right) => Number(right[2]) - Number(left[2]) || compareText(left[0], right[0]));
}

/** What a property is that only `required` names. */
function additionalProperty(schema: JsonObject, pointer: string): PlacedSchema {
  const value = member(schema, "additionalProperties");
  return isSchema(value) && value !== false
    ? { schema: value, pointer: `${pointer}/additionalProperties` }
    : { schema: true, pointer: "" };
}

/** `propertyNames` with an enum lists the keys of a map. */
function namedByPattern(
  schema: JsonObject,
  pointer: string,
): readonly (readonly [string, PlacedSchema])[] {
  const names = stringsMember(member(schema, "propertyNames"), "enum");
  const value = member(schema, "additionalProperties");
  return isSchema(value)
    ? names.map(
        (name) => [name, { schema: value, pointer: `${pointer}/additionalProperties` }] as const,
      )
    : [];
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

function additionalForm(
  schema: JsonObject,
  pointer: string,
  scope: Scope,
  hasProperties: boolean,
): NormalSchema | undefined {
  const patterns = sortedEntries(objectMember(schema, "patternProperties")).map(
    ([pattern, value]) =>
      memberForm(value, childPointer(pointer, "patternProperties", pattern), scope),
  );
  const written = member(schema, "additionalProperties");
  const listed = stringsMember(member(schema, "propertyNames"), "enum").length > 0;
  if (written === false || listed) return patterns.length === 0 ? undefined : unionOf(patterns);
  if (written === undefined && (hasProperties || patterns.length > 0))
    return patterns.length === 0 ? undefined : unionOf(patterns);
  return unionOf([
    memberForm(written ?? {}, `${pointer}/additionalProperties`, scope),
    ...patterns,
  ]);
}
