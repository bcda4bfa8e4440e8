import type { DriftFinding } from "./drift-sentinel-findings.js";

/** Takes a finding, and tells it unless that has been done lately. */
export type Memory = (finding: Omit<DriftFinding, "count">) => void;

/** So many findings are told apart; what comes beyond is not told until old ones are forgotten. */
const MOST = 500;

interface Known {
  readonly told: number;
  readonly count: number;
}

/**
 * Remembers what was told, so that it is told once in a while, with how often it was seen.
 *
 * @param repeatAfter - in milliseconds
 */
export function createMemory(
  report: (finding: DriftFinding) => unknown,
  repeatAfter: number,
): Memory {
  const known = new Map<string, Known>();
  return (finding) => {
    const key = JSON.stringify(finding);
    const before = known.get(key);
    const now = Date.now();
    const isOld = ({ told }: Known): boolean => now - told >= repeatAfter;
    if (before !== undefined && !isOld(before)) {
      known.set(key, { told: before.told, count: before.count + 1 });
      return;
    }
    if (before === undefined && known.size >= MOST) forget(known, isOld);
    if (before === undefined && known.size >= MOST) return;
    known.set(key, { told: now, count: 0 });
    void quietly(() => report({ ...finding, count: (before?.count ?? 0) + 1 }));
  };
}

function forget(known: Map<string, Known>, isOld: (entry: Known) => boolean): void {
  for (const [key, entry] of known) if (isOld(entry)) known.delete(key);
}

async function quietly(task: () => unknown): Promise<void> {
  try {
    await task();
  } catch {
    // A report that fails is not what the program is about.
  }
}
