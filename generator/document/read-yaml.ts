import type { Limits } from "./limits.js";
import type { PlaceAt } from "./text-position.js";
import { tolerantTree, type TolerantlyRead } from "./tolerant-yaml.js";
import { yamlTree } from "./yaml-tree.js";

/** Reads YAML text as a tree: quickly, or, where that refuses it, with everything that is wrong with it. */
export function readYaml(text: string, placeAt: PlaceAt, limits: Limits): TolerantlyRead {
  const tree = yamlTree(text, limits.depth + DEEPER);
  return tree === undefined ? tolerantTree(text, placeAt, limits) : { tree, findings: [] };
}

/** Values that are too deep are told with their places; what may be a mapping's key is looked at one level further down. */
const DEEPER = 2;
