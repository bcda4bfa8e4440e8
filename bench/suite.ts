/** A table of what was measured. */
export interface Table {
  readonly title: string;
  /** What the figures are, and what one has to know of them. */
  readonly note: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * What a module of this folder exports that `npm run bench` can run; `suites.ts` has the list. A suite measures in one
 * go whatever its tables compare, the compared ones in turns, so that a busy moment of the machine hits all of them.
 */
export interface Suite {
  /** What it is called on the command line, and its file in `results/`. */
  readonly name: string;
  /** Measures. What is written meanwhile lies in temporary folders outside of the repository. */
  tables(): readonly Table[] | Promise<readonly Table[]>;
}
