/*
 * What validators look at beyond the shape of a value, as JSON Schema means it. Each function makes a test of values,
 * for whatever library runs it.
 */

/** Whether a text has so many characters: Unicode code points (2020-12, validation, 6.3.1). */
export function hasLength(least: number, limit?: number): (text: string) => boolean {
  const most = limit ?? Infinity;
  return (text) => {
    // No text has more characters than units, and none has less than half as many.
    if (text.length < least || text.length > 2 * most) return false;
    if (text.length >= 2 * least && text.length <= most) return true;
    const length = Array.from(text).length;
    return length >= least && length <= most;
  };
}

/** Whether a text is of a pattern of the document, which is of a kind that can be run on any text. */
export function isOfPattern(pattern: string): (text: string) => boolean {
  let expression: RegExp | undefined;
  return (text) => (expression ??= new RegExp(pattern, "u")).test(text);
}

/** Whether a number is a multiple of another, but for what floating point makes of both. */
export function isMultipleOf(step: number): (value: number) => boolean {
  return (value) => {
    const times = value / step;
    return Math.abs(times - Math.round(times)) <= 1e-9 * Math.max(1, Math.abs(times));
  };
}

/** Whether a number is an integer, of any size. */
export function isInteger(value: number): boolean {
  return Number.isInteger(value);
}

/** Whether a value is a 64-bit integer, before or after the client has read it: a number, a bigint, or digits. */
export function isInt64(value: unknown): boolean {
  if (typeof value === "number") return Number.isInteger(value);
  return typeof value === "bigint" || (typeof value === "string" && /^-?\d{1,20}$/.test(value));
}

/** Whether an object has so many members. */
export function hasSize(least: number, limit?: number): (value: object) => boolean {
  const most = limit ?? Infinity;
  return (value) => {
    const size = Object.keys(value).length;
    return size >= least && size <= most;
  };
}

/** Whether no item of an array stands in it twice, whatever the order of its members. */
export function isDistinct(items: readonly unknown[]): boolean {
  return new Set(items.map(canonical)).size === items.length;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inside: unknown) => {
    if (typeof inside === "bigint") return String(inside);
    const isObject = typeof inside === "object" && inside !== null && !Array.isArray(inside);
    return isObject ? Object.entries(inside).sort() : inside;
  });
}
