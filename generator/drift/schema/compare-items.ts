import { arrayMember, member } from "../../document/json.js";
import type { JsonValue } from "../../document/source.js";
import { isSchema } from "../../resolve/media-types.js";
import type { PlacedSchema } from "../../resolve/resolved-api.js";
import type { Comparing, Difference, Edge } from "./difference.js";
import type { SchemaReader } from "./read-schema.js";
import type { Atom, Demand, Shape } from "./shape.js";

/** What differs in the items of arrays. */
export function compareItems(old: Shape, now: Shape, comparing: Comparing): Difference {
  const length = Math.max(prefixLength(old), prefixLength(now));
  const edges: Edge[] = [];
  for (let index = 0; index <= length; index += 1) {
    const [before, after] = [
      itemDemand(comparing.old, old, index),
      itemDemand(comparing.new, now, index),
    ];
    // No item stands where none may: that is told as the greatest number of items.
    if (isRefused(before) || isRefused(after)) continue;
    edges.push({ path: ["element"], pair: { kind: "demands", old: before, new: after } });
  }
  return { changes: [], edges };
}

/** What the item of an index has to satisfy; beyond the last that stands alone, all are alike. */
export function itemDemand(reader: SchemaReader, { atoms }: Shape, index: number): Demand {
  return reader.demandOf(...atoms.map((atom) => itemOf(atom, index)));
}

/** How many items have a schema of their own position. */
export function prefixLength({ atoms }: Shape): number {
  return Math.max(0, ...atoms.map((atom) => prefixOf(atom).length));
}

function isRefused({ schemas }: Demand): boolean {
  return schemas.some(({ schema }) => schema === false);
}

function itemOf(atom: Atom, index: number): PlacedSchema | undefined {
  const prefix = prefixOf(atom);
  const own = prefix[index];
  const keyword = Array.isArray(member(atom.schema, "items")) ? "items" : "prefixItems";
  if (own !== undefined) return placed(own, `${atom.pointer}/${keyword}/${index}`);
  for (const rest of keyword === "items" ? ["additionalItems"] : ["items", "unevaluatedItems"]) {
    const value = member(atom.schema, rest);
    if (value !== undefined) return placed(value, `${atom.pointer}/${rest}`);
  }
  return undefined;
}

/** Up to draft 2019-09, `items` was a list of what stands first. */
function prefixOf({ schema }: Atom): readonly JsonValue[] {
  const listed = arrayMember(schema, "items");
  return listed.length > 0 ? listed : arrayMember(schema, "prefixItems");
}

function placed(schema: JsonValue, pointer: string): PlacedSchema | undefined {
  return isSchema(schema) ? { schema, pointer } : undefined;
}
