import type { JsonValue } from "../../document/source.js";
import type { Spot } from "../change.js";
import { compareLevels, lesserLevel, worstLevel, type Level } from "../level.js";
import { compareConditions } from "./conditions.js";
import { compareSaid } from "./compare-said.js";
import { together, type Comparing, type Difference, type LocalChange } from "./difference.js";
import { NARROWER, PERHAPS_NARROWER, PERHAPS_WIDER, UNCLEAR, WIDER } from "./effect.js";
import { accepts, acceptsListed } from "./accepts.js";
import { keepsKeywords } from "./keywords.js";
import { keepsLimits } from "./limits.js";
import { valueKey } from "./read-schema.js";
import type { SchemaReader } from "./read-schema.js";
import type { Shape, Told } from "./shape.js";
import { spotIn, valueText } from "./spots.js";
import { KINDS, typeOfValue, typesOfKind, type Kind } from "./value-types.js";

/** The most values that get a change each; of more, one change tells all. */
const MOST_TOLD = 20;

/**
 * The values of a shape that are of a kind, without those that other keywords refuse; `undefined` where they are not
 * listed. A boolean has two by nature.
 */
export function listedOf(shape: Shape, kind: Kind): readonly Told[] | undefined {
  if (shape.values === undefined && kind !== "boolean") return undefined;
  return (shape.lists ?? [shape]).flatMap((list) =>
    listOf(list).filter(
      ({ value }) => typesOfKind(kind).includes(typeOfValue(value)) && isPossible(list, value),
    ),
  );
}

/** The values that a shape lists, or the two that a boolean has. */
function listOf(shape: Shape): readonly Told[] {
  if (shape.values !== undefined) return shape.values;
  const pointer = shape.atoms[0]?.pointer ?? shape.pointer;
  return [true, false].map((value) => ({ value, pointer }));
}

/** Whether nothing that is said of a value by itself refuses it. */
function isPossible(shape: Shape, value: JsonValue): boolean {
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
): Difference | undefined {
  const [before, after] = [listedOf(old, kind), listedOf(now, kind)];
  if (before === undefined && after === undefined) return undefined;
  if (before !== undefined && after !== undefined) {
    const isOfKind = ({ value }: Told): boolean => typesOfKind(kind).includes(typeOfValue(value));
    return compareLists(old.lists ?? [old], now.lists ?? [now], isOfKind, comparing);
  }
  return { changes: [compareToList(old, now, before, after, comparing)], edges: [] };
}

/** A value of a list that nothing refuses for sure. */
interface Listed {
  readonly told: Told;
  readonly shape: Shape;
  /** Whether nothing else that is said refuses it. */
  readonly isSure: boolean;
}

/**
 * What differs in the values that shapes list. Where other keywords may refuse one that both sides have, what differs
 * in these is told, too.
 */
export function compareLists(
  old: readonly Shape[],
  now: readonly Shape[],
  concerns: (told: Told) => boolean,
  comparing: Comparing,
): Difference {
  const before = listedIn(old, concerns, comparing.old);
  const after = listedIn(now, concerns, comparing.new);
  const gone = without(before, after);
  const come = without(after, before);
  const { direction } = comparing;
  const changes: readonly LocalChange[] = [
    ...changesOf(gone, (some) => ({
      rule: "enum-value-removed",
      wire: NARROWER[direction],
      path: [],
      old: listSpot(some),
      new: listPlace(now[0], after, before),
      message: (subject) => `${subject} may no longer be ${listText(some)}.`,
    })),
    ...changesOf(come, (some) => ({
      rule: "enum-value-added",
      wire: WIDER[direction],
      path: [],
      old: listPlace(old[0], before, after),
      new: listSpot(some),
      message: (subject) => `${subject} may now be ${listText(some)}.`,
    })),
  ];
  return together({ changes, edges: [] }, beyondLists(before, after, comparing));
}

/** What is said around constants is said of each of them, and differs once. */
function toldOnce({ changes, edges }: Difference): Difference {
  const found = new Map<string, LocalChange>();
  for (const change of changes) {
    const key = JSON.stringify([change.rule, change.path, change.message("")]);
    const known = found.get(key);
    if (known === undefined || compareLevels(known.wire, change.wire) < 0) found.set(key, change);
  }
  return { changes: [...found.values()], edges };
}

