import { compareConditions } from "./conditions.js";
import { compareSaid } from "./compare-said.js";
import { compareListed } from "./compare-values.js";
import { NOTHING, together, type Comparing, type Difference } from "./difference.js";
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
  // What holds for all kinds is told with the first that both have, and of lists where it may matter for their values.
  const areListed = old.values !== undefined && now.values !== undefined;
  const isFirst = KINDS.find((one) => hasKind(old, one) && hasKind(now, one)) === kind;
  const general =
    isFirst && !areListed ? compareConditions(old, now, undefined, comparing) : NOTHING;
  const listed = compareListed(old, now, kind, comparing);
  if (listed !== undefined) return together(general, listed);
  return together(
    general,
    { changes: compareLimits(old, now, kind, comparing.direction), edges: [] },
    compareSaid(old, now, kind, comparing),
  );
}
