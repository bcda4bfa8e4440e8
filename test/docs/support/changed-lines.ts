/** How many lines of a page went, and how many came. */
export interface ChangedLines {
  readonly gone: number;
  readonly added: number;
}

/** What a diff of two sets of pages shows, by page; pages that are alike are left out. */
export function changedLines(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Readonly<Record<string, ChangedLines>> {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const all = names.map((name) => {
    const [old, current] = [before, after].map((pages) => linesOf(pages.get(name)));
    return [name, countOf(old ?? [], current ?? [])] as const;
  });
  return Object.fromEntries(all.filter(([, { gone, added }]) => gone + added > 0));
}

function linesOf(text = ""): readonly string[] {
  return text.split("\n").slice(0, -1);
}

/** By the longest list of lines that both have in the same order. */
function countOf(old: readonly string[], current: readonly string[]): ChangedLines {
  let row = new Array<number>(current.length + 1).fill(0);
  for (const line of old) {
    const next = [0];
    current.forEach((other, index) => {
      const best = Math.max(row[index + 1] ?? 0, next[index] ?? 0);
      next.push(line === other ? (row[index] ?? 0) + 1 : best);
    });
    row = next;
  }
  const same = row.at(-1) ?? 0;
  return { gone: old.length - same, added: current.length - same };
}
