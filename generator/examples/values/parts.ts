import { arrayMember, isObject, member, stringMember } from "../../document/json.js";
import { referenceTo, resolvePointer } from "../../document/pointer.js";
import type { JsonObject, JsonValue } from "../../document/source.js";
import { isSchema } from "../../resolve/media-types.js";
import { referenceTarget } from "../../resolve/references.js";
import type { PlacedSchema, Schema } from "../../resolve/resolved-api.js";
import { discriminatorValue, type DiscriminatorValue } from "../../types/discriminators.js";
import { isOnlyNull, meansNull } from "../../types/null.js";
import type { Making } from "./making.js";

/** A schema without its compositions, and where it stands. */
export interface Part {
  readonly schema: JsonObject;
  readonly pointer: string;
}

/** What a value has to satisfy all at once, with one member chosen of each union. */
export interface Alternative {
  readonly parts: readonly Part[];
  /** Pointers of the schemas that were referred to on the way. */
  readonly passed: readonly string[];
  /** Whether a member of a union was chosen. */
  readonly isChosen: boolean;
}

interface Walk extends Alternative {
  readonly waiting: readonly PlacedSchema[];
}

/**
 * The ways to satisfy schemas: each joins what they refer to and what their `allOf` has, and chooses from each union,
 * what is not null first. They are found one by one, for there may be a great many.
 */
export function alternatives(
  schemas: readonly PlacedSchema[],
  making: Making,
): Generator<Alternative> {
  const named = schemas.filter(({ pointer }) => making.api.schemaKeys.has(pointer));
  const passed = named.map(({ pointer }) => pointer);
  return walk({ waiting: schemas, parts: [], passed, isChosen: false }, making);
}

function* walk(start: Walk, making: Making): Generator<Alternative> {
  let { waiting, parts, passed } = start;
  const { isChosen } = start;
  for (;;) {
    const [next, ...others] = waiting;
    if (next === undefined) break;
    waiting = others;
    const { schema, pointer } = meant(next, making);
    if (schema === true) continue;
    if (schema === false) return;
    const target = targetOf(schema, making);
    if (target !== undefined && making.around.includes(target.pointer)) {
      making.run.turns += 1;
      return;
    }
    if (target !== undefined && passed.includes(target.pointer)) continue;
    if (target !== undefined) passed = [...passed, target.pointer];
    const members = target === undefined ? [] : familyOf(target.pointer, passed, making);
    if (members.length > 0) {
      for (const one of members)
        yield* walk({ waiting: [one, ...waiting], parts, passed, isChosen: true }, making);
      return;
    }
    const inside = [...(target === undefined ? [] : [target]), ...joinedBy(next, making)];
    const own = ownPart(schema, pointer, making);
    parts = own === undefined ? parts : [...parts, own];
    const choices = unionsOf(schema, pointer, making);
    waiting = [...inside, ...waiting];
    if (choices.length > 0) {
      for (const chosen of combined(choices))
        yield* walk({ waiting: [...chosen, ...waiting], parts, passed, isChosen: true }, making);
      return;
    }
  }
  yield { parts, passed, isChosen };
}

/** Of a text that the runtime decodes, what it holds. */
function meant(placed: PlacedSchema, { api }: Making): PlacedSchema {
  if (!api.decodedSchemas.has(placed.pointer)) return placed;
  const content = member(placed.schema, "contentSchema");
  return {
    schema: isSchema(content) ? content : true,
    pointer: `${placed.pointer}/contentSchema`,
  };
}

function targetOf(schema: JsonObject, { api }: Making): PlacedSchema | undefined {
  const reference = stringMember(schema, "$ref");
  if (reference === undefined) return undefined;
  const pointer = referenceTarget(reference);
  const value = resolvePointer(api.document, pointer);
  return { schema: isSchema(value) ? value : true, pointer };
}

/** What a schema says beside a reference; OpenAPI 3.0 ignores that (3.0.4, 4.7.23). */
function ownPart(schema: JsonObject, pointer: string, { api }: Making): Part | undefined {
  return stringMember(schema, "$ref") !== undefined && api.dialect === "3.0"
    ? undefined
    : { schema, pointer };
}

/** `allOf`, and the values of discriminating properties that membership of a family means. */
function joinedBy(
  { schema, pointer }: PlacedSchema,
  { api, families }: Making,
): readonly PlacedSchema[] {
  const key = api.schemaKeys.get(pointer) ?? "";
  const values = families.memberships.get(key)?.values ?? [];
  return [...listed(schema, "allOf", pointer), ...values.map(withValues)];
}

/** The members of the family whose head a pointer leads to, unless one of them is being made already. */
function familyOf(
  pointer: string,
  passed: readonly string[],
  { api, families }: Making,
): readonly PlacedSchema[] {
  const keys = families.members.get(api.schemaKeys.get(pointer) ?? "") ?? [];
  const pointers = keys.flatMap((key) => api.schemas.get(key)?.pointer ?? []);
  return pointers.some((one) => one !== pointer && passed.includes(one))
    ? []
    : pointers
        .filter((one) => one !== pointer)
        .map((one) => ({ schema: { $ref: referenceTo(one) }, pointer: "" }));
}

/** The members of each union of a schema, null last. */
function unionsOf(
  schema: JsonObject,
  pointer: string,
  { api }: Making,
): readonly (readonly (readonly PlacedSchema[])[])[] {
  return (["oneOf", "anyOf"] as const).flatMap((keyword) => {
    const members = listed(schema, keyword, pointer).map((placed) => {
      const told = discriminatorValue(api, schema, placed.schema);
      return told === undefined ? [placed] : [placed, withValues(told)];
    });
    const [nulls, others] = [members.filter(isNull), members.filter((one) => !isNull(one))];
    return members.length === 0 ? [] : [[...others, ...nulls]];
  });
}

function isNull([placed]: readonly PlacedSchema[]): boolean {
  return isObject(placed?.schema) && (isOnlyNull(placed.schema) || meansNull(placed.schema));
}

function listed(schema: Schema, keyword: string, pointer: string): readonly PlacedSchema[] {
  return arrayMember(schema, keyword).flatMap((value: JsonValue, index) =>
    isSchema(value) ? [{ schema: value, pointer: `${pointer}/${keyword}/${index}` }] : [],
  );
}

function withValues({ property, values }: DiscriminatorValue): PlacedSchema {
  const properties = Object.fromEntries([[property, { enum: [...values] }]]);
  return { schema: { type: "object", properties, required: [property] }, pointer: "" };
}

/** One member of each union, in all combinations. */
function* combined(
  unions: readonly (readonly (readonly PlacedSchema[])[])[],
): Generator<readonly PlacedSchema[]> {
  const [first, ...others] = unions;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const one of first) for (const rest of combined(others)) yield [...one, ...rest];
}

/** The values that the parts have under a keyword. */
export function stated(parts: readonly Part[], keyword: string): readonly JsonValue[] {
  return parts.flatMap(({ schema }) => {
    const value = member(schema, keyword);
    return value === undefined ? [] : [value];
  });
}
