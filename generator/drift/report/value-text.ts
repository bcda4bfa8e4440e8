import type { JsonValue } from "../../document/source.js";

/** How many items of a list or object are told, and how deep. */
const ITEMS = 10;
const DEPTH = 3;
const LONGEST = 160;

/**
 * A value of a document as JSON on one line, cut to about 160 UTF-16 units whatever its size: what is left out is an
 * ellipsis.
 */
export function valueText(value: JsonValue): string {
  const text = textAt(value, 0);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function textAt(value: JsonValue, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, LONGEST));
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const isList = Array.isArray(value);
  const keys = Object.keys(value);
  if (depth === DEPTH && keys.length > 0) return isList ? "[…]" : "{…}";
  const parts = keys.slice(0, ITEMS).map((key) => {
    const text = textAt((value as Record<string, JsonValue>)[key] ?? null, depth + 1);
    return isList ? text : `${JSON.stringify(key.slice(0, LONGEST))}: ${text}`;
  });
  const all = [...parts, ...(keys.length > ITEMS ? ["…"] : [])].join(", ");
  return isList ? `[${all}]` : `{${all}}`;
}

/** Whether a value is small enough to be repeated as it is: at most 100 values, and texts of 2,000 UTF-16 units. */
export function isSmall(value: JsonValue): boolean {
  const waiting: JsonValue[] = [value];
  let [values, units] = [0, 0];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    values += 1;
    if (typeof next === "string") units += next.length;
    else if (typeof next === "object" && next !== null) {
      const keys = Object.keys(next);
      if (values + waiting.length + keys.length > 100) return false;
      if (!Array.isArray(next)) units += keys.reduce((sum, key) => sum + key.length, 0);
      for (const child of Object.values(next)) waiting.push(child ?? null);
    }
    if (values > 100 || units > 2000) return false;
  }
  return true;
}
