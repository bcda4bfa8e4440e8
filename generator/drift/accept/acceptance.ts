import type { TextPlace } from "../../diagnostics/diagnostic.js";
import type { Level } from "../level.js";
import type { Direction } from "../position.js";

/** What `schema.json` describes: the changes that somebody knows and has accepted. */
export interface Acceptance {
  readonly entries: readonly AcceptanceEntry[];
}

/**
 * One entry: it accepts the findings that match everything it says. Of a list any item may match; what it does not
 * mention does not matter. In patterns, `*` stands for any characters.
 */
export interface AcceptanceEntry {
  readonly reason: string;
  readonly author: string | undefined;
  /** The last day, `YYYY-MM-DD`, on which it accepts anything. */
  readonly expires: string | undefined;
  readonly fingerprints: readonly string[] | undefined;
  /** Patterns of ids. */
  readonly rules: readonly string[] | undefined;
  /** Patterns such as `GET /videos/**`, or ids of operations; all places of a finding have to match. */
  readonly operations: readonly string[] | undefined;
  /** Patterns of the names of classes; all places of a finding have to match. */
  readonly classes: readonly string[] | undefined;
  /** Patterns of what `positionText` gives, such as `response 4*`, or `operation`; all places of a finding have to match. */
  readonly positions: readonly string[] | undefined;
  /** Patterns of JSON pointers in either document; what lies below one of them matches too. */
  readonly pointers: readonly string[] | undefined;
  readonly direction: Direction | undefined;
  /** The worst verdict that is accepted; any where it is left out. */
  readonly upTo: Level | undefined;
  /** Where it stands in the file. */
  readonly place: TextPlace;
}
