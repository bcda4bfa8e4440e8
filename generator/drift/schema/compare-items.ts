import type { Comparing, Difference, Edge } from "./difference.js";
import { itemSchemas, prefixLength } from "./item-schemas.js";
import type { SchemaReader } from "./read-schema.js";
import type { Demand, Shape } from "./shape.js";

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
export function itemDemand(reader: SchemaReader, shape: Shape, index: number): Demand {
  return reader.demandOf(...itemSchemas(shape, index));
}

function isRefused({ schemas }: Demand): boolean {
  return schemas.some(({ schema }) => schema === false);
}
