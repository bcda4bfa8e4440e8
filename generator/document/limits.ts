/** What a document may cost. Real documents stay far below each limit; hostile ones meet a plain message. */
export interface Limits {
  /** All files of a document together, in bytes. */
  readonly bytes: number;
  /** Objects and arrays inside each other. */
  readonly depth: number;
  /** Tokens of one YAML file; each takes about 400 bytes of memory. JSON has no such limit, since it takes far less. */
  readonly yamlTokens: number;
  /** YAML aliases, those inside repeated values counted as often as they are repeated. */
  readonly aliases: number;
  /** YAML values that stand in the document only through aliases. */
  readonly aliasedValues: number;
  /** Files that one document may consist of. */
  readonly files: number;
  /** Time for one file to be fetched in, in seconds. */
  readonly fetchSeconds: number;
  /** Schemas that are copied because a `$dynamicRef` means something else in each copy. */
  readonly copies: number;
}

export const LIMITS: Limits = {
  bytes: 64 * 1024 * 1024,
  depth: 512,
  yamlTokens: 3_000_000,
  aliases: 1000,
  aliasedValues: 1_000_000,
  files: 1000,
  fetchSeconds: 30,
  copies: 1000,
};
