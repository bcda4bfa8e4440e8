/** What a document may cost. Real documents stay far below each limit; hostile ones meet a plain message. */
export interface Limits {
  /** Of one file, in bytes. */
  readonly bytes: number;
  /** Objects and arrays inside each other. */
  readonly depth: number;
  /** YAML aliases, those inside repeated values counted as often as they are repeated. */
  readonly aliases: number;
  /** YAML values that stand in the document only through aliases. */
  readonly aliasedValues: number;
  /** Files that one document may consist of. */
  readonly files: number;
}

export const LIMITS: Limits = {
  bytes: 64 * 1024 * 1024,
  depth: 512,
  aliases: 1000,
  aliasedValues: 1_000_000,
  files: 1000,
};
