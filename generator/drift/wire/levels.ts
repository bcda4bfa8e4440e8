import type { Level } from "../level.js";
import type { Direction } from "../position.js";

/** What happened to the set of what may be sent. */
export type SetChange = "narrowed" | "widened";

/** Requests may only widen, answers only narrow. */
const OF_SETS: Readonly<Record<Direction, Readonly<Record<SetChange, Level>>>> = {
  request: { narrowed: "breaking", widened: "safe" },
  response: { narrowed: "safe", widened: "breaking" },
};

export function levelOfSet(direction: Direction, change: SetChange): Level {
  return OF_SETS[direction][change];
}

/** What happened to a named part of what is sent: a parameter, a header, a body. */
export type PartEvent =
  | "added optional"
  | "added required"
  | "removed optional"
  | "removed required"
  | "became required"
  | "became optional";

/**
 * A server may ignore a part that it no longer documents, or refuse it. A client ignores parts that it does not know,
 * and had to do without optional ones.
 */
const OF_PARTS: Readonly<Record<Direction, Readonly<Record<PartEvent, Level>>>> = {
  request: {
    "added optional": "safe",
    "added required": "breaking",
    "removed optional": "undecidable",
    "removed required": "undecidable",
    "became required": "breaking",
    "became optional": "safe",
  },
  response: {
    "added optional": "safe",
    "added required": "safe",
    "removed optional": "safe",
    "removed required": "breaking",
    "became required": "safe",
    "became optional": "breaking",
  },
};

export function levelOfPart(direction: Direction, event: PartEvent): Level {
  return OF_PARTS[direction][event];
}

export function added(required: boolean): PartEvent {
  return required ? "added required" : "added optional";
}

export function removed(required: boolean): PartEvent {
  return required ? "removed required" : "removed optional";
}

/** How the one who reads a sentence sees that something is required: a client has to send it, or always gets it. */
export const MUST_BE_SENT: Readonly<Record<Direction, string>> = {
  request: "has to be sent",
  response: "is always sent",
};
