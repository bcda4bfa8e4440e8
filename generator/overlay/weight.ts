import type { JsonValue } from "../document/source.js";

/** What a value adds to a document, written out in full. */
export interface Weight {
  /** Values in it, itself included; a long text or key counts as several. */
  readonly values: number;
  /** Levels of objects and lists in it. */
  readonly height: number;
}

/** So many UTF-16 units of a text or a key count as one more value. */
const TEXT_UNIT = 100;

/** Weighs a value; what it has in several places counts as often, but is looked at once. */
export function weightOf(root: JsonValue): Weight {
  const known = new Map<object, Weight>();
  const weigh = (value: JsonValue): Weight => {
    if (typeof value === "string") return { values: 1 + textWeight(value), height: 0 };
    if (typeof value !== "object" || value === null) return { values: 1, height: 0 };
    const before = known.get(value);
    if (before !== undefined) return before;
    let [values, height] = [1, 0];
    for (const [key, member] of Object.entries(value)) {
      const inner = weigh(member ?? null);
      values += inner.values + textWeight(key);
      height = Math.max(height, inner.height);
    }
    const weight = { values, height: height + 1 };
    known.set(value, weight);
    return weight;
  };
  return weigh(root);
}

function textWeight(text: string): number {
  return Math.floor(text.length / TEXT_UNIT);
}
