import type { AllowedOrigin } from "./fetch-file.js";
import type { Limits } from "./limits.js";

/** What a user decides about how a document is read. Plain data, so that another thread can have it. */
export interface LoadSettings {
  /** Absolute paths of folders that references may read besides that of the root document. Default: none. */
  readonly folders?: readonly string[];
  /** Where references may fetch files from. Default: nowhere. */
  readonly origins?: readonly AllowedOrigin[];
  /** In place of the usual ones. */
  readonly limits?: Partial<Limits>;
}
