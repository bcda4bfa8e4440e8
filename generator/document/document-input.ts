import type { Outcome } from "../diagnostics/diagnostic.js";
import type { LoadSettings } from "./load-settings.js";
import type { Source } from "./source.js";

/** Which files a document is made of, apart from those that it refers to. */
export interface DocumentInput {
  /** The root document: an absolute path or one relative to the working directory, a URL, or `git:REF:PATH`. */
  readonly file: string;
  /** Paths of overlays, in the order in which they are applied. Default: none. */
  readonly overlays?: readonly string[];
  /** How all these files are read. */
  readonly settings?: LoadSettings;
}

/** What became of reading a document. There may be a value beside errors. */
export interface LoadedDocument extends Outcome<Source> {
  /**
   * Absolute paths of all files on which that depends: what was read, and what was looked for and is not there. Nothing
   * of commits and of what was fetched.
   */
  readonly files: readonly string[];
  /** {@link sourceHash} of each of these files, as it was when it was read; `undefined` where there was none. */
  readonly hashes: ReadonlyMap<string, string | undefined>;
}
