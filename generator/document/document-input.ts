import type { LoadSettings } from "./load-settings.js";

/** Which files a document is made of, apart from those that it refers to. */
export interface DocumentInput {
  /** Path of the root document, absolute or relative to the working directory. */
  readonly file: string;
  /** Paths of overlays, in the order in which they are applied. Default: none. */
  readonly overlays?: readonly string[];
  /** How all these files are read. */
  readonly settings?: LoadSettings;
}