type ListedValues = ReadonlyMap<string, Listed>;

/** By their keys. A value that several shapes list needs only one of them. */
function listedIn(
  shapes: readonly Shape[],
  concerns: (told: Told) => boolean,
  reader: SchemaReader,
): ListedValues {
  const found = new Map<string, Listed>();
  for (const shape of shapes) {
    for (const told of listOf(shape).filter(concerns)) {
      const answer = acceptsListed(reader, shape, told.value);
      const key = valueKey(told.value);
      if (answer === false || found.get(key)?.isSure === true) continue;
      if (answer === true || !found.has(key))
        found.set(key, { told, shape, isSure: answer === true });
    }
  }
  return found;
}

/** What differs beside the lists, where that may refuse values that both of them have; what it refuses is not known. */
function beyondLists(before: ListedValues, after: ListedValues, comparing: Comparing): Difference {
  const found = new Map<string, Difference>();
  for (const [key, { told, shape, isSure }] of before) {
    const other = after.get(key);
    const kind = KINDS.find((one) => typesOfKind(one).includes(typeOfValue(told.value)));
    if (other === undefined || kind === undefined || (isSure && other.isSure)) continue;
    const pair = JSON.stringify([kind, shape.key, isSure, other.shape.key, other.isSure]);
    if (found.has(pair)) continue;
    const isPlain = kind !== "object" && kind !== "array";
    const both = isPlain ? undefined : UNCLEAR;
    const effect = isSure ? PERHAPS_NARROWER : other.isSure ? PERHAPS_WIDER : both;
    const beside = compareBeside(shape, other.shape, kind, comparing);
    found.set(pair, unsure(beside, effect?.[comparing.direction]));
  }
  return toldOnce(together(...found.values()));
}

function compareBeside(old: Shape, now: Shape, kind: Kind, comparing: Comparing): Difference {
  return together(
    compareConditions(old, now, undefined, comparing),
    compareSaid(old, now, kind, comparing),
  );
}

/** Nothing is sure, and nothing safe beside what is not: the values are listed, and may have what is not named. */
function unsure({ changes, edges }: Difference, level: Level | undefined): Difference {
  return {
    changes: changes.map((change) => ({
      ...change,
      wire: level ?? lesserLevel(change.wire, "undecidable"),
    })),
    edges: edges.map((edge) => ({ ...edge, atMost: "undecidable" })),
  };
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
    old: { ...spotIn(old, before?.[0], after?.[0]), ...wholeList(before) },
    new: { ...spotIn(now, after?.[0], before?.[0]), ...wholeList(after) },
    message: (subject) =>
      isAdded
        ? `${subject} may only be ${listText(list)} now.`
        : `${subject} may be something else than ${listText(list)} now.`,
  };
}

/** All values of a list, of which a spot shows the first. */
function wholeList(list: readonly Told[] | undefined): Partial<Pick<Spot, "content">> {
  return list === undefined ? {} : { content: list.map(({ value }) => valueKey(value)).sort() };
}

function listLevel(list: readonly Told[], shape: Shape, reader: SchemaReader): Level {
  return worstLevel(
    list.map(({ value }): Level => {
      const isAccepted = accepts(reader, shape, value);
      return isAccepted === undefined ? "undecidable" : isAccepted ? "safe" : "breaking";
    }),
  );
}

function without(values: ListedValues, others: ListedValues): readonly Told[] {
  return [...values].filter(([key]) => !others.has(key)).map(([, { told }]) => told);
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
function listPlace(
  shape: Shape | undefined,
  list: ListedValues,
  other: ListedValues,
): Spot | undefined {
  const [own] = list.values();
  const [one] = other.values();
  if (shape === undefined) return undefined;
  return { pointer: spotIn(shape, own?.told, one?.told).pointer };
}

/** `"a", "b" or "c"`, with no more than five of them. */
function listText(values: readonly Told[]): string {
  const texts = values.slice(0, values.length > 5 ? 4 : 5).map(({ value }) => valueText(value));
  if (values.length > texts.length)
    return `${texts.join(", ")} or ${values.length - texts.length} others`;
  const last = texts.pop() ?? "nothing";
  return texts.length === 0 ? last : `${texts.join(", ")} or ${last}`;
}
