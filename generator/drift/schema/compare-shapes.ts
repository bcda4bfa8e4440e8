import { compareConditions } from "./conditions.js";
import { compareItems } from "./compare-items.js";
import { compareObjects } from "./compare-objects.js";
import { compareListed } from "./compare-values.js";
import { NOTHING, together, type Comparing, type Difference } from "./difference.js";
import { compareKeywords } from "./keywords.js";
import { compareLimits } from "./limits.js";
import type { Shape } from "./shape.js";
import { hasKind, KINDS, type Kind } from "./value-types.js";

/** What differs in the values of one kind that two shapes have. */
export function compareShapes(
  old: Shape,
  now: Shape,
  kind: Kind,
  comparing: Comparing,
): Difference {
  // What holds for all kinds is told with the first that both have.
  const isFirst = KINDS.find((one) => hasKind(old, one) && hasKind(now, one)) === kind;
  const general = isFirst ? compareConditions(old, now, undefined, comparing) : NOTHING;
  const listed = compareListed(old, now, kind, comparing);
  if (listed !== undefined) return together(general, { changes: listed, edges: [] });
  return together(
    general,
    {
      changes: [
        ...compareLimits(old, now, kind, comparing.direction),
        ...compareKeywords(old, now, kind, comparing),
      ],
      edges: [],
    },
    compareConditions(old, now, kind, comparing),
    kind === "array" ? compareItems(old, now, comparing) : NOTHING,
    kind === "object" ? compareObjects(old, now, comparing) : NOTHING,
  );
}
