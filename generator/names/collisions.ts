import { createHash } from "node:crypto";

/** Something that needs a name: what it is in the document, and names it can have, most wanted first. */
export interface Candidate {
  readonly identity: string;
  readonly names: readonly string[];
}

/** The longest name that is still a pleasure in a file name, far below the limits of file systems. */
const LONGEST_NAME = 100;

/**
 * Gives each candidate a name of its own. Names that differ only in case count as one. Where several want the same
 * name, all of them take their next one, and in the end a part of the hash of their identity; so a name depends on
 * who wants it, never on the order of the document.
 */
export function assignNames(
  candidates: readonly Candidate[],
  options: {
    readonly taken?: (name: string) => boolean;
    readonly fold?: (name: string) => string;
    /** What stands between a name and the part of a hash. */
    readonly separator?: "_" | "-";
  } = {},
): ReadonlyMap<string, string> {
  const fold = options.fold ?? ((name: string) => name.toLowerCase());
  const taken = options.taken ?? (() => false);
  const separator = options.separator ?? "_";
  const levels = new Map(candidates.map((candidate) => [candidate.identity, 0]));
  for (;;) {
    const named = candidates.map(
      (candidate) =>
        [candidate, nameAt(candidate, levels.get(candidate.identity) ?? 0, separator)] as const,
    );
    const counts = new Map<string, number>();
    for (const [, name] of named) counts.set(fold(name), (counts.get(fold(name)) ?? 0) + 1);
    const clashing = named.filter(
      ([candidate, name]) =>
        !isLast(candidate, levels) &&
        (name === "" || taken(name) || (counts.get(fold(name)) ?? 0) > 1),
    );
    if (clashing.length === 0)
      return new Map(named.map(([candidate, name]) => [candidate.identity, name]));
    for (const [candidate] of clashing)
      levels.set(candidate.identity, (levels.get(candidate.identity) ?? 0) + 1);
  }
}

function isLast(candidate: Candidate, levels: ReadonlyMap<string, number>): boolean {
  return (levels.get(candidate.identity) ?? 0) >= candidate.names.length;
}

function nameAt(candidate: Candidate, level: number, separator: string): string {
  const name = candidate.names[level];
  if (name !== undefined && name.length <= LONGEST_NAME) return name;
  const stem = name ?? candidate.names.findLast((known) => known !== "") ?? "Unnamed";
  return `${stem.slice(0, LONGEST_NAME).replace(/[_-]+$/, "")}${separator}${shortHash(candidate.identity)}`;
}

/** Eight hexadecimal digits that stand for a text. */
export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
