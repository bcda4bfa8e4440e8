import type { ResolvedApi } from "../../resolve/resolved-api.js";
import type { Spot } from "../change.js";
import type { Level } from "../level.js";
import type { ValuePath } from "../position.js";
import type { RuleId } from "../rules.js";

/** A document, as far as it decides what its schemas mean. */
export type SchemaDocument = Pick<ResolvedApi, "document" | "dialect" | "schemas" | "schemaKeys">;

/** One difference between two schemas, seen in one direction. */
export interface SchemaChange {
  readonly rule: RuleId;
  /** Whether a client that conforms to the old document fails against a server that conforms to the new one. */
  readonly wire: Level;
  /** From the value of the whole schema to the part of it that changed. */
  readonly path: ValuePath;
  readonly old: Spot | undefined;
  readonly new: Spot | undefined;
  /** What a caller will notice: one sentence. */
  readonly message: string;
}
