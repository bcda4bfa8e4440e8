import type { JsonValue } from "../document/source.js";
import type { Operation } from "../resolve/resolved-api.js";
import type { Level } from "./level.js";
import type { Direction, Position, ValuePath } from "./position.js";
import type { RuleId } from "./rules.js";

/** A place of one document, and what stands there. */
export interface Spot {
  /** JSON pointer (RFC 6901) into the document of `ResolvedApi`. */
  readonly pointer: string;
  /** The value that the change is about, such as that of a keyword; `undefined` where there is none to show. */
  readonly value?: JsonValue | undefined;
  /**
   * What tells the change from others of its rule at the same place where {@link value} does not, such as what a variant
   * without a name says. Fingerprints read it in place of the value, and nothing else does.
   */
  readonly content?: JsonValue | undefined;
}

/** An operation that both documents have, whatever it is called in each; or that one of them has. */
export interface OperationPair {
  readonly old: Operation | undefined;
  readonly new: Operation | undefined;
  /** Where it stands: `webhooks` and `callbacks` are called by the server. */
  readonly origin: "paths" | "webhooks" | "callbacks";
}

/** One difference between two documents, where a comparer found it: before equal ones are gathered in a finding. */
export interface Change {
  readonly rule: RuleId;
  /** Whether a client that conforms to the old document fails against a server that conforms to the new one. */
  readonly wire: Level;
  /** `undefined` where it is about nothing that is sent, such as a name. */
  readonly direction: Direction | undefined;
  /** `undefined` where it is about the document as a whole. */
  readonly pair: OperationPair | undefined;
  readonly position: Position;
  /** From the value of the position to the part of it that changed; empty for the value itself. */
  readonly path: ValuePath;
  /** `undefined` where the old document has nothing of the kind. */
  readonly old: Spot | undefined;
  /** `undefined` where the new document has nothing of the kind. */
  readonly new: Spot | undefined;
  /**
   * What makes changes one finding where equal ones stand in several places, such as a parameter that many operations
   * lost. Default: where both documents say it.
   */
  readonly cause?: string | undefined;
  /**
   * What a caller will notice: a sentence without the operation and the position, which stand beside it. Texts of
   * documents are in it only through `quoted`.
   */
  readonly message: string;
}
