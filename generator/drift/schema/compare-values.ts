import type { JsonValue } from "../../document/source.js";
import type { Spot } from "../change.js";
import { worstLevel, type Level } from "../level.js";
import type { Comparing, LocalChange } from "./difference.js";
import { NARROWER, WIDER } from "./effect.js";
import { accepts } from "./accepts.js";
import { keepsKeywords } from "./keywords.js";
import { keepsLimits } from "./limits.js";
import { valueKey } from "./read-schema.js";
import type { SchemaReader } from "./read-schema.js";
import type { Shape, Told } from "./shape.js";
import { spotIn, valueText } from "./spots.js";
import { typeOfValue, typesOfKind, type Kind } from "./value-types.js";

/** The most values that get a change each; of more, one change tells all. */
const MOST_TOLD = 20;

/**
 * The values of a shape that are of a kind, without those that other keywords refuse; `undefined` where they are not
 * listed. A boolean has two by nature.
 */
export function listedOf(shape: Shape, kind: Kind): readonly Told[] | undefined {
  if (shape.values !== undefined)
    return shape.values.filter(
      ({ value }) => typesOfKind(kind).includes(typeOfValue(value)) && isPossible(shape, value),
    );
  if (kind !== "boolean") return undefined;
  const pointer = shape.atoms[0]?.pointer ?? shape.pointer;
  return [true, false].map((value) => ({ value, pointer }));
}

/** Whether nothing that is said of a value by itself refuses it. */
export function isPossible(shape: Shape, value: JsonValue): boolean {
  if (keepsKeywords(shape, value) === false) return false;
  if (typeof value === "number") return keepsLimits(shape, "number", value);
  return typeof value !== "string" || keepsLimits(shape, "string", Array.from(value).length);
}

/** What differs in lists of values; `undefined` where neither side has one, so that only other keywords speak. */
export function compareListed(
  old: Shape,
  now: Shape,
  kind: Kind,
  comparing: Comparing,
): readonly LocalChange[] | undefined {
  const [before, after] = [listedOf(old, kind), listedOf(now, kind)];
  if (before === undefined && after === undefined) return undefined;
  if (before !== undefined && after !== undefined)
    return compareLists(old, now, before, after, comparing);
  return [compareToList(old, now, before, after, comparing)];
}

/** What differs in two lists of values. */
export function compareLists(
  old: Shape,
  now: Shape,
  before: readonly Told[],
  after: readonly Told[],
  { direction }: Comparing,
): readonly LocalChange[] {
  const gone = without(before, after);
  const come = without(after, before);
  return [
    ...changesOf(gone, (some) => ({
      rule: "enum-value-removed",
      wire: NARROWER[direction],
      path: [],
      old: listSpot(some),
      new: listPlace(now, after, before),
      message: (subject) => `${subject} may no longer be ${listText(some)}.`,
    })),
    ...changesOf(come, (some) => ({
      rule: "enum-value-added",
      wire: WIDER[direction],
      path: [],
      old: listPlace(old, before, after),
      new: listSpot(some),
      message: (subject) => `${subject} may now be ${listText(some)}.`,
    })),
  ];
}

/** A list on one side only. Its values lie within the other side, unless that refuses them. */
function compareToList(
  old: Shape,
  now: Shape,
  before: readonly Told[] | undefined,
  after: readonly Told[] | undefined,
  { direction, ...readers }: Comparing,
): LocalChange {
  const isAdded = after !== undefined;
  const [list, other, reader] = isAdded
    ? [after, old, readers.old]
    : [before ?? [], now, readers.new];
  const effect = isAdded ? NARROWER : WIDER;
  const isWithin = (isAdded ? WIDER : NARROWER)[direction] === "breaking";
  return {
    rule: isAdded ? "enum-added" : "enum-removed",
    wire: isWithin ? listLevel(list, other, reader) : effect[direction],
    path: [],
    old: spotIn(old, before?.[0], after?.[0]),
    new: spotIn(now, after?.[0], before?.[0]),
    message: (subject) =>
      isAdded
        ? `${subject} may only be ${listText(list)} now.`
        : `${subject} may be something else than ${listText(list)} now.`,
  };
}

function listLevel(list: readonly Told[], shape: Shape, reader: SchemaReader): Level {
  return worstLevel(
    list.map(({ value }): Level => {
      const isAccepted = accepts(reader, shape, value);
      return isAccepted === undefined ? "undecidable" : isAccepted ? "safe" : "breaking";
    }),
  );
}

function without(values: readonly Told[], others: readonly Told[]): readonly Told[] {
  const keys = new Set(others.map(({ value }) => valueKey(value)));
  return values.filter(({ value }) => !keys.has(valueKey(value)));
}

function changesOf(
  values: readonly Told[],
  changeOf: (some: readonly Told[]) => LocalChange,
): readonly LocalChange[] {
  if (values.length > MOST_TOLD) return [changeOf(values)];
  return values.map((value) => changeOf([value]));
}

function listSpot(values: readonly Told[]): Spot {
  const [first] = values;
  return {
    pointer: first?.pointer ?? "",
    value: values.length === 1 ? (first?.value ?? null) : values.map(({ value }) => value),
  };
}

/** The list that a value is not in. */
function listPlace(shape: Shape, list: readonly Told[], other: readonly Told[]): Spot {
  return { pointer: spotIn(shape, list[0], other[0]).pointer };
}

/** `"a", "b" or "c"`, with no more than five of them. */
function listText(values: readonly Told[]): string {
  const texts = values.slice(0, values.length > 5 ? 4 : 5).map(({ value }) => valueText(value));
  if (values.length > texts.length)
    return `${texts.join(", ")} or ${values.length - texts.length} others`;
  const last = texts.pop() ?? "nothing";
  return texts.length === 0 ? last : `${texts.join(", ")} or ${last}`;
}
