import type { AllowedOrigin } from "./fetch-file.js";
import type { Limits } from "./limits.js";

/** What a user decides about how a document is read. Plain data, so that another thread can have it. */
export interface LoadSettings {
  /** Absolute paths of folders that references may read besides that of the root document. Default: none. */
  readonly folders?: readonly string[];
  /** Where references may fetch files from. Default: nowhere. */
  readonly origins?: readonly AllowedOrigin[];
  /** Whether a root document that is named by a URL may come from a network of one's own. Default: no. */
  readonly privateNetwork?: boolean;
  /** Where copies of fetched files are kept. Default: nowhere. */
  readonly cache?: CacheSettings;
  /** In place of the usual ones. */
  readonly limits?: Partial<Limits>;
}

/** Where copies of fetched files are, and whether nothing else is used. */
export interface CacheSettings {
  /** Absolute path; made when there is something to keep. */
  readonly folder: string;
  /** Whether nothing is fetched. */
  readonly isOffline: boolean;
}
