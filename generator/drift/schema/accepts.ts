import { isObject } from "../../document/json.js";
import type { JsonValue } from "../../document/source.js";
import { all, any, type Answer } from "./answer.js";
import { conditionsOf } from "./conditions.js";
import { itemDemand } from "./compare-items.js";
import { keepsKeywords } from "./keywords.js";
import { keepsLimits } from "./limits.js";
import { valueKey, type SchemaReader } from "./read-schema.js";
import type { Demand, Shape } from "./shape.js";
import { typeOfValue } from "./value-types.js";

/** Whether a value satisfies some schemas. */
export function satisfies(reader: SchemaReader, demand: Demand, value: JsonValue): Answer {
  const { shapes, exclusive, isCut } = reader.meaningOf(demand);
  const fits = any(shapes.map((shape) => accepts(reader, shape, value)));
  if (fits === false && !isCut) return false;
  const overlaps = exclusive.map(({ alternatives, isWhole }): Answer => {
    const answers = alternatives.map((one) => satisfies(reader, one, value));
    if (answers.filter((answer) => answer !== false).length <= 1) return true;
    const isSure = isWhole && answers.filter((answer) => answer === true).length > 1;
    return isSure ? false : undefined;
  });
  return all([fits === true || undefined, ...overlaps]);
}

/** Whether a value is one of a shape. The value is small: it is of an enum, or made up by `samples.ts`. */
export function accepts(reader: SchemaReader, shape: Shape, value: JsonValue): Answer {
  if (!shape.types.has(typeOfValue(value))) return false;
  if (shape.values?.every((one) => valueKey(one.value) !== valueKey(value)) === true) return false;
  const open: Answer[] = conditionsOf(shape).length === 0 ? [] : [undefined];
  if (typeof value === "number")
    return all([...open, keepsLimits(shape, "number", value), keepsKeywords(shape, value)]);
  if (typeof value === "string") {
    const length = Array.from(value).length;
    return all([...open, keepsLimits(shape, "string", length), keepsKeywords(shape, value)]);
  }
  if (Array.isArray(value))
    return all([
      ...open,
      keepsLimits(shape, "array", value.length),
      keepsKeywords(shape, value),
      ...value.map((item, index) => satisfies(reader, itemDemand(reader, shape, index), item)),
    ]);
  if (isObject(value)) return all([...open, ...objectAnswers(reader, shape, value)]);
  return all(open);
}

function objectAnswers(
  reader: SchemaReader,
  shape: Shape,
  value: Readonly<Record<string, JsonValue | undefined>>,
): readonly Answer[] {
  const { named, forbidden, required, patterns, others } = reader.partsOf(shape);
  const names = Object.keys(value);
  const each = names.map((name): Answer => {
    if (forbidden.has(name)) return false;
    const schemas = named.get(name);
    if (schemas !== undefined)
      return satisfies(reader, reader.demandOf(...schemas), value[name] ?? null);
    if (patterns.size > 0) return undefined;
    if (others.kind === "silent") return true;
    if (others.kind === "refused") return false;
    return satisfies(reader, reader.demandOf(...others.schemas), value[name] ?? null);
  });
  return [
    keepsLimits(shape, "object", names.length),
    ...[...required.keys()].map((name) => Object.hasOwn(value, name)),
    ...each,
  ];
}
