import type { JsonObject, JsonValue } from "./source.js";

/** Tells a JSON object from the other JSON values. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The own member of an object; nothing is ever read from a prototype. */
export function member(object: unknown, key: string): JsonValue | undefined {
  return isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets an own member; a plain assignment to `__proto__` would set the prototype, and documents may use that name. */
export function setMember(object: JsonObject, key: string, value: JsonValue): void {
  if (key !== "__proto__") object[key] = value;
  else
    Object.defineProperty(object, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
}

/** The own member of an object when it is a string. */
export function stringMember(object: unknown, key: string): string | undefined {
  const value = member(object, key);
  return typeof value === "string" ? value : undefined;
}

/** The own member of an object when it is an object. */
export function objectMember(object: unknown, key: string): JsonObject | undefined {
  const value = member(object, key);
  return isObject(value) ? value : undefined;
}

/** The own member of an object when it is an array; otherwise an empty one. */
export function arrayMember(object: unknown, key: string): readonly JsonValue[] {
  const value = member(object, key);
  return Array.isArray(value) ? value : [];
}

/** The strings of an own array member; anything else in it is left out. */
export function stringsMember(object: unknown, key: string): readonly string[] {
  return arrayMember(object, key).filter((value): value is string => typeof value === "string");
}

/** Own entries of an object, sorted by key, so that the order of a document's keys never matters. */
export function sortedEntries(
  object: JsonObject | undefined,
): readonly (readonly [string, JsonValue])[] {
  const entries: (readonly [string, JsonValue])[] = [];
  if (object === undefined) return entries;
  // Without a function, `sort` orders as `compareText` does.
  for (const key of Object.keys(object).sort()) {
    const value = object[key];
    if (value !== undefined) entries.push([key, value]);
  }
  return entries;
}

/** Orders texts by UTF-16 code unit: the same on every machine and in every locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Gathers items under the key of each, in the order in which keys appear (`Map.groupBy` needs Node 21). */
export function groupBy<K, T>(
  items: readonly T[],
  keyOf: (item: T) => K,
): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
