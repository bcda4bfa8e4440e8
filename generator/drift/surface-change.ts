import type { OperationPair, Spot } from "./change.js";
import type { Level } from "./level.js";
import type { Direction, Position, ValuePath } from "./position.js";
import type { RuleId } from "./rules.js";

/**
 * One difference between two generated clients. Where a change on the wire stands at the same pair, position and path,
 * it explains this one, and both become one finding; otherwise this becomes a finding of its own rule.
 */
export interface SurfaceChange {
  readonly rule: RuleId;
  /** Whether code that compiles against the old client still compiles against the new one. */
  readonly source: Level;
  readonly direction: Direction | undefined;
  /** `undefined` where it is about a type or a class, and not about one operation. */
  readonly pair: OperationPair | undefined;
  readonly position: Position;
  readonly path: ValuePath;
  readonly old: Spot | undefined;
  readonly new: Spot | undefined;
  /** What makes changes one finding where equal ones stand in several places, as in a change on the wire. */
  readonly cause?: string | undefined;
  /** As in a change on the wire. */
  readonly message: string;
}
