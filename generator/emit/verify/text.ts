/*
 * What the syntax tree does not show: comments, and which characters a file is made of. Emitters print three kinds of
 * comment: the header of a file, doc comments on lines of their own, and the mark of a call without effects.
 */

/** A piece of a file in UTF-16 units; `end` is behind it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What is wrong with a text, and where. */
export interface ForeignText {
  readonly at: number;
  readonly what: string;
}

/**
 * Looks for text that no emitter prints: comments of other kinds or with words for tools, escapes and templates outside
 * of literals, and characters that a reader would not see.
 *
 * @param literals where the literals of the file stand, in order
 */
export function findForeignText(text: string, literals: readonly Span[]): ForeignText | undefined {
  // Nearly every file is of plain characters only, which is quicker to tell.
  const unseen = PLAIN.test(text) ? -1 : text.search(UNSEEN);
  if (unseen !== -1) return { at: unseen, what: "a character that nobody sees" };
  let at = 0;
  for (const { start, end } of [...literals, { start: text.length, end: text.length }]) {
    const foreign = findBetween(text, at, start);
    if (foreign !== undefined) return foreign;
    at = end;
  }
  return undefined;
}

const PLAIN = /^[\n -~]*$/;

/** Everything but line feeds that is a control or format character, a line separator, or half of a pair. */
const UNSEEN = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\u2028\u2029]/u;

/** Code, comments and what is between them, up to the next literal. */
function findBetween(text: string, start: number, end: number): ForeignText | undefined {
  let at = start;
  while (at < end) {
    const slash = text.indexOf("/", at);
    const codeEnd = slash === -1 || slash > end ? end : slash;
    const code = text.slice(at, codeEnd);
    const odd = PLAIN_CODE.test(code) ? -1 : code.search(NOT_CODE);
    if (odd !== -1) return { at: at + odd, what: "a character that code has only in literals" };
    if (codeEnd === end) return undefined;
    const comment = commentAt(text, slash);
    if (comment === undefined) return { at: slash, what: "a comment of a foreign kind" };
    const what = foreignIn(comment);
    if (what !== undefined) return { at: slash, what };
    at = slash + comment.length;
  }
  return undefined;
}

const PLAIN_CODE = /^[\w$\n #*.,;:?=|&<>()[\]{}-]*$/;

/** Whatever code is not made of: no escape, no template, no operator that emitters do not print. */
const NOT_CODE = /[^\p{ID_Continue}$\n #*.,;:?=|&<>()[\]{}-]/u;

const HEADER = /\/\*\n(?: \* [^\n]*\n)+ \*\/\n/y;
const DOC_COMMENT = /\/\*\*(?: [^\n]*? \*\/|(?:\n *\*(?: [^\n]*)?)+\n *\*\/)\n/y;
const PURE = /\/\* @__PURE__ \*\//y;

/** The comment that begins here, if it is of a kind that emitters print. */
function commentAt(text: string, at: number): string | undefined {
  const kinds = at === 0 ? [HEADER, DOC_COMMENT] : [DOC_COMMENT, PURE];
  for (const kind of kinds) {
    kind.lastIndex = at;
    const comment = kind.exec(text)?.[0];
    if (comment !== undefined && isOneComment(comment)) return comment;
  }
  return undefined;
}

function isOneComment(comment: string): boolean {
  return comment.indexOf("*/", 2) === comment.trimEnd().length - 2;
}

/** What tools take for a word to them, rather than to readers. */
const DIRECTIVES: readonly RegExp[] = [
  /[#@]\s*source(?:Mapping)?URL/i,
  // TypeScript reads it wherever it stands in the comments at the top of a file, and resolves the module behind it.
  /@jsx/i,
  /^ *(?:\/?\*+)? *(?:@ts-|eslint-|prettier-ignore|<reference|<amd)/im,
];

/** The tags that emitters print. Any other behind a space is the document's, and TypeScript would take it for one. */
const TAGS = /(?:^|\s)@(?!(?:defaultValue|deprecated|throws)(?:\s|$))/;

function foreignIn(comment: string): string | undefined {
  if (comment === "/* @__PURE__ */") return undefined;
  if (DIRECTIVES.some((directive) => directive.test(comment)))
    return "a word to a tool in a comment";
  return TAGS.test(comment) ? "a foreign tag in a comment" : undefined;
}
