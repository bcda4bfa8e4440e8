import { groupBy } from "../../document/json.js";

/** What is the same in both, step by step: what one step has paired, the next ones do not see. */
export interface Pairing<T> {
  /** Pairs what has a key that nothing else on its side has. */
  readonly by: (keyOf: (item: T, side: "old" | "new") => string | undefined) => void;
  readonly add: (pairs: readonly (readonly [old: T, new: T])[]) => void;
  /** What has no partner yet. */
  readonly left: () => readonly [old: readonly T[], new: readonly T[]];
  /** All pairs, those with one side among them. */
  readonly pairs: () => readonly { readonly old: T | undefined; readonly new: T | undefined }[];
}

/** Pairs two lists of things. */
export function createPairing<T>(before: readonly T[], now: readonly T[]): Pairing<T> {
  const partners = new Map<T, T>();
  const taken = new Set<T>();
  const left: Pairing<T>["left"] = () => [
    before.filter((item) => !partners.has(item)),
    now.filter((item) => !taken.has(item)),
  ];
  const add: Pairing<T>["add"] = (pairs) => {
    for (const [old, current] of pairs) {
      partners.set(old, current);
      taken.add(current);
    }
  };
  return {
    by: (keyOf) => {
      const [olds, news] = left();
      const others = groupBy(news, (item) => keyOf(item, "new"));
      for (const [key, [old, ...more]] of groupBy(olds, (item) => keyOf(item, "old"))) {
        const [current, ...twins] = key === undefined ? [] : (others.get(key) ?? []);
        if (old === undefined || current === undefined) continue;
        if (more.length === 0 && twins.length === 0) add([[old, current]]);
      }
    },
    add,
    left,
    pairs: () => [
      ...before.map((old) => ({ old, new: partners.get(old) })),
      ...left()[1].map((current) => ({ old: undefined, new: current })),
    ],
  };
}
