import type { Level } from "../../level.js";

/* What the page gets as JSON. Every text is visible already: the script only puts it into text nodes. */

export interface PageData {
  readonly reports: readonly PageReport[];
}

export interface PageReport {
  readonly name: string;
  readonly old: PageDocument;
  readonly new: PageDocument;
  readonly failed: boolean;
  /** Why the run fails, and which version the client needs. */
  readonly verdict: readonly string[];
  /** Which verdict counts at first. */
  readonly counted: "wire" | "source" | "both";
  /** The lines of documents that findings show, each once. */
  readonly files: { readonly old: readonly PageFile[]; readonly new: readonly PageFile[] };
  readonly findings: readonly PageFinding[];
  /** What is wrong with the acceptance file. */
  readonly problems: readonly string[];
}

export interface PageDocument {
  readonly location: string;
  readonly version: string;
  readonly operations: number;
}

export interface PageFile {
  readonly path: string;
  /** Line number, from 1, and text. */
  readonly lines: readonly (readonly [number, string])[];
}

export interface PageFinding {
  readonly rule: string;
  readonly title: string;
  readonly meaning: string;
  readonly wire: Level;
  readonly source: Level;
  readonly direction: string;
  readonly message: string;
  readonly hint: string;
  readonly fingerprint: string;
  readonly places: readonly PagePlace[];
  /** How many places there are besides. */
  readonly morePlaces: number;
  readonly usages: readonly { readonly spot: string; readonly text: string }[];
  readonly old: PageExcerpt | undefined;
  readonly new: PageExcerpt | undefined;
  /** Who has accepted it and why; absent where nobody has. */
  readonly accepted?: { readonly reason: string; readonly by: string };
}

export interface PagePlace {
  readonly method: string;
  readonly path: string;
  /** `VideoApi.getVideo`; empty where there is no client. */
  readonly name: string;
  /** Where in the operation; empty for the operation itself. */
  readonly where: string;
}

/** Lines of a document around a place. */
export interface PageExcerpt {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The first and the last line that can be shown. */
  readonly range: readonly [first: number, last: number];
  /** The lines that the other document does not have here. */
  readonly changed: readonly number[];
}
