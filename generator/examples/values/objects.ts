import {
  compareText,
  isObject,
  member,
  objectMember,
  sortedEntries,
  stringMember,
  stringsMember,
} from "../../document/json.js";
import { childPointer } from "../../document/pointer.js";
import type { JsonObject, JsonValue } from "../../document/source.js";
import { setMember } from "../../document/json.js";
import { isSchema } from "../../resolve/media-types.js";
import { follow } from "../../resolve/references.js";
import type { PlacedSchema } from "../../resolve/resolved-api.js";
import { hasExample } from "./documented.js";
import type { MakeValue } from "./make.js";
import { inside, type Making } from "./making.js";
import type { Part } from "./parts.js";
import { readPattern, textOfPattern } from "./pattern.js";
import { travels } from "./travels.js";
import { numberMember } from "./limits.js";

/** How many members the outermost object shows at most, beyond those that it has to have, and how many any other. */
const WHOLE_WIDTH = 8;
const CALL_WIDTH = 3;
const INNER_WIDTH = 1;

/** Deeper than this, an object has only what it has to have. */
const DEEPEST_OPTIONAL = 3;

/**
 * An object with all members that it has to have, and as many others as are worth showing: those with an example, and
 * otherwise the simplest ones, where nothing else would be left.
 */
export function makeObject(
  parts: readonly Part[],
  making: Making,
  makeValue: MakeValue,
): JsonValue | undefined {
  const properties = propertiesOf(parts, making);
  const required = new Set(parts.flatMap(({ schema }) => stringsMember(schema, "required")));
  const needed = [...required]
    .sort(compareText)
    .filter((name) => !isHidden(properties.get(name), making));
  const made: JsonObject = {};
  const inner = inside(making);
  for (const name of needed) {
    const value = makeValue(properties.get(name) ?? othersOf(parts), name, inner);
    if (value === undefined) return undefined;
    setMember(made, name, value);
  }
  addOptional(made, parts, properties, making, makeValue);
  return made;
}

type Properties = ReadonlyMap<string, readonly PlacedSchema[]>;

/** What the value of each property has to satisfy. */
function propertiesOf(parts: readonly Part[], making: Making): Properties {
  const found = new Map<string, PlacedSchema[]>();
  for (const { schema, pointer } of parts) {
    for (const [name, value] of sortedEntries(objectMember(schema, "properties"))) {
      if (!isSchema(value)) continue;
      const placed = { schema: value, pointer: childPointer(pointer, "properties", name) };
      found.set(name, [...(found.get(name) ?? []), placed]);
    }
    for (const name of listedNames(schema, making))
      if (!found.has(name)) found.set(name, othersOf([{ schema, pointer }]).slice());
  }
  return found;
}

/** `propertyNames` with an enum lists the keys of a map. */
function listedNames(schema: JsonObject, { api }: Making): readonly string[] {
  const names = follow(api.document, member(schema, "propertyNames"), "")?.value;
  const constant = stringMember(names, "const");
  return constant === undefined ? stringsMember(names, "enum") : [constant];
}

function isHidden(schemas: readonly PlacedSchema[] | undefined, making: Making): boolean {
  return schemas?.some(({ schema }) => !travels(schema, making)) === true;
}

/** What members have to satisfy that are no properties. */
function othersOf(parts: readonly Part[]): readonly PlacedSchema[] {
  return parts.flatMap(({ schema, pointer }) => {
    const value = member(schema, "additionalProperties");
    return isSchema(value) && value !== false
      ? [{ schema: value, pointer: `${pointer}/additionalProperties` }]
      : [];
  });
}

/* --------------------------------------------------------------------- optional members */

