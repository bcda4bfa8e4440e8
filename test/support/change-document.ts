import { isObject } from "../../generator/document/json.js";
import type { JsonObject, JsonValue } from "../../generator/document/source.js";

/**
 * Changes one place of a document: a text, a number, whether something is there, what it is called.
 *
 * @param place any number: which place
 * @param kind 0 to 3: 0 removes what is there, 3 renames it
 */
export function changePlace(document: JsonObject, place: number, kind: number): void {
  const places = placesIn(document);
  const found = places[place % places.length];
  if (found === undefined) return;
  const { parent, key } = found;
  const value = parent[key] as JsonValue;
  if (kind === 0 && Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (kind === 0) Reflect.deleteProperty(parent, key);
  else if (typeof value === "string") parent[key] = kind === 1 ? `${value} more` : `${value}X`;
  else if (typeof value === "number") parent[key] = value + 1;
  else if (typeof value === "boolean") parent[key] = !value;
  else if (kind === 3 && !Array.isArray(parent)) {
    parent[`${key}More`] = value;
    Reflect.deleteProperty(parent, key);
  }
}

interface Place {
  readonly parent: Record<string, JsonValue>;
  readonly key: string;
}

function placesIn(value: JsonValue): readonly Place[] {
  if (!Array.isArray(value) && !isObject(value)) return [];
  const parent = value as Record<string, JsonValue>;
  return Object.keys(parent).flatMap((key) => [{ parent, key }, ...placesIn(parent[key] ?? null)]);
}
