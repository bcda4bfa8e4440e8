import type { Counts } from "./counts.js";

/** How much a count may be above the recorded one, as a share of it: enough for a fix, too little for a feature. */
export const ALLOWANCE = 0.02;

/**
 * Tells what has grown beyond its limit, what has no limit, and which limit nothing has, as one line each.
 *
 * @param recorded the counts that were accepted last
 */
export function overLimits(counts: Counts, recorded: Counts): readonly string[] {
  const grown = Object.entries(counts).flatMap(([name, count]) => {
    const before = recorded[name];
    if (before === undefined) return [`${name}: ${shown(count)}, of which nothing is recorded`];
    if (count <= before * (1 + ALLOWANCE)) return [];
    const more = before === 0 ? "" : ` (${((count / before - 1) * 100).toFixed(1)} % more)`;
    return [`${name}: ${shown(before)} before, ${shown(count)} now${more}`];
  });
  const gone = Object.keys(recorded).filter((name) => counts[name] === undefined);
  return [...grown, ...gone.map((name) => `${name}: recorded, but no longer counted`)];
}

function shown(count: number): string {
  return count.toLocaleString("en");
}
