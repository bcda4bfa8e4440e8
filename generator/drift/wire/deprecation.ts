import type { PartChange } from "./wire-context.js";
import { spot } from "./wire-context.js";

/** What can be deprecated: an operation, a parameter, a header. */
interface Deprecable {
  readonly pointer: string;
  readonly deprecated: boolean;
  /** The first day on which it may be gone; `undefined` where nobody says. */
  readonly sunset?: string | undefined;
}

/** What is deprecated still works, so that this is only told. @param what begins the sentence that tells it */
export function* compareDeprecation(
  old: Deprecable,
  now: Deprecable,
  at: Pick<PartChange, "position" | "path">,
  what: string,
): Generator<PartChange> {
  if (old.deprecated === now.deprecated) return;
  yield {
    ...at,
    rule: now.deprecated ? "deprecated" : "no-longer-deprecated",
    wire: "safe",
    direction: undefined,
    old: spot(old.pointer, old.deprecated),
    new: spot(now.pointer, now.deprecated),
    message: now.deprecated
      ? `${what} is deprecated now, and may be ${now.sunset === undefined ? "removed" : `gone from ${now.sunset} on`}.`
      : `${what} is no longer deprecated.`,
  };
}
