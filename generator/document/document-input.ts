import type { LoadSettings } from "./load-settings.js";

/** Which files a document is made of, apart from those that it refers to. */
export interface DocumentInput {
  /** The root document: an absolute path or one relative to the working directory, a URL, or `git:REF:PATH`. */
  readonly file: string;
  /** Paths of overlays, in the order in which they are applied. Default: none. */
  readonly overlays?: readonly string[];
  /** How all these files are read. */
  readonly settings?: LoadSettings;
}
