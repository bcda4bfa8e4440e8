/** Longest text of a document that a message repeats, in UTF-16 units. */
const LONGEST_QUOTE = 120;

/**
 * Control and format characters (C0, C1, bidirectional controls, zero-width characters), line separators and
 * lone surrogates: whatever could move the cursor, hide text or start a line in a terminal or a CI log.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/**
 * The only way in which text of a document gets into a message: as a JSON string on one line, cut to about
 * 120 characters.
 */
export function quoted(text: string): string {
  const cut = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return visible(JSON.stringify(cut));
}

/** Text with every invisible character as a `\u` escape; nothing else changes. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, escapeCharacter);
}

/** A file path as it may stand at the start of an output line: one that CI services cannot take for a command. */
export function visiblePath(path: string): string {
  const text = visible(path);
  return /^(?:::|##\[|##vso\[|##teamcity\[)/.test(text) ? `./${text}` : text;
}

function escapeCharacter(character: string): string {
  return Array.from({ length: character.length }, (_, index) =>
    escapeUnit(character.charCodeAt(index)),
  ).join("");
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
