import type { Spot } from "../change.js";
import type { Level } from "../level.js";
import type { Direction, ValuePath } from "../position.js";
import type { RuleId } from "../rules.js";
import type { SchemaReader } from "./read-schema.js";
import type { Demand, Shape } from "./shape.js";
import type { Kind } from "./value-types.js";

/** What differs between two sets of values by itself: what differs in parts of the values is left to {@link Edge}s. */
export interface Difference {
  readonly changes: readonly LocalChange[];
  readonly edges: readonly Edge[];
}

export const NOTHING: Difference = { changes: [], edges: [] };

/** A change of a value, or of a property directly in it. */
export interface LocalChange {
  readonly rule: RuleId;
  readonly wire: Level;
  readonly path: ValuePath;
  readonly old: Spot | undefined;
  readonly new: Spot | undefined;
  /** The sentence; the subject is what it begins with, such as `"total"` or `The value`. */
  readonly message: (subject: string) => string;
}

/** Two sets of values that are compared, whatever the way on which they were met. */
export type Pair =
  | { readonly kind: "demands"; readonly old: Demand; readonly new: Demand }
  | { readonly kind: "shapes"; readonly old: Shape; readonly new: Shape; readonly of: Kind };

/** The way from a pair to one of parts of its values. */
export interface Edge {
  readonly path: ValuePath;
  readonly pair: Pair;
  /** The worst that the changes there can be: for all that is known, something else makes up for them. */
  readonly atMost?: Level;
}

/** What a comparison of one pair may ask for. */
export interface Comparing {
  readonly direction: Direction;
  readonly old: SchemaReader;
  readonly new: SchemaReader;
  /** The worst of all changes of a pair and of what it leads to. */
  readonly worst: (pair: Pair) => Level;
  /** Whether a pair differs in nothing that is told. */
  readonly isEqual: (pair: Pair) => boolean;
  /** Whether two demands are written alike, with everything that they refer to, or differ in nothing that is told. */
  readonly isSame: (old: Demand, now: Demand) => boolean;
}

/** Puts differences together. */
export function together(...differences: readonly Difference[]): Difference {
  return {
    changes: differences.flatMap(({ changes }) => changes),
    edges: differences.flatMap(({ edges }) => edges),
  };
}
