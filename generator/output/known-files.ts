import { textHash } from "../document/hashes.js";

/** A file that stands in an output folder as this generator wrote it. */
export interface KnownFile {
  /** {@link keyOf} what it was made of. */
  readonly key: string;
  readonly text: string;
}

/** Files of an output folder by their path below it. What is made of the same needs not be made again. */
export type KnownFiles = ReadonlyMap<string, KnownFile>;

/** What files are made of, by their path: {@link keyOf} it. Files that anything may change are not in it. */
export type Keys = ReadonlyMap<string, string>;

/**
 * A key that values share only if they are equal, and made in the same way: the order of members counts.
 *
 * @param parts plain data, as JSON has it; of a map it would tell nothing
 */
export function keyOf(parts: object): string {
  return textHash(JSON.stringify(parts));
}

/** What known files were made of. */
export function keysOf(known: KnownFiles): Keys {
  return new Map([...known].map(([path, { key }]) => [path, key]));
}

/** The texts of files that would be made of the same again. */
export function sameTexts(keys: Keys, known: KnownFiles): ReadonlyMap<string, string> {
  return new Map(
    [...keys].flatMap(([path, key]) => {
      const file = known.get(path);
      return file?.key === key ? [[path, file.text] as const] : [];
    }),
  );
}
