import { arrayMember, isObject, member, stringMember } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { isBinary, isSchema } from "../resolve/media-types.js";
import { propertiesOf } from "../resolve/properties.js";
import type { PlacedSchema } from "../resolve/resolved-api.js";
import { impliedType } from "../resolve/schema-keywords.js";
import { arrayForm } from "./array-form.js";
import { discriminatorValue } from "./discriminators.js";
import {
  ANYTHING,
  intersectionOf,
  isUnrestricted,
  NULL,
  unionOf,
  type NormalSchema,
} from "./forms.js";
import { hasInt64Format, INT64_FORM } from "./int64.js";
import { kindsOfValues, valuesForm } from "./literals.js";
import { conditionalProperties, objectForm } from "./object-form.js";
import { allowsNull, isOnlyNull, meansNull, writtenTypes } from "./null.js";
import { keyForm, literalForm, referenceForm } from "./reference-form.js";
import { alone, formAt, withOuter, type Scope } from "./scope.js";

/** The normal form of a named schema itself: a member of a family has the values of its discriminating properties. */
export function namedSchemaForm(key: string, placed: PlacedSchema, scope: Scope): NormalSchema {
  const membership = scope.families.memberships.get(key);
  if (membership === undefined) return writtenForm(placed, scope);
  return intersectionOf([
    writtenForm(placed, { ...scope, bases: membership.heads }),
    ...membership.values.map((value) => literalForm(value, scope)),
  ]);
}

/** Brings a schema into normal form; where that has a name, it is a reference to it. */
export function normalForm(placed: PlacedSchema, scope: Scope): NormalSchema {
  const key = scope.api.schemaKeys.get(placed.pointer);
  // What stands beside a $ref has the pointer of the whole.
  const isWhole = key !== undefined && scope.api.schemas.get(key)?.schema === placed.schema;
  return isWhole ? keyForm(key, scope) : writtenForm(placed, scope);
}

/** The normal form of what a schema says, whether or not that has a name. */
export function writtenForm({ schema, pointer }: PlacedSchema, scope: Scope): NormalSchema {
  if (typeof schema === "boolean") return schema ? ANYTHING : false;
  if (scope.api.decodedSchemas.has(pointer)) return contentForm(schema, pointer, scope);
  if (isOnlyNull(schema)) return NULL;
  const isReference = stringMember(schema, "$ref") !== undefined;
  const form = isReference
    ? referenceForm(schema, pointer, scope, normalForm)
    : composedForm(schema, pointer, scope);
  return allowsNull(schema) ? unionOf([form, NULL]) : form;
}

/** What a text holds; without `contentSchema`, that is any JSON (JSON Schema 2020-12, validation, 8.5). */
function contentForm(schema: JsonObject, pointer: string, scope: Scope): NormalSchema {
  const content = member(schema, "contentSchema");
  return formAt(content, `${pointer}/contentSchema`, alone(scope), normalForm);
}

/* ---------------------------------------------------------------- compositions */

function composedForm(schema: JsonObject, pointer: string, scope: Scope): NormalSchema {
  // Everything is excluded; a smaller exclusion has no type.
  if (excludesAll(member(schema, "not"))) return false;
  const inner = withOuter(scope, propertiesOf(scope.api.document, { schema, pointer }));
  const parts = arrayMember(schema, "allOf").map((part, index) =>
    formAt(part, `${pointer}/allOf/${index}`, inner, normalForm),
  );
  const unions = (["oneOf", "anyOf"] as const).flatMap((keyword) =>
    unionForm(schema, keyword, pointer, inner),
  );
  const condition = conditionForm(schema, pointer, inner);
  const own = ownForm(schema, pointer, inner, isUnrestricted(condition));
  return intersectionOf([...(own === undefined ? [] : [own]), ...parts, ...unions, condition]);
}

/** Whether a `not` leaves no value. */
export function excludesAll(excluded: JsonValue | undefined): boolean {
  return excluded === true || (isObject(excluded) && Object.keys(excluded).length === 0);
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
    if (meansNull(value)) return NULL;
    const form = formAt(value, `${pointer}/${keyword}/${index}`, scope, normalForm);
    const told = isSchema(value) ? discriminatorValue(scope.api, schema, value) : undefined;
    if (told === undefined) return form;
    return intersectionOf([form, literalForm(told, scope)]);
  });
  return [unionOf(forms)];
}

/** `if`, `then` and `else`: one of two types; anything where one of the two says nothing. */
function conditionForm(schema: JsonObject, pointer: string, scope: Scope): NormalSchema {
  if (!isSchema(member(schema, "if"))) return ANYTHING;
  const branch = (keyword: string): NormalSchema =>
    formAt(member(schema, keyword), `${pointer}/${keyword}`, scope, normalForm);
  const [condition, consequence, alternative] = [branch("if"), branch("then"), branch("else")];
  if ([consequence, alternative].some((form) => form === false || isUnrestricted(form)))
    return ANYTHING;
  return unionOf([intersectionOf([condition, consequence]), alternative]);
}

/* ------------------------------------------------------------------ own shapes */

/** What a schema says by itself, or `undefined` where only its composition speaks. */
function ownForm(
  schema: JsonObject,
  pointer: string,
  scope: Scope,
  hasConditional: boolean,
): NormalSchema | undefined {
  const values = valuesForm(schema, scope.int64 && hasInt64Format(schema));
  if (values !== undefined) return values;
  const types = typesOf(schema);
  if (types.length === 0) return kindsOfValues(schema);
  return unionOf(types.map((type) => formOfType(type, schema, pointer, scope, hasConditional)));
}

/** The types that a schema names, without null, or the one that its keywords imply. */
export function typesOf(schema: JsonObject): readonly string[] {
  const written = writtenTypes(schema).filter(
    (type): type is string => typeof type === "string" && type !== "null",
  );
  if (written.length > 0) return [...new Set(written)];
  const implied = impliedType(schema) ?? (isBinary(schema) ? "string" : undefined);
  return implied === undefined ? [] : [implied];
}

function formOfType(
  type: string,
  schema: JsonObject,
  pointer: string,
  scope: Scope,
  hasConditional: boolean,
): NormalSchema {
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
      return arrayForm(schema, pointer, scope, normalForm);
    case "object":
      return objectForm(
        schema,
        pointer,
        scope,
        normalForm,
        hasConditional ? conditionalProperties(schema, pointer, scope) : new Map(),
      );
    default:
      return ANYTHING;
  }
}
