import { compareConditions } from "./conditions.js";
import { compareItems } from "./compare-items.js";
import { compareObjects } from "./compare-objects.js";
import { NOTHING, together, type Comparing, type Difference } from "./difference.js";
import { compareKeywords } from "./keywords.js";
import type { Shape } from "./shape.js";
import type { Kind } from "./value-types.js";

/** What differs in what two shapes say of values of one kind, beside lists and bounds of them. */
export function compareSaid(old: Shape, now: Shape, kind: Kind, comparing: Comparing): Difference {
  return together(
    { changes: compareKeywords(old, now, kind, comparing), edges: [] },
    compareConditions(old, now, kind, comparing),
    kind === "array" ? compareItems(old, now, comparing) : NOTHING,
    kind === "object" ? compareObjects(old, now, comparing) : NOTHING,
  );
}
