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
  /**
   * Measures. No tables: something is missing that it needs, and it has said so.
   *
   * @param folder an empty one outside of the repository, for what is written meanwhile; nothing in it needs to be
   *   deleted, and nothing should be while it measures: `folders.ts` tells why
   */
  tables(folder: string): readonly Table[] | Promise<readonly Table[]>;
}
