/** How bad a change is: from one that nobody notices to one that makes somebody fail. */
export type Level = "safe" | "undecidable" | "breaking";

const ORDER: readonly Level[] = ["safe", "undecidable", "breaking"];

/** The order of levels: negative where the first one is less bad. */
export function compareLevels(left: Level, right: Level): number {
  return ORDER.indexOf(left) - ORDER.indexOf(right);
}

/** The worst of some levels; `safe` of none. */
export function worstLevel(levels: Iterable<Level>): Level {
  let worst: Level = "safe";
  for (const level of levels) if (compareLevels(level, worst) > 0) worst = level;
  return worst;
}

/** The less bad of two levels. */
export function lesserLevel(left: Level, right: Level): Level {
  return compareLevels(left, right) <= 0 ? left : right;
}
