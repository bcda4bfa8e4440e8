import { compareText } from "../document/json.js";
import type { Change, OperationPair, Spot } from "./change.js";
import type { DocumentSide } from "./document-side.js";
import { causesOf, explainsFromElsewhere } from "./explains.js";
import { fingerprints } from "./fingerprints.js";
import type { Finding, FindingPlace, FindingSpot } from "./finding.js";
import { compareLevels, worstLevel, type Level } from "./level.js";
import { placeOrder, placesOf } from "./places.js";
import { positionKey, valuePathText, type Position } from "./position.js";
import { ruleOf } from "./rules.js";
import { joinSiblings } from "./siblings.js";
import { createSpotter } from "./spots.js";
import { MOST_VALUES } from "./schema/exploration.js";
import type { SurfaceChange } from "./surface-change.js";

/** Two documents, and all that was found between them. */
export interface Compared {
  readonly old: DocumentSide;
  readonly new: DocumentSide;
  readonly changes: readonly Change[];
  readonly surfaceChanges: readonly SurfaceChange[];
  /** Whether what very many values have in common was told of some of them only. */
  readonly isCut: boolean;
}

/** Changes of one cause, wherever they are noticed. The first one speaks for all: none is worse. */
export interface Gathered {
  readonly change: Gatherable;
  readonly all: readonly Gatherable[];
  readonly wire: Level;
  readonly source: Level;
}

/** A change of either kind. */
export type Gatherable = Omit<Change, "wire"> & {
  readonly wire: Level;
  readonly source: Level;
};

/**
 * Makes findings of changes: those of one cause become one, with every place where it is noticed. A change on the wire
 * explains what it does to the client; what nothing explains becomes a finding of its own.
 */
export function gather({
  old,
  new: current,
  changes,
  surfaceChanges,
  isCut,
}: Compared): readonly Finding[] {
  const explained = explain(changes, surfaceChanges);
  const gathered = byCause(joinSiblings(explained, ({ pair }) => pairKey(pair)));
  const prints = fingerprints(gathered, { old: old.api.document, new: current.api.document });
  const spotIn = { old: createSpotter(old), new: createSpotter(current) };
  const places = placesOf(old, current);
  const findings = gathered.map(({ change, all, wire, source }, index): Finding => ({
    rule: change.rule,
    wire,
    source,
    direction: change.direction,
    message: change.message,
    hint: ruleOf(change.rule).hint,
    old: spotted(spotIn.old, change.old),
    new: spotted(spotIn.new, change.new),
    places: places(all),
    ...(isCut && all.length >= MOST_VALUES ? { hasMorePlaces: true } : {}),
    fingerprint: prints[index] ?? "",
  }));
  return findings.sort(findingOrder);
}

function spotted(
  spotIn: (spot: Spot) => FindingSpot,
  spot: Spot | undefined,
): FindingSpot | undefined {
  return spot && spotIn(spot);
}

/* ------------------------------------------------------------------ both verdicts */

/** Gives each change on the wire the verdict on the source that belongs to it, and adds the changes that none explains. */
function explain(
  changes: readonly Change[],
  surfaceChanges: readonly SurfaceChange[],
): readonly Gatherable[] {
  if (surfaceChanges.length === 0)
    return changes.map((change) => ({ ...change, source: "safe" as const }));
  const atPlace = new Map<string, Change[]>();
  const ofPair = new Map<string, Change[]>();
  for (const change of changes) {
    pushTo(atPlace, placeKey(change), change);
    pushTo(ofPair, pairKey(change.pair), change);
  }
  const source = new Map<Change, Level>();
  const unexplained: Gatherable[] = [];
  for (const change of surfaceChanges) {
    const here = placeKeys(change)
      .map((key) => causesOf(change, atPlace.get(key) ?? []))
      .find((found) => found.length > 0);
    const found =
      here ??
      (ofPair.get(pairKey(change.pair)) ?? []).filter((cause) =>
        explainsFromElsewhere(cause, change),
      );
    if (found.length === 0) unexplained.push({ ...change, wire: "safe" });
    for (const cause of found)
      source.set(cause, worstLevel([source.get(cause) ?? "safe", change.source]));
  }
  return [
    ...changes.map((change) => ({ ...change, source: source.get(change) ?? ("safe" as const) })),
    ...unexplained,
  ];
}

type Placed = Pick<Change, "pair" | "position" | "path">;

/** Where a change may stand that explains one: at the same place, or at the content as a whole. */
function placeKeys(change: Placed): readonly string[] {
  const { position } = change;
  const whole: Position | undefined =
    position.kind === "body" || position.kind === "response"
      ? { ...position, mediaType: undefined }
      : undefined;
  return [
    placeKey(change),
    ...(whole === undefined ? [] : [placeKey({ ...change, position: whole, path: [] })]),
  ];
}

function placeKey({ pair, position, path }: Placed): string {
  return `${pairKey(pair)} ${positionKey(position)} ${valuePathText(path)}`;
}

/** A text that tells pairs apart. */
export function pairKey(pair: OperationPair | undefined): string {
  if (pair === undefined) return "";
  return JSON.stringify([pair.origin, pair.old?.pointer ?? null, pair.new?.pointer ?? null]);
}

/* ---------------------------------------------------------------------- one cause */

function byCause(changes: readonly Gatherable[]): readonly Gathered[] {
  const groups = new Map<string, Gatherable[]>();
  for (const change of changes) pushTo(groups, causeKey(change), change);
  return [...groups.values()].map((all) => ({
    change: speaker(all),
    all,
    wire: worstLevel(all.map(({ wire }) => wire)),
    source: worstLevel(all.map(({ source }) => source)),
  }));
}

function causeKey(change: Gatherable): string {
  const { rule, direction, cause, old, new: current } = change;
  // Of one object other properties may be meant in another place.
  const names = [old?.value, current?.value].find((value) => Array.isArray(value)) ?? null;
  const where = cause ?? [old?.pointer ?? null, current?.pointer ?? null, names];
  const isNowhere = cause === undefined && old === undefined && current === undefined;
  return JSON.stringify([rule, direction ?? null, isNowhere ? placeKey(change) : where]);
}

/** The first one of those that are worst: its sentence is told. */
function speaker(all: readonly Gatherable[]): Gatherable {
  const [first, ...others] = all;
  if (first === undefined) throw new Error("A cause without a change");
  return others.reduce(
    (worst, change) => (compareLevels(change.wire, worst.wire) > 0 ? change : worst),
    first,
  );
}

function pushTo<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}

/* ------------------------------------------------------------------------- order */

/** Worst first, and what is about the document as a whole before what is about operations. */
function findingOrder(left: Finding, right: Finding): number {
  return (
    compareLevels(worstOf(right), worstOf(left)) ||
    comparePlaces(left.places[0], right.places[0]) ||
    compareText(left.rule, right.rule) ||
    compareText(left.message, right.message) ||
    compareText(left.fingerprint, right.fingerprint)
  );
}

function worstOf({ wire, source }: Finding): Level {
  return worstLevel([wire, source]);
}

function comparePlaces(left: FindingPlace | undefined, right: FindingPlace | undefined): number {
  if (left === undefined || right === undefined)
    return Number(left !== undefined) - Number(right !== undefined);
  return placeOrder(left, right);
}
