import { isObject } from "../../document/json.js";
import type { JsonValue } from "../../document/source.js";
import { all, any, type Answer } from "./answer.js";
import { conditionsOf, type Condition } from "./conditions.js";
import { itemDemand } from "./compare-items.js";
import { keepsKeywords } from "./keywords.js";
import { keepsLimits } from "./limits.js";
import { valueKey, type SchemaReader } from "./read-schema.js";
import type { Demand, Shape } from "./shape.js";
import { typeOfValue, typesOfKind } from "./value-types.js";

/** How many questions may be asked inside each other: a `oneOf` asks about its alternatives, which have others. */
const DEEPEST_ANSWER = 200;

/**
 * Whether a value satisfies some schemas. Each question is answered once: alternatives of a `oneOf` lead to each other
 * on many ways. What is asked while it is being answered, or too deep inside of others, cannot be told.
 */
export function satisfies(reader: SchemaReader, demand: Demand, value: JsonValue): Answer {
  const { answers } = reader;
  const key = `${demand.key} ${valueKey(value)}`;
  if (answers.known.has(key)) return answers.known.get(key);
  if (answers.open.has(key) || answers.open.size >= DEEPEST_ANSWER) return undefined;
  answers.open.add(key);
  const answer = answerOf(reader, demand, value);
  answers.open.delete(key);
  answers.known.set(key, answer);
  return answer;
}

function answerOf(reader: SchemaReader, demand: Demand, value: JsonValue): Answer {
  const { shapes, exclusive, isCut } = reader.meaningOf(demand);
  if (isCut) return undefined;
  const fits = any(shapes.map((shape) => accepts(reader, shape, value)));
  if (fits === false) return false;
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
  const key = valueKey(value);
  if (shape.values?.every((one) => valueKey(one.value) !== key) === true) return false;
  return acceptsListed(reader, shape, value);
}

/** The same for a value that the list of a shape has, if there is one. */
export function acceptsListed(reader: SchemaReader, shape: Shape, value: JsonValue): Answer {
  if (!shape.types.has(typeOfValue(value))) return false;
  const open = conditionsOf(shape).map((condition) => meets(reader, condition, value));
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

/** Of conditions, only `not` is looked into. */
function meets(
  reader: SchemaReader,
  { keyword, kind, schemas }: Condition,
  value: JsonValue,
): Answer {
  if (kind !== undefined && !typesOfKind(kind).includes(typeOfValue(value))) return true;
  if (keyword !== "not") return undefined;
  const demand = reader.demandOf(...schemas);
  const answer = satisfies(reader, demand, value);
  if (answer === true) return false;
  // Without a list, what is no value of a schema may only be of a type that its keywords are not about.
  const isListed = reader.meaningOf(demand).shapes.every(({ values }) => values !== undefined);
  return answer === false && isListed ? true : undefined;
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
