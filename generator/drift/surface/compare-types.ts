import { quoted } from "../../diagnostics/quoted.js";
import { compareText } from "../../document/json.js";
import { isAnything } from "../../model/type-tools.js";
import type { TypeNode } from "../../types/type-node.js";
import type { Direction, ValuePath } from "../position.js";
import { MOST_VALUES as MOST_PLACES } from "../schema/exploration.js";
import { partsOf, type ListPart, type ObjectPart, type TypeParts } from "./type-parts.js";
import type { SURFACE_RULES } from "./rules.js";
import { changedNames, isSameType, typePrint, type TypeScope } from "./type-scope.js";
import { typeWords } from "./type-words.js";

/** A difference between two types that code is likely to notice. */
export interface TypeDifference {
  readonly rule: keyof typeof SURFACE_RULES;
  /** From the value to the part of it that differs. */
  readonly path: ValuePath;
  readonly message: string;
  /**
   * What the compiler is asked: whether values of one type can be assigned to the other, or whether the type still
   * has the member that the path ends with. An assignment does not tell: types without a member take values that
   * have it, and optional ones may be missing, but what reads or writes it by name is refused.
   */
  readonly question: "assignment" | "member";
}

export interface TypeComparison {
  /** Whether they are different at all, be it in a way that nobody notices. */
  readonly differs: boolean;
  /** Nearest to the value first. */
  readonly differences: readonly TypeDifference[];
  /** Whether some are left out that were found in very many other types. */
  readonly isCut: boolean;
}

/** The types of two clients, and which of their names mean different things. */
interface TypeWorlds {
  readonly old: TypeScope;
  readonly new: TypeScope;
  readonly changed: ReadonlySet<string>;
}

/** How many pairs of types are looked at in one comparison; what lies deeper is left to the compiler. */
const MOST_PAIRS = 20_000;

/** How many pairs all comparisons together may look at before what many types hold is not looked into again. */
const FREE_PAIRS = 500_000;

/**
 * What in two types is likely to stop code from compiling. In a request the old type has to fit the new one, in a
 * response the new one has to fit the old. Each pair of named types is looked into once, where it is met first.
 */
export type CompareTypes = (
  old: TypeNode,
  changed: TypeNode,
  direction: Direction,
) => TypeComparison;

/**
 * Makes a function that compares types of two clients, and remembers what it has compared. Where every type leads to
 * every other one, each of thousands of types would be compared with all that it leads to: once that has taken long
 * enough, what {@link MOST_PLACES} types hold is not told of more.
 */
export function createTypeComparer(old: TypeScope, changed: TypeScope): CompareTypes {
  const worlds: TypeWorlds = { old, new: changed, changed: changedNames(old, changed) };
  const known = new Map<string, TypeComparison>();
  const effort: Effort = { pairs: 0, values: new Map() };
  return (before, after, direction) => {
    if (isSameType(before, after, worlds.changed)) return SAME;
    const key = `${direction} ${typePrint(before)} ${typePrint(after)}`;
    const comparison = known.get(key) ?? comparedTypes(before, after, direction, worlds, effort);
    known.set(key, comparison);
    return comparison;
  };
}

const SAME: TypeComparison = { differs: false, differences: [], isCut: false };

/** What all comparisons have looked at so far. */
interface Effort {
  pairs: number;
  /** In how many types a pair of named objects was looked into, by direction and names. */
  readonly values: Map<string, number>;
}

