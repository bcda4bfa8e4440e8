import type { JsonObject } from "../../document/source.js";
import type { ResolvedApi } from "../../resolve/resolved-api.js";
import type { Families } from "../../types/families.js";

/** What the values of all schemas of a document have in common. */
export interface ValueContext {
  readonly api: ResolvedApi;
  readonly families: Families;
  /** Objects that were made, by what decides them: documents refer to a few schemas from many places. */
  readonly known: Map<string, KnownObject>;
}

export interface KnownObject {
  readonly value: JsonObject;
  /** Pointers of the schemas that it was made of: in none of those would it be the same. */
  readonly passed: readonly string[];
  /** How many values were tried for it. */
  readonly tries: number;
}

/** What decides the value of a schema besides the schema itself. */
export interface Making extends ValueContext {
  /** Requests have no readOnly properties, answers no writeOnly ones. */
  readonly input: boolean;
  /** Whether the outermost object is to show what there can be, or only as much as a call needs. */
  readonly isWhole: boolean;
  /** Pointers of the schemas that the value stands in: none of them is begun again. */
  readonly around: readonly string[];
  /** How many values it stands in. */
  readonly depth: number;
  readonly run: Run;
}

/** What has happened while one example was made. */
export interface Run {
  /** How many values may still be tried: a document may ask for any number of them. */
  left: number;
  /** How often there was no way on because of what stands around. */
  turns: number;
  /** Pointers of the schemas that were referred to, in order. */
  readonly passed: string[];
}

/** The most values that are tried for one example. */
const MOST_TRIES = 2_000;

/** Values deeper than this show nothing any more. */
export const MOST_LEVELS = 8;

/** The beginning of an example. */
export function makingOf(
  { api, families, known }: ValueContext,
  { input, isWhole }: Pick<Making, "input" | "isWhole">,
): Making {
  const run = { left: MOST_TRIES, turns: 0, passed: [] };
  return { api, families, known, input, isWhole, around: [], depth: 0, run };
}

/** What stands in the value at hand. */
export function inside(making: Making): Making {
  return { ...making, depth: making.depth + 1 };
}
