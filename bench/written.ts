import { lstatSync, readdirSync } from "node:fs";
import path from "node:path";

/** What tells the files of a folder from what they were: by their absolute paths, what changes when one is written. */
export type Snapshot = ReadonlyMap<string, string>;

/** Looks at all files below a folder, without reading them. */
export function snapshotOf(folder: string): Snapshot {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return new Map(
    files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const { ino, mtimeNs, size } = lstatSync(file, { bigint: true });
      return [file, `${ino} ${mtimeNs} ${size}`];
    }),
  );
}

/** The files that were written between two looks, those with the text that they had before included. */
export function writtenBetween(before: Snapshot, after: Snapshot): readonly string[] {
  return [...after].flatMap(([file, state]) => (before.get(file) === state ? [] : [file]));
}
