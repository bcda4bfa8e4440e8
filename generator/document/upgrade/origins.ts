import type { TargetKind } from "../grammar.js";
import { compareText, isObject } from "../json.js";
import { childPointer } from "../pointer.js";
import type { JsonObject, JsonValue } from "../source.js";

/*
 * An upgrade moves things. Each value that it moves carries the place where it was written, so that all places can be
 * read off the finished document: no function needs to know where what it makes will stand.
 */

/** Where a value was written, and what it is, if a `$ref` can lead to it. */
interface Origin {
  readonly pointer: string;
  readonly kind: TargetKind | undefined;
}

/** A symbol is no key of JSON: nothing that reads a document sees it. */
const ORIGIN: unique symbol = Symbol("origin");

type Marked = JsonObject & { readonly [ORIGIN]?: Origin };

/** Gives a copy of an object that knows where it was written: at a pointer of the document as it was read. */
export function writtenAt(pointer: string, value: JsonObject, kind?: TargetKind): JsonObject {
  return { ...value, [ORIGIN]: { pointer, kind } };
}

/** What stands where in an upgraded document. */
export interface Layout {
  /** Pointer in the upgraded document -> pointer in the document as written; the longest prefix counts. */
  readonly origins: ReadonlyMap<string, string>;
  /** The other way round, for what a `$ref` can lead to: see {@link homeOf}. */
  readonly homes: ReadonlyMap<string, string>;
}

interface Step {
  readonly value: JsonValue;
  readonly pointer: string;
  /** Where the value was written, if it says nothing else itself. */
  readonly expected: string;
}

/** Reads off a finished document where each of its parts was written. */
export function layoutOf(document: JsonObject): Layout {
  const origins = new Map<string, string>();
  const homes = new Map<string, string>();
  const waiting: Step[] = [{ value: document, pointer: "", expected: "" }];
  for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
    const origin = originOf(step.value);
    const written = origin?.pointer ?? step.expected;
    if (written !== step.expected) origins.set(step.pointer, written);
    if (origin?.kind !== undefined) addHome(homes, origin.kind, written, step.pointer);
    // Below a schema nothing moves.
    if (origin?.kind !== "schema") waiting.push(...stepsBelow(step, written));
  }
  return { origins, homes };
}

function originOf(value: JsonValue): Origin | undefined {
  return isObject(value) ? (value as Marked)[ORIGIN] : undefined;
}

/** In reverse, so that of two places of one value the first one is its home, whatever the order of keys. */
function stepsBelow({ value, pointer }: Step, written: string): readonly Step[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value)
    .sort(compareText)
    .map((key) => ({
      value: (Array.isArray(value) ? value[Number(key)] : value[key]) ?? null,
      pointer: childPointer(pointer, key),
      expected: childPointer(written, key),
    }))
    .reverse();
}

function addHome(
  homes: Map<string, string>,
  kind: TargetKind,
  written: string,
  pointer: string,
): void {
  const key = homeKey(kind, written);
  if (!homes.has(key)) homes.set(key, pointer);
}

function homeKey(kind: TargetKind, written: string): string {
  return `${kind} ${written}`;
}

/** Where something stands that was written at a pointer; what did not move stands where it was written. */
export function homeOf({ homes }: Layout, kind: TargetKind, written: string): string {
  return translated(written, (prefix) => homes.get(homeKey(kind, prefix)));
}

/** Where in the document as written something stands, by its place in the upgraded one. */
export function originPointer({ origins }: Layout, pointer: string): string {
  return translated(pointer, (prefix) => origins.get(prefix));
}

/** Replaces the longest prefix of a pointer that has moved. */
function translated(pointer: string, moved: (prefix: string) => string | undefined): string {
  for (let prefix = pointer; prefix !== ""; prefix = prefix.slice(0, prefix.lastIndexOf("/"))) {
    const to = moved(prefix);
    if (to !== undefined) return to + pointer.slice(prefix.length);
  }
  return pointer;
}
