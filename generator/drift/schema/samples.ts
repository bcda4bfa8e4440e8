import { setMember } from "../../document/json.js";
import type { JsonObject, JsonValue } from "../../document/source.js";
import { accepts } from "./accepts.js";
import { itemDemand } from "./compare-items.js";
import { listedOf } from "./compare-values.js";
import { limitsOf } from "./limits.js";
import type { SchemaReader } from "./read-schema.js";
import type { Demand, Shape } from "./shape.js";
import { hasKind, KINDS, type Kind } from "./value-types.js";

/** The most values that are made up for one shape. */
const MOST_SAMPLES = 24;

/** How deep values are made up: what lies deeper is the same for all of them. */
const DEEPEST = 2;

/** The longest text and the longest array that are made up. */
const LONGEST = 300;
const LONGEST_ARRAY = 8;

/**
 * Makes up some values of one kind that a shape surely has, near its bounds where it has any. A client that keeps to
 * the document would send them: no object has properties that are not named.
 */
export function samplesOf(reader: SchemaReader, shape: Shape, kind: Kind): readonly JsonValue[] {
  const key = `${kind} ${shape.key}`;
  const known = reader.samples.get(key);
  if (known !== undefined) return known;
  const values = candidates(reader, shape, kind, 0)
    .filter((value) => accepts(reader, shape, value) === true)
    .slice(0, MOST_SAMPLES);
  reader.samples.set(key, values);
  return values;
}

function candidates(
  reader: SchemaReader,
  shape: Shape,
  kind: Kind,
  depth: number,
): readonly JsonValue[] {
  const listed = listedOf(shape, kind);
  if (listed !== undefined) return listed.slice(0, MOST_SAMPLES).map(({ value }) => value);
  switch (kind) {
    case "null":
      return [null];
    case "boolean":
      return [true, false];
    case "number":
      return numbers(shape);
    case "string":
      return lengths(shape, "string").map((length) => "a".repeat(length));
    case "array":
      return arrays(reader, shape, depth);
    case "object":
      return objects(reader, shape, depth);
  }
}

function numbers(shape: Shape): readonly JsonValue[] {
  const near = limitsOf(shape, "number").flatMap((limit) => [limit, limit - 1, limit + 1]);
  const between = shape.types.has("fraction") ? [0.5, ...near.map((number) => number + 0.5)] : [];
  return [...near, 0, 1, -1, ...between];
}

/** Lengths at which something may change. */
function lengths(shape: Shape, kind: "string" | "array"): readonly number[] {
  const near = limitsOf(shape, kind).flatMap((limit) => [limit, limit - 1, limit + 1]);
  const whole = [...near, 0, 1, 2, 5].filter((length) => length >= 0 && length <= LONGEST);
  return [...new Set(whole.map(Math.ceil))];
}

function arrays(reader: SchemaReader, shape: Shape, depth: number): readonly JsonValue[] {
  return lengths(shape, "array").flatMap((length): readonly JsonValue[] => {
    if (length === 0) return [[]];
    const items: JsonValue[] = [];
    if (length > LONGEST_ARRAY) return [];
    for (let index = 0; index < length; index += 1) {
      const choice = valuesOf(reader, itemDemand(reader, shape, index), depth + 1);
      const item = choice[index % Math.max(choice.length, 1)];
      if (item === undefined) return [];
      items.push(item);
    }
    return [items];
  });
}

/** Objects of all named properties, of the required ones, and of these with one more of each value. */
function objects(reader: SchemaReader, shape: Shape, depth: number): readonly JsonValue[] {
  const { named, required } = reader.partsOf(shape);
  const choices = [...named].map(([name, schemas]) => ({
    name,
    values: valuesOf(reader, reader.demandOf(...schemas), depth + 1),
  }));
  const least = choices.filter(({ name }) => required.has(name));
  if (least.some(({ values }) => values.length === 0)) return [];
  const base = least.map(({ name, values }) => [name, values[0] ?? null] as const);
  const full = choices.flatMap(({ name, values }) =>
    values[0] === undefined ? [] : [[name, values[0]] as const],
  );
  const varied = choices
    .slice(0, MOST_SAMPLES)
    .flatMap(({ name, values }) =>
      values.slice(0, 4).map((value) => [...base, [name, value] as const]),
    );
  return [full, base, ...varied].map(objectOf);
}

function objectOf(entries: readonly (readonly [string, JsonValue])[]): JsonObject {
  const object: JsonObject = {};
  for (const [name, value] of entries) setMember(object, name, value);
  return object;
}

function valuesOf(reader: SchemaReader, demand: Demand, depth: number): readonly JsonValue[] {
  if (depth > DEEPEST) return [];
  const key = `${depth} ${demand.key}`;
  const known = reader.samples.get(key);
  if (known !== undefined) return known;
  const values = reader
    .meaningOf(demand)
    .shapes.slice(0, 4)
    .flatMap((shape) =>
      KINDS.filter((kind) => hasKind(shape, kind)).flatMap((kind) =>
        candidates(reader, shape, kind, depth)
          .filter((value) => accepts(reader, shape, value) === true)
          .slice(0, 4),
      ),
    );
  reader.samples.set(key, values);
  return values;
}
