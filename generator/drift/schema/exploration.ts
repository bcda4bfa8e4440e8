import { compareLevels, lesserLevel, worstLevel, type Level } from "../level.js";
import type { Direction, ValuePath } from "../position.js";
import type { Spot } from "../change.js";
import { compareMeanings } from "./compare-meanings.js";
import { compareShapes } from "./compare-shapes.js";
import {
  NOTHING,
  type Comparing,
  type Difference,
  type Edge,
  type LocalChange,
  type Pair,
} from "./difference.js";
import type { SchemaReader } from "./read-schema.js";
import type { SameSchemas } from "./same-schemas.js";
import type { SchemaChange } from "./schema-change.js";
import type { Demand, Shape } from "./shape.js";
import { subjectOf } from "./spots.js";

/*
 * Two schemas make a graph: its nodes are pairs of sets of values, its edges lead to pairs of their parts. Each pair is
 * compared once, whatever the number of ways to it, so that recursive schemas need nothing of their own.
 */

/** How often the same pair is told, at different parts of one value. */
const MOST_PLACES = 8;

/** How many pairs are looked at for one comparison, and for one question that it asks. */
const MOST_PAIRS = 20_000;
const MOST_STEPS = 20_000;

/** How many questions may be asked inside each other. */
const DEEPEST_QUESTION = 30;

interface Readers {
  readonly old: SchemaReader;
  readonly new: SchemaReader;
}

/** The graph of one direction, as far as it is known. */
export interface Exploration {
  readonly differenceOf: (pair: Pair) => Difference;
  /** A text that tells pairs apart. */
  readonly keyOf: (pair: Pair) => string;
  readonly readers: Readers;
}

export function createExploration(
  readers: Readers,
  isWrittenAlike: SameSchemas,
  direction: Direction,
): Exploration {
  const keyOf = createKeys();
  const known = new Map<string, Difference>();
  const inProgress = new Set<string>();
  const questions = createQuestions({
    differenceOf: (pair) => differenceOf(pair),
    isInProgress: (pair) => inProgress.has(keyOf(pair)),
    keyOf,
  });
  const comparing: Comparing = {
    ...readers,
    direction,
    worst: questions.worst,
    isEqual: questions.isEqual,
    isSame: (old, now) =>
      isWrittenAlike(old, now) || questions.isEqual({ kind: "demands", old, new: now }),
  };
  const compare = (pair: Pair): Difference => {
    if (pair.kind === "shapes") return compareShapes(pair.old, pair.new, pair.of, comparing);
    if (isWrittenAlike(pair.old, pair.new)) return NOTHING;
    const [old, now] = [readers.old.meaningOf(pair.old), readers.new.meaningOf(pair.new)];
    return compareMeanings(old, now, comparing);
  };
  const differenceOf = (pair: Pair): Difference => {
    const key = keyOf(pair);
    const found = known.get(key);
    if (found !== undefined) return found;
    inProgress.add(key);
    const difference = compare(pair);
    inProgress.delete(key);
    known.set(key, difference);
    return difference;
  };
  return { differenceOf, keyOf, readers };
}

/** Makes what gives a text that tells pairs apart, and remembers it: the same pairs are met over and over. */
function createKeys(): (pair: Pair) => string {
  const known = new WeakMap<Pair, string>();
  return (pair) => {
    const key = known.get(pair) ?? writtenKey(pair);
    known.set(pair, key);
    return key;
  };
}

function writtenKey(pair: Pair): string {
  return pair.kind === "demands"
    ? `${pair.old.key}|${pair.new.key}`
    : `${pair.of} ${pair.old.key}|${pair.new.key}`;
}

/* ------------------------------------------------------------------- questions */

interface Questions {
  readonly worst: (pair: Pair) => Level;
  readonly isEqual: (pair: Pair) => boolean;
}

/**
 * What may be asked of a pair while another one is compared. A pair that is being compared itself is taken to differ in
 * nothing: what it differs in is told where it stands.
 */
function createQuestions(graph: {
  readonly differenceOf: (pair: Pair) => Difference;
  readonly isInProgress: (pair: Pair) => boolean;
  readonly keyOf: (pair: Pair) => string;
}): Questions {
  const { keyOf } = graph;
  const levels = new Map<string, Level>();
  let depth = 0;
  const reachable = function* (start: Pair): Generator<LocalChange | "unknown"> {
    const seen = new Set<string>([keyOf(start)]);
    const waiting = [start];
    for (let steps = 0; ; steps += 1) {
      const pair = waiting.pop();
      if (pair === undefined) return;
      if (steps > MOST_STEPS || depth > DEEPEST_QUESTION) {
        yield "unknown";
        return;
      }
      if (graph.isInProgress(pair)) continue;
      depth += 1;
      const { changes, edges } = graph.differenceOf(pair);
      depth -= 1;
      yield* changes;
      for (const edge of edges) {
        const key = keyOf(edge.pair);
        if (!seen.has(key)) waiting.push(edge.pair);
        seen.add(key);
      }
    }
  };
  return {
    isEqual: (pair) => reachable(pair).next().done === true,
    worst: (pair) => {
      const key = keyOf(pair);
      const known = levels.get(key);
      if (known !== undefined) return known;
      let worst: Level = "safe";
      for (const change of reachable(pair)) {
        worst = worstLevel([worst, change === "unknown" ? "undecidable" : change.wire]);
        if (worst === "breaking") break;
      }
      // With others in progress, only what is surely bad is known for good.
      if (worst === "breaking" || depth === 0) levels.set(key, worst);
      return worst;
    },
  };
}

