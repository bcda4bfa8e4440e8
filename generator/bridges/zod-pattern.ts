import { readPattern, type Pattern } from "../examples/values/pattern.js";

/** The most ways in which a pattern may match the same text, and so the most often that a text is read. */
const MOST_WAYS = 1_000;

/**
 * Whether a pattern of a document can be run on every text, by every engine, in a time that grows no faster than the
 * text: it repeats no group, has few choices, and repeats without an end only once, and only if it begins where the
 * text does.
 *
 * @param written the pattern (JSON Schema 2020-12, validation, 6.3.3: ECMA-262, with Unicode)
 */
export function isHarmless(written: string): boolean {
  const pattern = readPattern(written);
  return pattern?.every(isBounded) === true && isRegularExpression(written);
}

type Pieces = Pattern[number]["pieces"];

function isBounded({ isFromStart, pieces }: Pattern[number]): boolean {
  const open = pieces.filter(({ most }) => !Number.isFinite(most));
  if (open.length > (isFromStart ? 1 : 0)) return false;
  return waysOf(pieces) <= MOST_WAYS;
}

/** How many ways pieces can match; a repetition without an end is counted as one. */
function waysOf(pieces: Pieces): number {
  return pieces.reduce((ways, piece) => ways * waysOfPiece(piece), 1);
}

function waysOfPiece({ token, least, most }: Pieces[number]): number {
  if (token.kind === "characters") return Number.isFinite(most) ? most - least + 1 : 1;
  if (most > 1) return Infinity;
  const inside = token.choices.reduce((ways, choice) => ways + waysInside(choice), 0);
  return inside + (most - least);
}

/** Within a group, what has no end would meet what has none around it. */
function waysInside(pieces: Pieces): number {
  return pieces.every(({ most }) => Number.isFinite(most)) ? waysOf(pieces) : Infinity;
}

function isRegularExpression(written: string): boolean {
  try {
    return new RegExp(written, "u").source !== "";
  } catch {
    return false;
  }
}
