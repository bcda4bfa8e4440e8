import { member } from "../../document/json.js";
import type { JsonObject } from "../../document/source.js";
import type { Spot } from "../change.js";
import type { RuleId } from "../rules.js";
import type { LocalChange } from "./difference.js";
import { NARROWER, WIDER } from "./effect.js";
import type { Direction } from "../position.js";
import { itemSchemas, prefixLength } from "./item-schemas.js";
import type { Shape, Told } from "./shape.js";
import { spotIn } from "./spots.js";
import type { Kind } from "./value-types.js";

/** A bound of numbers, or of a count. */
interface Limit {
  readonly value: number;
  /** Whether the bound itself is not allowed. */
  readonly isOpen: boolean;
}

/** A keyword that sets a bound. */
interface LimitKeyword {
  readonly kind: Kind;
  /** Whether values lie above it, or below. */
  readonly side: "least" | "most";
  /** What the schema says, with a bound of every spelling. */
  readonly read: (schema: JsonObject, isInteger: boolean) => Told<Limit> | undefined;
  /** What all schemas of a shape say together, beside what each of them does. */
  readonly readAll?: (shape: Shape) => Told<Limit> | undefined;
  readonly raised: RuleId;
  readonly lowered: RuleId;
  /** What a value has to do: `have at least 3 items`. */
  readonly duty: (limit: Limit) => string;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Every keyword with a bound (JSON Schema 2020-12, validation, 6.2 to 6.5). */
const LIMITS: readonly LimitKeyword[] = [
  {
    kind: "number",
    side: "least",
    read: (schema, isInteger) => numberLimit(schema, "minimum", "exclusiveMinimum", isInteger),
    raised: "minimum-raised",
    lowered: "minimum-lowered",
    duty: ({ value, isOpen }) => (isOpen ? `be greater than ${value}` : `be at least ${value}`),
  },
  {
    kind: "number",
    side: "most",
    read: (schema, isInteger) => numberLimit(schema, "maximum", "exclusiveMaximum", isInteger),
    raised: "maximum-raised",
    lowered: "maximum-lowered",
    duty: ({ value, isOpen }) => (isOpen ? `be less than ${value}` : `be at most ${value}`),
  },
  {
    kind: "string",
    side: "least",
    read: (schema) => countLimit(schema, "minLength"),
    raised: "min-length-raised",
    lowered: "min-length-lowered",
    duty: ({ value }) => `have at least ${plural(value, "character")}`,
  },
  {
    kind: "string",
    side: "most",
    read: (schema) => countLimit(schema, "maxLength"),
    raised: "max-length-raised",
    lowered: "max-length-lowered",
    duty: ({ value }) => `have at most ${plural(value, "character")}`,
  },
  {
    kind: "array",
    side: "least",
    read: (schema) => countLimit(schema, "minItems"),
    raised: "min-items-raised",
    lowered: "min-items-lowered",
    duty: ({ value }) => `have at least ${plural(value, "item")}`,
  },
  {
    kind: "array",
    side: "most",
    read: (schema) => countLimit(schema, "maxItems"),
    readAll: mostItems,
    raised: "max-items-raised",
    lowered: "max-items-lowered",
    duty: ({ value }) => `have at most ${plural(value, "item")}`,
  },
  {
    kind: "object",
    side: "least",
    read: (schema) => countLimit(schema, "minProperties"),
    raised: "min-properties-raised",
    lowered: "min-properties-lowered",
    duty: ({ value }) => `have at least ${value} ${value === 1 ? "property" : "properties"}`,
  },
  {
    kind: "object",
    side: "most",
    read: (schema) => countLimit(schema, "maxProperties"),
    raised: "max-properties-raised",
    lowered: "max-properties-lowered",
    duty: ({ value }) => `have at most ${value} ${value === 1 ? "property" : "properties"}`,
  },
];

/** What differs in the bounds of one kind of value. */
export function compareLimits(
  old: Shape,
  now: Shape,
  kind: Kind,
  direction: Direction,
): readonly LocalChange[] {
  return LIMITS.filter((keyword) => keyword.kind === kind).flatMap((keyword) => {
    const [before, after] = [strictest(old, keyword), strictest(now, keyword)];
    const order = compareLimit(before?.value, after?.value, keyword.side);
    if (order === 0) return [];
    const isNarrower = order < 0;
    const isRaised = isNarrower === (keyword.side === "least");
    return [
      {
        rule: isRaised ? keyword.raised : keyword.lowered,
        wire: (isNarrower ? NARROWER : WIDER)[direction],
        path: [],
        old: { ...spotIn(old, shown(before), shown(after)), ...openness(before) },
        new: { ...spotIn(now, shown(after), shown(before)), ...openness(after) },
        message: (subject: string) =>
          limitMessage(subject, keyword, before?.value, after?.value, isNarrower),
      },
    ];
  });
}

function limitMessage(
  subject: string,
  { duty }: LimitKeyword,
  before: Limit | undefined,
  after: Limit | undefined,
  isNarrower: boolean,
): string {
  if (after === undefined)
    return `${subject} need not ${before === undefined ? "" : duty(before)} any more.`;
  const isOther = before !== undefined && before.value !== after.value;
  const was = isOther ? `, not ${before.value}` : "";
  return `${subject} ${isNarrower ? "must" : "need only"} ${duty(after)} now${was}.`;
}

/** Whether a number keeps to all bounds of a kind. */
export function keepsLimits(shape: Shape, kind: Kind, size: number): boolean {
  return LIMITS.every((keyword) => {
    if (keyword.kind !== kind) return true;
    const limit = strictest(shape, keyword)?.value;
    if (limit === undefined) return true;
    if (limit.value === size) return !limit.isOpen;
    return keyword.side === "least" ? size > limit.value : size < limit.value;
  });
}

/** The bounds of a kind: the numbers at which something changes. */
export function limitsOf(shape: Shape, kind: Kind): readonly number[] {
  return LIMITS.flatMap((keyword) => {
    const limit = keyword.kind === kind ? strictest(shape, keyword) : undefined;
    return limit === undefined ? [] : [limit.value.value];
  });
}

/** What tells an open bound from a closed one at the same number. */
function openness(told: Told<Limit> | undefined): Partial<Pick<Spot, "content">> {
  return told?.value.isOpen === true ? { content: ["open", told.value.value] } : {};
}

function shown(told: Told<Limit> | undefined): Told | undefined {
  return told === undefined ? undefined : { value: told.value.value, pointer: told.pointer };
}

/** The bound that counts, where several schemas have one. */
function strictest(shape: Shape, { read, readAll, side }: LimitKeyword): Told<Limit> | undefined {
  const isInteger = !shape.types.has("fraction");
  let found = readAll?.(shape);
  for (const { schema, pointer } of shape.atoms) {
    const told = read(schema, isInteger);
    if (told === undefined) continue;
    if (compareLimit(found?.value, told.value, side) < 0)
      found = { value: told.value, pointer: `${pointer}/${told.pointer}` };
  }
  return found;
}

/** Negative where the second bound is the stricter one. */
function compareLimit(
  left: Limit | undefined,
  right: Limit | undefined,
  side: LimitKeyword["side"],
): number {
  if (left === undefined || right === undefined)
    return Number(left !== undefined) - Number(right !== undefined);
  if (left.value !== right.value)
    return side === "least" ? left.value - right.value : right.value - left.value;
  return Number(left.isOpen) - Number(right.isOpen);
}

/** A bound in both spellings: `exclusiveMinimum` is a flag in OpenAPI 3.0, and a bound of its own since. */
function numberLimit(
  schema: JsonObject,
  keyword: "minimum" | "maximum",
  exclusive: "exclusiveMinimum" | "exclusiveMaximum",
  isInteger: boolean,
): Told<Limit> | undefined {
  const [plain, other] = [member(schema, keyword), member(schema, exclusive)];
  const side = keyword === "minimum" ? "least" : "most";
  const limits = [
    typeof plain === "number"
      ? { value: { value: plain, isOpen: other === true }, pointer: keyword }
      : undefined,
    typeof other === "number"
      ? { value: { value: other, isOpen: true }, pointer: exclusive }
      : undefined,
  ].filter((limit) => limit !== undefined);
  const [first, second] = limits;
  const told =
    second === undefined || compareLimit(first?.value, second.value, side) >= 0 ? first : second;
  if (told === undefined || !isInteger) return told;
  return { ...told, value: integerLimit(told.value, side) };
}

/** The same bound for integers, of which one is the first inside. */
function integerLimit({ value, isOpen }: Limit, side: "least" | "most"): Limit {
  const closed = side === "least" ? Math.ceil(value) : Math.floor(value);
  const inner = isOpen && closed === value ? closed + (side === "least" ? 1 : -1) : closed;
  return { value: inner, isOpen: false };
}

/** A least count of nothing is none. */
function countLimit(schema: JsonObject, keyword: string): Told<Limit> | undefined {
  const value = member(schema, keyword);
  if (typeof value !== "number" || (keyword.startsWith("min") && value <= 0)) return undefined;
  return { value: { value, isOpen: false }, pointer: keyword };
}

/** Where an item is refused, none can follow: `items: false` allows no more items than `prefixItems` lists. */
function mostItems(shape: Shape): Told<Limit> | undefined {
  const last = prefixLength(shape);
  for (let index = 0; index <= last; index += 1) {
    const refused = itemSchemas(shape, index).find(({ schema }) => schema === false);
    if (refused !== undefined)
      return { value: { value: index, isOpen: false }, pointer: refused.pointer };
  }
  return undefined;
}
