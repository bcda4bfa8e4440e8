/** A table of what was measured. */
export interface Table {
  readonly title: string;
  /** What the figures are, and what one has to know of them. */
  readonly note: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