function addOptional(
  made: JsonObject,
  parts: readonly Part[],
  properties: Properties,
  making: Making,
  makeValue: MakeValue,
): void {
  const width = widthOf(making);
  const least = leastMembers(parts);
  if (Object.keys(made).length >= Math.max(least, width)) return;
  const candidates = [...properties]
    .filter(([name, schemas]) => !Object.hasOwn(made, name) && !isHidden(schemas, making))
    .map(([name, schemas]) => ({ name, schemas, rank: rankOf(schemas, making) }))
    .sort((left, right) => left.rank - right.rank || compareText(left.name, right.name));
  const inner = inside(making);
  const isEmpty = Object.keys(made).length === 0;
  for (const { name, schemas, rank } of candidates) {
    const size = Object.keys(made).length;
    if (size >= least && !(size < width && isWorthShowing(rank, isEmpty, making))) break;
    const value = makeValue(schemas, name, inner);
    if (value !== undefined) setMember(made, name, value);
  }
  addOthers(made, parts, least, properties.size > 0, inner, makeValue);
}

function leastMembers(parts: readonly Part[]): number {
  return Math.max(0, ...parts.map(({ schema }) => numberMember(schema, "minProperties") ?? 0));
}

const DEPRECATED = 5;

/** The lower, the more a reader has of it: with an example, then scalars, then lists, then objects; deprecated ones last. */
function rankOf(schemas: readonly PlacedSchema[], { api }: Making): number {
  const targets = schemas.map(
    ({ schema, pointer }) => follow(api.document, schema, pointer)?.value ?? {},
  );
  const says = (keyword: string): boolean =>
    targets.some((target) => member(target, keyword) !== undefined);
  if (schemas.some(({ schema }) => member(schema, "deprecated") === true)) return DEPRECATED;
  if (schemas.some(({ schema }) => isObject(schema) && hasExample(schema))) return 0;
  if (targets.some(hasExample)) return 1;
  if (says("properties") || says("allOf") || says("additionalProperties")) return 4;
  return says("items") ? 3 : 2;
}

/** Below this rank, a member is shown beside others that have to be there, too. */
const WITH_EXAMPLE = 2;

function isWorthShowing(rank: number, isEmpty: boolean, { depth, isWhole }: Making): boolean {
  return rank < DEPRECATED && (rank < WITH_EXAMPLE || isEmpty || (isWhole && depth === 0));
}

function widthOf({ depth, isWhole }: Making): number {
  if (depth > DEEPEST_OPTIONAL) return 0;
  return depth > 0 ? INNER_WIDTH : isWhole ? WHOLE_WIDTH : CALL_WIDTH;
}

/** Members of a map: one where there would be none, or as many as there have to be. */
function addOthers(
  made: JsonObject,
  parts: readonly Part[],
  least: number,
  hasProperties: boolean,
  making: Making,
  makeValue: MakeValue,
): void {
  const map = mapOf(parts);
  const wanted = Math.max(least, hasProperties || making.depth > DEEPEST_OPTIONAL ? 0 : 1);
  if (map === undefined) return;
  for (let index = 0; Object.keys(made).length < wanted && index < wanted; index += 1) {
    const value = makeValue(map.schemas, "value", making);
    if (value !== undefined)
      setMember(made, index === 0 ? map.key : `${map.key}${index + 1}`, value);
  }
}

/** A key that is no property, and what the value of it has to satisfy. */
function mapOf(
  parts: readonly Part[],
): { readonly key: string; readonly schemas: readonly PlacedSchema[] } | undefined {
  const [pattern] = parts.flatMap(({ schema, pointer }) =>
    sortedEntries(objectMember(schema, "patternProperties")).map(([key, value]) => ({
      key,
      value,
      pointer,
    })),
  );
  const schemas = othersOf(parts);
  if (pattern === undefined || !isSchema(pattern.value))
    return schemas.length === 0 ? undefined : { key: "key", schemas };
  const read = readPattern(pattern.key);
  const key = read && textOfPattern(read);
  const place = childPointer(pattern.pointer, "patternProperties", pattern.key);
  return key === undefined
    ? undefined
    : { key, schemas: [{ schema: pattern.value, pointer: place }] };
}
