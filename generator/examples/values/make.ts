import { isObject } from "../../document/json.js";
import type { JsonObject, JsonValue } from "../../document/source.js";
import { impliedType } from "../../resolve/schema-keywords.js";
import { isBinary } from "../../resolve/media-types.js";
import type { PlacedSchema } from "../../resolve/resolved-api.js";
import { makeArray } from "./arrays.js";
import { documentedExamples } from "./documented.js";
import { MOST_LEVELS, type Making } from "./making.js";
import { numberOf } from "./numbers.js";
import { makeObject } from "./objects.js";
import { alternatives, stated, type Alternative, type Part } from "./parts.js";
import { textOf } from "./texts.js";
import { numberLimits, numberMember } from "./limits.js";
import { isValid } from "./validity.js";

/** The most ways to choose from the unions of a schema that are tried. */
const MOST_ALTERNATIVES = 20;

/**
 * A value that satisfies schemas all at once: what the document gives as an example, allows as the only or first one
 * or takes as the default, otherwise one that is made of types and limits. What the document gives counts only where
 * it is valid. Where no value is found that holds in everything, the first that was made; `undefined` without any.
 *
 * @param name what has the value is called: texts go with it
 */
export function makeValue(
  schemas: readonly PlacedSchema[],
  name: string,
  making: Making,
): JsonValue | undefined {
  const { run, known, around } = making;
  const key = keyOf(schemas, making);
  const found = known.get(key);
  // What is known already costs as much as before, so that no example depends on which others were made.
  const isSame =
    found !== undefined &&
    found.tries <= run.left &&
    !found.passed.some((pointer) => around.includes(pointer));
  if (isSame) {
    run.passed.push(...found.passed);
    run.left -= found.tries;
    return found.value;
  }
  const { turns, left, passed } = { ...run, passed: run.passed.length };
  const value = soughtValue(schemas, name, making);
  // Of other values the name may have decided something.
  if (isObject(value) && run.turns === turns)
    known.set(key, { value, passed: run.passed.slice(passed), tries: left - run.left });
  return value;
}

function keyOf(schemas: readonly PlacedSchema[], { input, isWhole, depth }: Making): string {
  const places = schemas.map(({ schema, pointer }) => pointer || JSON.stringify(schema)).join(" ");
  return `${input ? "in" : "out"} ${isWhole ? "whole" : "short"} ${depth} ${places}`;
}

function soughtValue(
  schemas: readonly PlacedSchema[],
  name: string,
  making: Making,
): JsonValue | undefined {
  const { run } = making;
  let first: JsonValue | undefined;
  let count = 0;
  for (const alternative of alternatives(schemas, making)) {
    run.left -= 1;
    count += 1;
    if (count > MOST_ALTERNATIVES || making.depth > MOST_LEVELS || run.left < 0) {
      run.turns += 1;
      break;
    }
    run.passed.push(...alternative.passed);
    const given = givenValue(alternative, schemas, making);
    if (given !== undefined) return given;
    const value = madeValue(alternative, name, making);
    if (value !== undefined && (isSure(value, alternative) || fits(value, schemas, making)))
      return value;
    first ??= value;
  }
  return first ?? (fits(null, schemas, making) ? null : undefined);
}

function fits(value: JsonValue, schemas: readonly PlacedSchema[], making: Making): boolean {
  return schemas.every(({ schema }) => isValid(value, schema, making));
}

/** Whether a value is valid because of how it was made: of parts that are, by keywords that were all looked at. */
function isSure(value: JsonValue, { parts, isChosen }: Alternative): boolean {
  return typeof value === "object" && !isChosen && parts.every(({ schema }) => isPlain(schema));
}

/** Keywords of objects and arrays that nothing is made by. */
const UNHEEDED: readonly string[] = [
  "not",
  "if",
  "dependentRequired",
  "maxProperties",
  "propertyNames",
  "uniqueItems",
];

function isPlain(schema: JsonObject): boolean {
  return UNHEEDED.every((keyword) => !Object.hasOwn(schema, keyword));
}

/** What the document itself gives, where that is valid. */
function givenValue(
  { parts }: Alternative,
  schemas: readonly PlacedSchema[],
  making: Making,
): JsonValue | undefined {
  return givenValues(parts, making).find((value) => value !== null && fits(value, schemas, making));
}

function madeValue(
  { parts, passed }: Alternative,
  name: string,
  making: Making,
): JsonValue | undefined {
  const inner = { ...making, around: [...making.around, ...passed] };
  // No value of another kind can be one of those that are listed, valid or not; and types name these.
  const [listed] = [...stated(parts, "const"), ...stated(parts, "enum").flat()];
  if (listed !== undefined && listed !== null) return listed;
  for (const type of typesOf(parts)) {
    const value = valueOfType(type, parts, name, inner);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** In the order in which they count. */
function givenValues(parts: readonly Part[], { api }: Making): readonly JsonValue[] {
  return [
    ...parts.flatMap(({ schema }) => documentedExamples(api.document, schema)),
    ...stated(parts, "const"),
    ...stated(parts, "enum").flat(),
    ...stated(parts, "default"),
  ];
}

/** The types that all parts allow, null last; without any, that of which they say something. */
function typesOf(parts: readonly Part[]): readonly JsonValue[] {
  const lists = stated(parts, "type").map((type) => [type].flat());
  const [first = [], ...others] = lists;
  const allowed = first.filter((type) => others.every((list) => list.includes(type)));
  if (allowed.length > 0)
    return [...allowed.filter(isNoNull), ...allowed.filter((type) => !isNoNull(type))];
  const implied = parts.map(({ schema }) => impliedType(schema)).find((type) => type !== undefined);
  return [implied ?? "string"];
}

function isNoNull(type: JsonValue): boolean {
  return type !== "null" && type !== null;
}

function valueOfType(
  type: JsonValue,
  parts: readonly Part[],
  name: string,
  making: Making,
): JsonValue | undefined {
  switch (type) {
    case "object":
      return makeObject(parts, making, makeValue);
    case "array":
      return makeArray(parts, name, making, makeValue);
    case "integer":
    case "number":
      return makeNumber(parts, type === "integer");
    case "boolean":
      return true;
    case "null":
    case null:
      return null;
    default:
      return makeText(parts, name);
  }
}

function makeNumber(parts: readonly Part[], isInteger: boolean): number {
  const limits = parts.map(({ schema }) => numberLimits(schema));
  const all = {
    minimum: Math.max(...limits.map(({ minimum }) => minimum)),
    maximum: Math.min(...limits.map(({ maximum }) => maximum)),
    above: Math.max(...limits.map(({ above }) => above)),
    below: Math.min(...limits.map(({ below }) => below)),
    step: limits.map(({ step }) => step).find((step) => step !== undefined),
  };
  return numberOf(all, isInteger);
}

function makeText(parts: readonly Part[], name: string): string {
  const format = stated(parts, "format").find((value) => typeof value === "string");
  return textOf(name, {
    format: parts.some(({ schema }) => isBinary(schema)) ? "binary" : format,
    patterns: stated(parts, "pattern").filter((value) => typeof value === "string"),
    minLength: Math.max(0, ...parts.map(({ schema }) => numberMember(schema, "minLength") ?? 0)),
    maxLength: Math.min(
      ...parts.map(({ schema }) => numberMember(schema, "maxLength") ?? Infinity),
    ),
  });
}

/** Makes the values inside of others. */
export type MakeValue = typeof makeValue;
