import { sortedEntries, stringMember } from "../document/json.js";
import { resolvePointer } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import { isSchema } from "../resolve/media-types.js";
import { narrowingKeywords } from "../resolve/named-schemas.js";
import { propertiesOf } from "../resolve/properties.js";
import { referenceTarget } from "../resolve/references.js";
import type { ResolvedApi } from "../resolve/resolved-api.js";
import type { DiscriminatorValue } from "./discriminators.js";
import {
  ANYTHING,
  intersectionOf,
  literalsForm,
  referenceToKey,
  unionOf,
  type NormalSchema,
} from "./forms.js";
import { withOuter, type FormOf, type Scope } from "./scope.js";

/** What decides which of its types a named schema has. */
export type Use = Pick<Scope, "input" | "files">;

/** The key under which openapi-typescript sees a type of a named schema: no name of a document reaches it. */
export function schemaKey(api: ResolvedApi, key: string, { input, files }: Use): string {
  const ending =
    files && api.formSchemas.has(key) ? "f" : input && api.directedSchemas.has(key) ? "i" : "";
  return `S${api.schemas.get(key)?.index ?? 0}${ending}`;
}

/** What a `$ref` leads to, narrowed by what stands beside it; OpenAPI 3.0 ignores that (3.0.4, 4.7.23). */
export function referenceForm(
  schema: JsonObject,
  pointer: string,
  scope: Scope,
  formOf: FormOf,
): NormalSchema {
  const form = targetForm(stringMember(schema, "$ref") ?? "", scope, formOf);
  const narrowing = new Set(narrowingKeywords(schema));
  narrowing.delete("nullable");
  if (scope.api.dialect === "3.0" || narrowing.size === 0) return form;
  const beside = Object.fromEntries(sortedEntries(schema).filter(([key]) => narrowing.has(key)));
  const known = propertiesOf(scope.api.document, { schema, pointer });
  return intersectionOf([form, formOf({ schema: beside, pointer }, withOuter(scope, known))]);
}

/** What a reference leads to: a named schema, or a scalar, perhaps by way of other references. */
function targetForm(reference: string, scope: Scope, formOf: FormOf): NormalSchema {
  const seen = new Set<string>();
  for (let target = referenceTarget(reference); !seen.has(target);) {
    const key = scope.api.schemaKeys.get(target);
    if (key !== undefined) return keyForm(key, scope);
    seen.add(target);
    const schema = resolvePointer(scope.api.document, target);
    const next = stringMember(schema, "$ref");
    if (next === undefined)
      return isSchema(schema) ? formOf({ schema, pointer: target }, scope) : ANYTHING;
    target = referenceTarget(next);
  }
  return ANYTHING;
}

/** A reference to a named schema; that to the head of a family means any of its members. */
export function keyForm(key: string, scope: Scope): NormalSchema {
  const { members, headValues } = scope.families;
  const reference = (found: string): NormalSchema =>
    referenceToKey(schemaKey(scope.api, found, scope));
  const family = scope.bases.has(key) ? undefined : members.get(key);
  if (family === undefined) return reference(key);
  const own = headValues.get(key);
  return unionOf(
    family.map((found) =>
      found === key && own !== undefined
        ? intersectionOf([reference(found), literalForm(own, scope)])
        : reference(found),
    ),
  );
}

/** The values that a discriminating property has. */
export function literalForm(
  { property, values, isInt64 }: DiscriminatorValue,
  scope: Scope,
): NormalSchema {
  const form = literalsForm(values, isInt64 && scope.int64);
  return { properties: { [property]: form }, required: [property] };
}
