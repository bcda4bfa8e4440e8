import type { Spot } from "../change.js";
import { compareAnnotations } from "./annotations.js";
import { compareFamilies } from "./compare-families.js";
import { compareOverlaps } from "./compare-overlaps.js";
import { compareUnions } from "./compare-unions.js";
import { compareLists } from "./compare-values.js";
import { together, type Comparing, type Difference, type LocalChange } from "./difference.js";
import { NARROWER, OTHER, WIDER, type Effect } from "./effect.js";
import type { SchemaReader } from "./read-schema.js";
import type { Meaning, Shape } from "./shape.js";
import type { RuleId } from "../rules.js";
import { ALL_TYPES, hasKind, KINDS, typesText, type ValueType } from "./value-types.js";

/** What differs between two schemas as sets of values. */
export function compareMeanings(old: Meaning, now: Meaning, comparing: Comparing): Difference {
  const annotations = together(
    { changes: compareAnnotations(old, now, comparing.direction), edges: [] },
    compareFamilies(old, now, comparing),
  );
  if (old.isCut || now.isCut)
    return together(annotations, { changes: [cut(old, now, comparing)], edges: [] });
  const nulls = { changes: compareNull(old, now, comparing), edges: [] };
  const lists = listsOf(old, now, comparing);
  if (lists !== undefined) return together(annotations, nulls, lists);
  const types = { changes: compareTypes(old, now, comparing), edges: [] };
  const wholes = { old: old.demand, new: now.demand };
  const kinds = KINDS.filter((kind) => kind !== "null").map((kind) =>
    compareUnions(
      {
        kind,
        old: old.shapes.filter((shape) => hasKind(shape, kind)),
        new: now.shapes.filter((shape) => hasKind(shape, kind)),
      },
      wholes,
      comparing,
    ),
  );
  const overlaps = { changes: compareOverlaps(old, now, comparing), edges: [] };
  return together(annotations, nulls, types, ...kinds, overlaps);
}

/** Where all values are listed on both sides, whatever their types, the lists are compared and not the types. */
function listsOf(old: Meaning, now: Meaning, comparing: Comparing): Difference | undefined {
  const [before, after] = [listingShapes(old), listingShapes(now)];
  if (before === undefined || after === undefined) return undefined;
  return compareLists(before, after, ({ value }) => value !== null, comparing);
}

/** All shapes that have values beside null; `undefined` where there is none, or one that does not list them. */
function listingShapes({ shapes }: Meaning): readonly Shape[] | undefined {
  const listing = shapes.filter(({ types }) => types.size > 1 || !types.has("null"));
  const areListed = listing.every(({ values }) => values !== undefined);
  return listing.length > 0 && areListed ? listing : undefined;
}

/* ----------------------------------------------------------------------- types */

/** Null goes along with another type, so that it is told by itself. */
function compareNull(old: Meaning, now: Meaning, { direction }: Comparing): readonly LocalChange[] {
  const [before, after] = [typesOf(old), typesOf(now)];
  const isAllowed = after.has("null");
  const isOther = [before, after].some((types) => types.size === (types.has("null") ? 1 : 0));
  if (before.has("null") === isAllowed || isOther || isAll(before) || isAll(after)) return [];
  return [
    {
      rule: isAllowed ? "null-allowed" : "null-refused",
      wire: (isAllowed ? WIDER : NARROWER)[direction],
      path: [],
      old: typeSpot(old),
      new: typeSpot(now),
      message: (subject) => `${subject} may ${isAllowed ? "now" : "no longer"} be null.`,
    },
  ];
}

function compareTypes(
  old: Meaning,
  now: Meaning,
  { direction }: Comparing,
): readonly LocalChange[] {
  const [before, after] = [typesOf(old), typesOf(now)];
  const isPlain = [before, after].every(
    (types) => types.size > (types.has("null") ? 1 : 0) && !isAll(types),
  );
  const concerns = (type: ValueType): boolean => !isPlain || type !== "null";
  const lost = [...before].filter((type) => concerns(type) && !after.has(type));
  const gained = [...after].filter((type) => concerns(type) && !before.has(type));
  if (lost.length === 0 && gained.length === 0) return [];
  const [rule, effect]: readonly [RuleId, Effect] =
    lost.length === 0
      ? ["type-widened", WIDER]
      : gained.length === 0
        ? ["type-narrowed", NARROWER]
        : ["type-changed", OTHER];
  return [
    {
      rule,
      wire: effect[direction],
      path: [],
      old: typeSpot(old),
      new: typeSpot(now),
      message: (subject) => typeMessage(subject, before, after, rule),
    },
  ];
}

function typeMessage(
  subject: string,
  before: ReadonlySet<ValueType>,
  after: ReadonlySet<ValueType>,
  rule: RuleId,
): string {
  if (after.size === 0) return `${subject} may not have any value any more.`;
  const text = (types: ReadonlySet<ValueType>): string =>
    isAll(types) ? "anything" : types.size === 0 ? "nothing" : typesText(types);
  if (rule === "type-widened")
    return `${subject} may be ${text(after)} now, and not only ${text(before)}.`;
  if (rule === "type-narrowed")
    return `${subject} may only be ${text(after)} now, and not ${text(before)}.`;
  return `${subject} is ${text(after)} now, and not ${text(before)}.`;
}

function typesOf({ shapes }: Meaning): ReadonlySet<ValueType> {
  return new Set(shapes.flatMap(({ types }) => [...types]));
}

function isAll(types: ReadonlySet<ValueType>): boolean {
  return types.size === ALL_TYPES.size;
}

/** Where the type stands, or else the schema; `undefined` where there is none. All types may stand in several places. */
function typeSpot(meaning: Meaning): Spot | undefined {
  const { shapes, pointer } = meaning;
  const content = [...typesOf(meaning)].sort();
  const atoms = shapes.flatMap((shape: Shape) => shape.atoms);
  const typed = atoms.find(({ schema }) => Object.hasOwn(schema, "type"));
  if (typed !== undefined)
    return { pointer: `${typed.pointer}/type`, value: typed.schema["type"], content };
  const place = atoms[0]?.pointer ?? pointer;
  return place === undefined ? undefined : { pointer: place, content };
}

function cut(old: Meaning, now: Meaning, comparing: Comparing): LocalChange {
  const spotOf = (
    { pointer, demand }: Meaning,
    { wholeContentOf }: SchemaReader,
  ): Spot | undefined =>
    pointer === undefined ? undefined : { pointer, content: wholeContentOf(demand.schemas) };
  return {
    rule: "comparison-cut",
    wire: "undecidable",
    path: [],
    old: spotOf(old, comparing.old),
    new: spotOf(now, comparing.new),
    message: (subject) => `${subject} combines too many alternatives to be compared.`,
  };
}