/* --------------------------------------------------------------------- results */

/** A pair that is to be told, and the way to it. */
interface Visit {
  readonly pair: Pair;
  readonly path: ValuePath;
  readonly atMost: Level;
  /** The pairs on the way to it. */
  readonly above: Above | undefined;
}

interface Above {
  readonly key: string;
  readonly above: Above | undefined;
}

/** How many visits all values of a document together may take before only so much is told as a reader can use. */
const FREE_VISITS = 1_000_000;

/** In how many values the same pair is told from then on; others hold it too. */
export const MOST_VALUES = 25;

/** What is told of the values of two documents. */
export interface Telling {
  /** All that two schemas differ in, nearest first. A part of a schema inside itself is told once. */
  readonly resultOf: (start: Pair) => readonly SchemaChange[];
  /** Whether what {@link MOST_VALUES} values hold was not told of more. */
  readonly isCut: () => boolean;
}

/**
 * Tells the differences of one value after the other. Where every schema leads to every other one, each of thousands of
 * values would tell all of them: once that has taken long enough, what many values hold is not told of more.
 */
export function createTelling({ differenceOf, keyOf, readers }: Exploration): Telling {
  const results = new Map<string, readonly SchemaChange[]>();
  const values = new Map<string, number>();
  let visited = 0;
  let isCut = false;
  const isFree = (): boolean => visited < FREE_VISITS;
  const isEnough = (key: string): boolean => {
    const isTold = !isFree() && (values.get(key) ?? 0) >= MOST_VALUES;
    isCut ||= isTold;
    return isTold;
  };
  const tell = (start: Pair): readonly SchemaChange[] => {
    const found = new Map<string, SchemaChange>();
    const visits = new Map<string, number>();
    const waiting: Visit[] = [{ pair: start, path: [], atMost: "breaking", above: undefined }];
    for (let index = 0; index < waiting.length; index += 1) {
      const visit = waiting[index];
      if (visit === undefined) break;
      if (index > MOST_PAIRS) {
        add(found, cutChange(visit, start, readers));
        break;
      }
      visited += 1;
      const key = keyOf(visit.pair);
      const times = visits.get(key) ?? 0;
      if (times >= (isFree() ? MOST_PLACES : 1) || isWithin(visit.above, key)) continue;
      if (times === 0) {
        if (isEnough(key)) continue;
        values.set(key, (values.get(key) ?? 0) + 1);
      }
      visits.set(key, times + 1);
      const { changes, edges } = differenceOf(visit.pair);
      for (const change of changes) add(found, changeAt(visit, change, readers));
      for (const edge of edges) waiting.push(visitOf(visit, edge, key));
    }
    return [...found.values()];
  };
  return {
    resultOf: (start) => {
      const key = keyOf(start);
      const known = results.get(key) ?? tell(start);
      results.set(key, known);
      return known;
    },
    isCut: () => isCut,
  };
}

function visitOf({ path, atMost, above }: Visit, edge: Edge, key: string): Visit {
  return {
    pair: edge.pair,
    path: edge.path.length === 0 ? path : [...path, ...edge.path],
    atMost: lesserLevel(atMost, edge.atMost ?? "breaking"),
    above: { key, above },
  };
}

function changeAt({ path, atMost }: Visit, change: LocalChange, readers: Readers): SchemaChange {
  const whole = [...path, ...change.path];
  const { rule } = change;
  const [old, now] = [spotOf(change.old, readers.old), spotOf(change.new, readers.new)];
  const message = change.message(subjectOf(whole));
  return { rule, wire: lesserLevel(change.wire, atMost), path: whole, old, new: now, message };
}

function spotOf(spot: Spot | undefined, reader: SchemaReader): Spot | undefined {
  return spot === undefined ? undefined : { ...spot, pointer: reader.placeOf(spot.pointer) };
}

/** Whatever is left: that is no more known than what the whole says. */
function cutChange({ path }: Visit, whole: Pair, readers: Readers): SchemaChange {
  return {
    rule: "comparison-cut",
    wire: "undecidable",
    path,
    old: wholeSpot(whole.old, readers.old),
    new: wholeSpot(whole.new, readers.new),
    message: `${subjectOf(path)} and what is left of the schemas is not compared: they are too large.`,
  };
}

function wholeSpot(whole: Demand | Shape, reader: SchemaReader): Spot | undefined {
  const schemas = "schemas" in whole ? whole.schemas : whole.atoms;
  const [first] = schemas;
  if (first === undefined) return undefined;
  return { pointer: reader.placeOf(first.pointer), content: reader.wholeContentOf(schemas) };
}

function add(found: Map<string, SchemaChange>, change: SchemaChange): void {
  const { rule, path, old, new: now, message } = change;
  const key = JSON.stringify([rule, path, old?.pointer, now?.pointer, message]);
  const known = found.get(key);
  if (known === undefined || compareLevels(known.wire, change.wire) < 0) found.set(key, change);
}

function isWithin(from: Above | undefined, key: string): boolean {
  let above = from;
  while (above !== undefined && above.key !== key) above = above.above;
  return above !== undefined;
}
