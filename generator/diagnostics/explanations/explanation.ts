import type { ExtensionNames } from "../../document/extension-names.js";

/** The longer story of a diagnostic code, as the files beside tell it. */
export interface Explanation {
  /** Why it matters for whoever uses the client. */
  readonly why: string;
  /** What driftline does then. */
  readonly then: string;
  /** What to do about it. */
  readonly mend: string;
  readonly example?: Example;
}

/** Two texts of which one gives the finding and the other does not. */
export interface Example {
  /** What the texts are. Documents may lack `openapi`, `info` and `paths`, which then say nothing of interest. */
  readonly of: "document" | "configuration" | "overlay" | "lock" | "command line";
  readonly wrong: string;
  readonly right: string;
  /** The name of the document, where its ending matters. */
  readonly file: string;
  /** Other files that the document refers to. */
  readonly files: Readonly<Record<string, string>>;
  /** What the configuration has to say, so that the document gives the finding. */
  readonly extensions: ExtensionNames;
}
