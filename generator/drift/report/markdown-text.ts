import { visible } from "../../diagnostics/quoted.js";
import { readable } from "./tell.js";

/* The only ways in which text gets into Markdown: GitHub Flavored Markdown, in a table or outside of one. */

/**
 * Text as a code span, in which nothing means anything: no markup, no link, no mention. A backtick would end it, and a
 * pipe would end a cell (GFM, 4.10: in code too), so that both are escapes; an empty one is none.
 */
export function code(text: string): string {
  const inner = visible(readable(text)).replace(/[`|]/g, (character) =>
    character === "`" ? "\\u0060" : "\\u007c",
  );
  if (inner.trim() === "") return "(empty)";
  // One space at both ends is taken off (CommonMark 0.31, 6.1).
  return inner.startsWith(" ") && inner.endsWith(" ") ? `\` ${inner} \`` : `\`${inner}\``;
}

/** Punctuation that means something to Markdown or HTML in the middle of a line, where all texts of documents stand. */
const PUNCTUATION = /[\\`*_[\]<>#|~&$:@]/g;
/** A space without width: people do not see it, and what follows names nobody and nothing any more. */
const GAP = "&#8203;";

/** The longest sentence, in UTF-16 units: a reason of an acceptance file may be any text. */
const LONGEST = 1_000;

/**
 * Text as plain text. Services look for mentions, issues and addresses after they have read the Markdown, where no
 * escape is left: those are taken apart.
 */
export function plain(text: string): string {
  return visible(text.slice(0, LONGEST))
    .replace(PUNCTUATION, escaped)
    .replace(/\b(GH|www)(?=[-.])/gi, `$1${GAP}`);
}

function escaped(character: string): string {
  if (character === "<") return "&lt;";
  if (character === ">") return "&gt;";
  if (character === "&") return "&amp;";
  if (character === "@" || character === "#") return `\\${character}${GAP}`;
  return character === ":" ? `:${GAP}` : `\\${character}`;
}

/** A sentence of ours in which texts of documents stand in quotes, as `quoted` writes them, and code in backticks. */
export function prose(text: string): string {
  return text
    .split(/("(?:[^"\\]|\\.)*"|`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : plain(part)))
    .join("");
}
