import { pointerTo } from "./pointer.js";

/** The way from the root of a file to a value; pointers are made of it only where one is needed. */
export interface Trail {
  readonly before: Trail | undefined;
  readonly tokens: readonly string[];
}

/** The JSON pointer of a trail, or of something below its end. */
export function trailPointer(
  trail: Trail | undefined,
  ...below: readonly (string | number)[]
): string {
  const tokens = [...below];
  for (let step = trail; step !== undefined; step = step.before) tokens.unshift(...step.tokens);
  return pointerTo(...tokens);
}