function comparedTypes(
  old: TypeNode,
  changed: TypeNode,
  direction: Direction,
  worlds: TypeWorlds,
  effort: Effort,
): TypeComparison {
  const differences: TypeDifference[] = [];
  const seen = new Set<string>();
  let isCut = false;
  const isNew = (before: string, after: string): boolean => {
    const key = `${direction} ${before} ${after}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const values = effort.values.get(key) ?? 0;
    if (effort.pairs > FREE_PAIRS && values >= MOST_PLACES) {
      isCut = true;
      return false;
    }
    effort.values.set(key, values + 1);
    return true;
  };
  const open: TypePair[] = [{ old, new: changed, path: [] }];
  // The list grows while it is gone through: level by level, so that no type is too deep.
  for (let index = 0; index < open.length && index < MOST_PAIRS; index += 1) {
    const pair = open[index];
    effort.pairs += 1;
    if (pair === undefined || isSettled(pair.old, pair.new, worlds)) continue;
    const { found, inner } = compareParts(pair, direction, worlds, isNew);
    differences.push(...found);
    open.push(...inner);
  }
  return { differs: true, differences, isCut };
}

interface TypePair {
  readonly old: TypeNode;
  readonly new: TypeNode;
  readonly path: ValuePath;
}

interface Found {
  readonly found: readonly TypeDifference[];
  readonly inner: readonly TypePair[];
}

/** Whether two types are the same one by name, so that nothing in them need be looked into. */
function isSettled(old: TypeNode, changed: TypeNode, worlds: TypeWorlds): boolean {
  return (
    old.kind === "named" &&
    changed.kind === "named" &&
    old.name === changed.name &&
    !worlds.changed.has(old.name)
  );
}

/** Tells of a pair of named objects whether it is to be looked into: once in each comparison. */
type IsNew = (old: string, changed: string) => boolean;

function compareParts(
  pair: TypePair,
  direction: Direction,
  worlds: TypeWorlds,
  isNew: IsNew,
): Found {
  const old = partsOf(pair.old, worlds.old);
  const changed = partsOf(pair.new, worlds.new);
  const [from, to] = direction === "request" ? [old, changed] : [changed, old];
  if (to.keywords.has("unknown")) return { found: [], inner: [] };
  const { path } = pair;
  const results = [
    { found: plainDifferences(from, to, path, direction), inner: [] },
    compareLists(old.lists, changed.lists, path),
    compareObjects(old.objects, changed.objects, { path, direction, worlds, isNew }),
  ];
  const found = results.flatMap((result) => result.found);
  const isOther = hasForeign(from, to) && !found.some(({ question }) => question === "assignment");
  return {
    found: isOther ? [...found, ...typeChanged(pair)] : found,
    inner: results.flatMap((result) => result.inner),
  };
}

/** Whether one side has a kind of value that the other one has not. */
function hasForeign(from: TypeParts, to: TypeParts): boolean {
  return (
    [...from.keywords].some((keyword) => !to.keywords.has(keyword)) ||
    foreignLiterals(from, to).length > 0 ||
    [...from.others.keys()].some((key) => !to.others.has(key)) ||
    (from.objects.length > 0 && to.objects.length === 0) ||
    from.lists.some(({ kind }) => !to.lists.some((list) => list.kind === kind))
  );
}

/** Words that are the same for both would tell nothing: the compiler knows better then. */
function typeChanged({ old, new: changed, path }: TypePair): readonly TypeDifference[] {
  const [before, after] = [typeWords(old), typeWords(changed)];
  const message = `The type is now \`${after}\`; it was \`${before}\`.`;
  return before === after
    ? []
    : [{ rule: "type-incompatible", path, message, question: "assignment" }];
}

/* ---------------------------------------------------------------------- values */

function plainDifferences(
  from: TypeParts,
  to: TypeParts,
  path: ValuePath,
  direction: Direction,
): readonly TypeDifference[] {
  const values = [
    ...foreignLiterals(from, to).map(quotedLiteral),
    ...(from.hasNull && !to.hasNull ? ["null"] : []),
    ...(from.hasUndefined && !to.hasUndefined ? ["undefined"] : []),
  ];
  if (values.length === 0) return [];
  // Where no value is left in common, the values are not the story.
  if (isAllNew(from, to)) return [];
  return [valueDifference(values.sort(compareText), path, direction)];
}

/** The literals of one side that the other side has not, as they are written. */
function foreignLiterals(from: TypeParts, to: TypeParts): readonly string[] {
  return [...from.literals]
    .filter(([key, value]) => !to.literals.has(key) && !to.keywords.has(typeof value))
    .map(([key]) => key);
}

function isAllNew(from: TypeParts, to: TypeParts): boolean {
  const [hasFrom, hasTo] = [from, to].map(
    ({ objects, lists, keywords, others }) =>
      objects.length + lists.length + keywords.size + others.size > 0,
  );
  return hasTo === true && hasFrom === false && to.literals.size === 0 && from.literals.size > 0;
}

/** The most values that a message tells. */
const MOST_VALUES = 4;

function valueDifference(
  values: readonly string[],
  path: ValuePath,
  direction: Direction,
): TypeDifference {
  const more = values.length - MOST_VALUES;
  const told = [...values.slice(0, MOST_VALUES), ...(more > 0 ? [`${more} more`] : [])];
  const list =
    told.length === 1
      ? (told[0] ?? "")
      : `${told.slice(0, -1).join(", ")} ${direction === "request" ? "and" : "or"} ${told.at(-1) ?? ""}`;
  return direction === "request"
    ? {
        rule: "value-refused",
        path,
        message: `The type no longer takes ${list}.`,
        question: "assignment",
      }
    : {
        rule: "value-unforeseen",
        path,
        message: `The type may now be ${list}.`,
        question: "assignment",
      };
}

/** A literal as a message shows it; its key is JSON. */
function quotedLiteral(key: string): string {
  return key.startsWith('"') ? quoted(JSON.parse(key) as string) : key;
}

/* ---------------------------------------------------------------------- lists */

function compareLists(
  old: readonly ListPart[],
  changed: readonly ListPart[],
  path: ValuePath,
): Found {
  const inner = old.flatMap((list): readonly TypePair[] => {
    const same = changed.filter(({ kind }) => kind === list.kind);
    const [other] = same;
    const isOne = same.length === 1 && old.filter(({ kind }) => kind === list.kind).length === 1;
    return other !== undefined && isOne
      ? [{ old: list.element, new: other.element, path: [...path, "element"] }]
      : [];
  });
  return { found: [], inner };
}

/* ---------------------------------------------------------------------- objects */

interface ComparingObjects {
  readonly path: ValuePath;
  readonly direction: Direction;
  readonly worlds: TypeWorlds;
  readonly isNew: IsNew;
}

function compareObjects(
  old: readonly ObjectPart[],
  changed: readonly ObjectPart[],
  { path, direction, worlds, isNew }: ComparingObjects,
): Found {
  const { pairs, onlyOld, onlyNew } = pairObjects(old, changed);
  const results = pairs
    .filter(([before, after]) => {
      if (before.name === undefined || after.name === undefined) return true;
      const isChanged = before.name !== after.name || worlds.changed.has(before.name);
      return isChanged && isNew(before.name, after.name);
    })
    .map(([before, after]) => compareMembers(before, after, path, direction));
  const foreign = direction === "request" ? onlyOld : onlyNew;
  const other = direction === "request" ? changed : old;
  const variants =
    other.length === 0 ? [] : foreign.map((object) => variantDifference(object, path, direction));
  return {
    found: [...results.flatMap(({ found }) => found), ...variants],
    inner: results.flatMap(({ inner }) => inner),
  };
}

function variantDifference(
  object: ObjectPart,
  path: ValuePath,
  direction: Direction,
): TypeDifference {
  const variant =
    object.name === undefined
      ? `an object with ${[...object.members.keys()].slice(0, 3).map(quoted).join(", ") || "no members"}`
      : `\`${object.name}\``;
  return valueDifference([variant], path, direction);
}

interface PairedObjects {
  readonly pairs: readonly (readonly [ObjectPart, ObjectPart])[];
  readonly onlyOld: readonly ObjectPart[];
  readonly onlyNew: readonly ObjectPart[];
}

/** Which alternative of a union became which: by name, by what tells them apart, or because no others are left. */
function pairObjects(old: readonly ObjectPart[], changed: readonly ObjectPart[]): PairedObjects {
  const pairs: (readonly [ObjectPart, ObjectPart])[] = [];
  let [onlyOld, onlyNew] = [old, changed];
  for (const keyOf of [nameKey, tagKey, shapeKey]) {
    const rest: ObjectPart[] = [];
    for (const object of onlyOld) {
      const key = keyOf(object);
      const other = key === undefined ? undefined : onlyNew.find((found) => keyOf(found) === key);
      if (other === undefined) rest.push(object);
      else {
        pairs.push([object, other]);
        onlyNew = onlyNew.filter((found) => found !== other);
      }
    }
    onlyOld = rest;
  }
  const [before, after] = [onlyOld[0], onlyNew[0]];
  if (before !== undefined && after !== undefined && onlyOld.length === 1 && onlyNew.length === 1)
    return { pairs: [...pairs, [before, after]], onlyOld: [], onlyNew: [] };
  return { pairs, onlyOld, onlyNew };
}

function nameKey({ name }: ObjectPart): string | undefined {
  return name;
}

/** The members that can have one value only. */
function tagKey({ members }: ObjectPart): string | undefined {
  const tags = [...members.values()].filter(({ type }) => type.kind === "literal");
  if (tags.length === 0) return undefined;
  return JSON.stringify(tags.map(({ name, type }) => [name, type]).sort());
}

function shapeKey({ members, index }: ObjectPart): string {
  return JSON.stringify([
    [...members.values()].map(({ name, optional, type }) => [name, optional, typePrint(type)]),
    typePrint(index),
  ]);
}

function compareMembers(
  old: ObjectPart,
  changed: ObjectPart,
  path: ValuePath,
  direction: Direction,
): Found {
  const found: TypeDifference[] = [];
  const inner: TypePair[] = [];
  for (const [name, member] of old.members) {
    const place = [...path, { key: name }];
    const other = changed.members.get(name);
    const type = other?.type ?? changed.index;
    if (type === undefined) found.push(memberRemoved(place, name, "member"));
    // Any member can be read then, but code that knew the type of this one cannot use it.
    else if (other === undefined && direction === "response" && isAnything(type))
      found.push(memberRemoved(place, name, "assignment"));
    else inner.push({ old: member.type, new: type, path: place });
    if (other !== undefined)
      found.push(...presence(name, member.optional, other.optional, place, direction));
  }
  for (const [name, member] of changed.members) {
    if (old.members.has(name)) continue;
    const place = [...path, { key: name }];
    if (old.index !== undefined) inner.push({ old: old.index, new: member.type, path: place });
    found.push(...presence(name, true, member.optional, place, direction));
  }
  if (old.index !== undefined) {
    const place: ValuePath = [...path, "value"];
    if (changed.index === undefined) found.push(othersRemoved(place));
    else inner.push({ old: old.index, new: changed.index, path: place });
  }
  return { found, inner };
}

function memberRemoved(
  path: ValuePath,
  name: string,
  question: TypeDifference["question"],
): TypeDifference {
  const message = `The type no longer has ${quoted(name)}.`;
  return { rule: "member-removed", path, message, question };
}

function othersRemoved(path: ValuePath): TypeDifference {
  return {
    rule: "member-removed",
    path,
    message: "The type no longer has members of any name.",
    question: "member",
  };
}

/** What changed in whether a member has to be there. */
function presence(
  name: string,
  wasOptional: boolean,
  isOptional: boolean,
  path: ValuePath,
  direction: Direction,
): readonly TypeDifference[] {
  if (direction === "request" && wasOptional && !isOptional) {
    const message = `The type now asks for ${quoted(name)}.`;
    return [{ rule: "member-required", path, message, question: "assignment" }];
  }
  if (direction === "response" && !wasOptional && isOptional) {
    const message = `In the type, ${quoted(name)} may now be missing.`;
    return [{ rule: "member-optional", path, message, question: "assignment" }];
  }
  return [];
}
