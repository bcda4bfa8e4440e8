import { createHash } from "node:crypto";

/** Something that needs a name: what it is in the document, and names it can have, most wanted first. */
export interface Candidate {
  readonly identity: string;
  readonly names: readonly string[];
}

/** The longest name that is still a pleasure in a file name, far below the limits of file systems. */
const LONGEST_NAME = 100;

interface AssignOptions {
  readonly taken?: (name: string) => boolean;
  readonly fold?: (name: string) => string;
  /** What stands between a name and the part of a hash. */
  readonly separator?: "_" | "-";
}

/**
 * Gives each candidate a name of its own. Names that differ only in case count as one. Where several want the same
 * name, all of them take their next one, and in the end a part of the hash of their identity; so a name depends on
 * who wants it, never on the order of the document.
 *
 * @param options.kept names that some candidates have already, by identity: nobody else gets one of those
 */
export function assignNames(
  candidates: readonly Candidate[],
  options: AssignOptions & { readonly kept?: ReadonlyMap<string, string> } = {},
): ReadonlyMap<string, string> {
  const { fold, taken, separator } = settled(options);
  const kept = options.kept ?? new Map<string, string>();
  const others = new Set([...kept.values()].map(fold));
  const isTaken = (name: string): boolean => taken(name) || others.has(fold(name));
  const open = candidates.filter(({ identity }) => !kept.has(identity));
  const levels = new Map(open.map((candidate) => [candidate.identity, 0]));
  for (;;) {
    const named = open.map(
      (candidate) =>
        [candidate, nameAt(candidate, levels.get(candidate.identity) ?? 0, separator)] as const,
    );
    const counts = new Map<string, number>();
    for (const [, name] of named) counts.set(fold(name), (counts.get(fold(name)) ?? 0) + 1);
    const clashing = named.filter(
      ([candidate, name]) =>
        !isLast(candidate, levels) &&
        (name === "" || isTaken(name) || (counts.get(fold(name)) ?? 0) > 1),
    );
    if (clashing.length === 0) {
      const given = named.map(([candidate, name]) => [candidate.identity, name] as const);
      return new Map([...kept, ...given]);
    }
    for (const [candidate] of clashing)
      levels.set(candidate.identity, (levels.get(candidate.identity) ?? 0) + 1);
  }
}

/**
 * The names that candidates had before and keep: those that are still among their own, and that nothing else has.
 *
 * @param pinned the names that they had, by identity
 */
export function keptNames(
  candidates: readonly Candidate[],
  pinned: ReadonlyMap<string, string>,
  options: AssignOptions = {},
): ReadonlyMap<string, string> {
  const { fold, taken, separator } = settled(options);
  const wanted = candidates.flatMap((candidate) => {
    const name = pinned.get(candidate.identity);
    if (name === undefined || taken(name)) return [];
    return isOwn(candidate, name, separator) ? [[candidate.identity, name] as const] : [];
  });
  const counts = new Map<string, number>();
  for (const [, name] of wanted) counts.set(fold(name), (counts.get(fold(name)) ?? 0) + 1);
  return new Map(wanted.filter(([, name]) => counts.get(fold(name)) === 1));
}

/** The same in one: who had a name that it can keep has it, and the others get one of the rest. */
export function assignPinned(
  candidates: readonly Candidate[],
  pinned: ReadonlyMap<string, string>,
  options: AssignOptions = {},
): ReadonlyMap<string, string> {
  return assignNames(candidates, { ...options, kept: keptNames(candidates, pinned, options) });
}

function settled({
  fold = (name) => name.toLowerCase(),
  taken = () => false,
  separator = "_",
}: AssignOptions): Required<AssignOptions> {
  return { fold, taken, separator };
}

/** Whether a candidate could be called so on any of its levels. */
function isOwn(candidate: Candidate, name: string, separator: string): boolean {
  return [...candidate.names, ""].some((_, level) => nameAt(candidate, level, separator) === name);
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
