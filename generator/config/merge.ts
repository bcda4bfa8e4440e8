import path from "node:path";
import { isObject, member, setMember } from "../document/json.js";
import { resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import type { Layer } from "./layers.js";
import type { ConfigurationPlace } from "./validate.js";

/** What several files say together, and which of them says what. */
export interface MergedConfiguration {
  readonly value: JsonValue;
  readonly place: ConfigurationPlace;
  /** The folder that paths at a pointer are relative to: that of the file in which they stand. */
  readonly folderOf: (pointer: string) => string;
}

/**
 * Merges files, of which an earlier one counts before a later one: mappings by their keys, while of lists and all other
 * values one is taken as it stands. A value has therefore the same pointer in its file as in the result, and stands in
 * the first file that has this pointer.
 */
export function mergeLayers(layers: readonly [Layer, ...Layer[]]): MergedConfiguration {
  const [nearest] = layers;
  const layerOf = (pointer: string): Layer =>
    layers.find(({ value }) => resolvePointer(value, pointer) !== undefined) ?? nearest;
  return {
    value: layers.map(({ value }) => value).reduceRight((base, value) => merged(base, value)),
    place: (pointer, at) => {
      const { locator, source } = layerOf(pointer);
      return locator.inFile(source, pointer, at);
    },
    folderOf: (pointer) => path.dirname(layerOf(pointer).file),
  };
}

function merged(base: JsonValue, nearer: JsonValue): JsonValue {
  if (!isObject(base) || !isObject(nearer)) return nearer;
  const result: JsonObject = { ...base };
  for (const [key, value = null] of Object.entries(nearer)) {
    const before = member(base, key);
    setMember(result, key, before === undefined ? value : merged(before, value));
  }
  return result;
}
