import type { Level } from "../level.js";
import type { Direction } from "../position.js";

/**
 * How bad a change is in each direction. A request breaks when values are lost that a client sends, a response when
 * values are gained that a client does not know.
 */
export type Effect = Readonly<Record<Direction, Level>>;

export const SAME: Effect = { request: "safe", response: "safe" };
export const NARROWER: Effect = { request: "breaking", response: "safe" };
export const WIDER: Effect = { request: "safe", response: "breaking" };
/** Values are lost and others gained. */
export const OTHER: Effect = { request: "breaking", response: "breaking" };
export const PERHAPS_NARROWER: Effect = { request: "undecidable", response: "safe" };
export const PERHAPS_WIDER: Effect = { request: "safe", response: "undecidable" };
/** Whether values are lost or gained cannot be told. */
export const UNCLEAR: Effect = { request: "undecidable", response: "undecidable" };
