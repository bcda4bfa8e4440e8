/** What can become of a document, the worse the later. */
export const OUTCOMES = [
  "no-document",
  "compiled",
  "diagnosed",
  "not-compiled",
  "badly-reported",
  "not-reproducible",
  "half-written",
  "timed-out",
  "out-of-memory",
  "crashed",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What each outcome means, in the words of the table. */
export const MEANING: Readonly<Record<Outcome, string>> = {
  "no-document": "has neither openapi nor swagger at its root",
  compiled: "generated, and the strictest compiler takes it",
  diagnosed: "refused with errors that have a place",
  "not-compiled": "generated, but the compiler complains",
  "badly-reported": "an error has no place, or a stack was printed",
  "not-reproducible": "two runs gave different files",
  "half-written": "what lies in the output folder is not what was said",
  "timed-out": "took longer than --timeout",
  "out-of-memory": "needed more than --memory",
  crashed: "ended by a bug of driftline",
};

const FINE: ReadonlySet<Outcome> = new Set<Outcome>(["no-document", "compiled", "diagnosed"]);

/** Tells whether an outcome is as it should be, so that it does not fail the run. */
export function isFine(outcome: Outcome): boolean {
  return FINE.has(outcome);
}

/** Why something ended as it did: what documents are grouped by, and what it says of this one. */
export interface Reason {
  /** A diagnostic code, `TS2322`, or the place of ours where an error was thrown. */
  readonly code: string;
  readonly text: string;
}

/** What a worker found out about a document. */
export interface Examination {
  readonly outcome: Outcome;
  /** One for each code. */
  readonly reasons: readonly Reason[];
  /** How often each warning was given. */
  readonly warnings: Readonly<Record<string, number>>;
  /** How long it took, in seconds. */
  readonly generating: number;
  readonly compiling: number;
  /** How many lines were generated, the runtime aside. */
  readonly lines: number;
}

/** A document and what became of it. */
export interface Result extends Examination {
  /** Path below the folder that is run, with forward slashes. */
  readonly path: string;
  /** SHA-256 of its text; of the root file only. */
  readonly document: string;
  /** SHA-256 of the generator. */
  readonly generator: string;
  /** The limits under which it ended so, in seconds and megabytes. */
  readonly timeout: number;
  readonly memory: number;
}
