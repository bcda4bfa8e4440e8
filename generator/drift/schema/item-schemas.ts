import { arrayMember, member } from "../../document/json.js";
import type { JsonValue } from "../../document/source.js";
import { isSchema } from "../../resolve/media-types.js";
import type { PlacedSchema } from "../../resolve/resolved-api.js";
import type { Atom, Shape } from "./shape.js";

/** What the item of an index has to satisfy; beyond the last that stands alone, all are alike. */
export function itemSchemas({ atoms }: Shape, index: number): readonly PlacedSchema[] {
  const told = atoms.flatMap((atom) => itemOf(atom, index) ?? []);
  // What is unevaluated is what no schema of the shape speaks of (2020-12, core, 11.2).
  return told.length > 0
    ? told
    : atoms.flatMap((atom) => keywordOf(atom, "unevaluatedItems") ?? []);
}

/** How many items have a schema of their own position. */
export function prefixLength({ atoms }: Shape): number {
  return Math.max(0, ...atoms.map((atom) => prefixOf(atom).length));
}

function itemOf(atom: Atom, index: number): PlacedSchema | undefined {
  const own = prefixOf(atom)[index];
  const isListed = Array.isArray(member(atom.schema, "items"));
  const keyword = isListed ? "items" : "prefixItems";
  if (own !== undefined) return placed(own, `${atom.pointer}/${keyword}/${index}`);
  return keywordOf(atom, isListed ? "additionalItems" : "items");
}

function keywordOf({ schema, pointer }: Atom, keyword: string): PlacedSchema | undefined {
  const value = member(schema, keyword);
  return value === undefined ? undefined : placed(value, `${pointer}/${keyword}`);
}

/** Up to draft 2019-09, `items` was a list of what stands first. */
function prefixOf({ schema }: Atom): readonly JsonValue[] {
  const listed = arrayMember(schema, "items");
  return listed.length > 0 ? listed : arrayMember(schema, "prefixItems");
}

function placed(schema: JsonValue, pointer: string): PlacedSchema | undefined {
  return isSchema(schema) ? { schema, pointer } : undefined;
}
