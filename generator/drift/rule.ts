/** A kind of change: one entry of a table of rules. Ids never change, because acceptance files name them. */
export interface Rule {
  /** What kind of change it is, for a list of rules: a few words, such as "enum lost values". */
  readonly title: string;
  /** Why it matters to callers: one or two sentences, whatever the case at hand. */
  readonly meaning: string;
  /** What to do about it. */
  readonly hint: string;
}
