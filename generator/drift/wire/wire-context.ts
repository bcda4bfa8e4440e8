import { canonicalJson } from "../../document/hashes.js";
import { resolvePointer } from "../../document/pointer.js";
import type { JsonObject, JsonValue } from "../../document/source.js";
import { follow } from "../../resolve/references.js";
import type { Operation, PlacedSchema, ResolvedApi } from "../../resolve/resolved-api.js";
import type { Change, Spot } from "../change.js";
import type { Direction, Position } from "../position.js";
import type { CompareSchemas } from "../schema/compare-schemas.js";

/** What everything is compared in the light of. */
export interface WireContext {
  readonly old: ResolvedApi;
  readonly new: ResolvedApi;
  readonly compareSchemas: CompareSchemas;
}

/** A change of an operation: which one that is, is added to it later. */
export type PartChange = Omit<Change, "pair">;

/** An operation that both documents have, and which way its parts go: a webhook is sent by the server. */
export interface Exchange {
  readonly old: Operation;
  readonly new: Operation;
  /** The way of parameters and bodies. */
  readonly sent: Direction;
  /** The way of what is answered. */
  readonly answered: Direction;
}

/** A place of a document; without its own value, for it is large or says nothing more. */
export function spot(pointer: string, value?: JsonValue): Spot {
  return { pointer, value };
}

/** Where what a `$ref` at a pointer leads to stands; the pointer itself where there is none. */
export function targetOf(document: JsonObject, pointer: string): string {
  return follow(document, resolvePointer(document, pointer), pointer)?.pointer ?? pointer;
}

/** One cause for all that is the same in several operations. */
export function sameIn(...what: readonly (JsonValue | undefined)[]): string {
  return canonicalJson(what.map((value) => value ?? null));
}

/** What the schemas of a part of an operation differ in. */
export function* schemaChanges(
  { compareSchemas }: WireContext,
  old: PlacedSchema | undefined,
  now: PlacedSchema | undefined,
  direction: Direction,
  position: Position,
): Generator<PartChange> {
  for (const change of compareSchemas(old, now, direction))
    yield { ...change, direction, position };
}
