/*
 * Nearly all descriptions are plain: words with code between them, in paragraphs and simple lists. They mean the same in Markdown,
 * printed as they are but for brackets, and need not be read, which takes a hundred times as long.
 */

/** A paragraph or a list. */
interface PlainBlock {
  readonly isList: boolean;
  /** The lines of a paragraph, or the items of a list, as they were written. */
  readonly lines: readonly string[];
  /** All of it on one line, as it was written. */
  readonly inline: string;
}

/** A word or punctuation that means nothing where it stands, and code that has nothing that would have to be changed. */
const LETTER = String.raw`[\p{L}\p{N}]`;
const SIGN = String.raw`[ ,.;()'"‘’“”–—…?%+=/>#!-]|:(?!\/)|&(?= )`;
const WORD = `${LETTER}(?:_(?=${LETTER}))?|${SIGN}`;
const CODE = "`[^\\s`\\\\\\p{C}]+(?: [^\\s`\\\\\\p{C}]+)*`(?!`)";
/** Words in bold type that are apart from others (CommonMark 0.31, 6.2). */
const BOLD = String.raw`(?<=^| )\*\*${LETTER}+(?:[ ,.>=]+${LETTER}+)*\*\*(?= |$)`;
/** What is no link, as there is nothing that it could lead to (6.3). */
const BRACKETS = String.raw`\[(?:${WORD}|${CODE})*\](?![([:])`;
/** What would begin an item of a list, or nearly does (CommonMark 0.31, 5.2). */
const MARKER = String.raw`[0-9]+(?:\.(?: |$)|\))`;
const PLAIN = new RegExp(
  `^(?!${MARKER})(?=[\\p{L}\\p{N}(“\\x60*])(?:${WORD}|${CODE}|${BOLD}|${BRACKETS})*(?<! )$`,
  "u",
);

/** What is a link by itself (GFM, 6.9). */
const AUTOLINK = /www\.|:\/\//i;

/** Where a line of a paragraph is broken for good (CommonMark 0.31, 6.7). */
const BREAK = "\\\n";

const ITEM = "- ";

/** The blocks of a plain text; `undefined` for one that has to be read. */
function plainBlocks(text: string): readonly PlainBlock[] | undefined {
  if (isPlain(text)) return [{ isList: false, lines: [text], inline: text }];
  if (!text.includes("\n")) return undefined;
  const blocks = text.split("\n\n").map(blockOf);
  const isRead = blocks.every(({ isList, lines }, index) => {
    const isNextList = blocks[index + 1]?.isList === true;
    return lines.every(isPlain) && !(isList && isNextList);
  });
  return isRead ? blocks : undefined;
}

function blockOf(text: string): PlainBlock {
  const isList = text.split("\n").every((line) => line.startsWith(ITEM));
  const broken = isList ? text.replaceAll("\n", "<br>") : text.replaceAll(BREAK, "<br>");
  return {
    isList,
    lines: isList
      ? text.split("\n").map((line) => line.slice(ITEM.length))
      : text.replaceAll(BREAK, "\n").split("\n"),
    inline: broken.replaceAll("\n", " "),
  };
}

function isPlain(line: string): boolean {
  return PLAIN.test(line) && !AUTOLINK.test(line);
}

/** A plain text as blocks of Markdown; `undefined` for one that has to be read. */
export function plainText(text: string): string | undefined {
  return plainBlocks(text) === undefined ? undefined : printed(text);
}

/** A bracket could begin a link with what comes after it: it never is one. */
function printed(text: string): string {
  if (!text.includes("[")) return text;
  return text.replaceAll(/`[^`]*`|\[/g, (part) => (part === "[" ? "\\[" : part));
}

/** A plain text on one line; `undefined` for one that has to be read. */
export function plainLine(text: string): string | undefined {
  const blocks = plainBlocks(text);
  if (blocks === undefined || blocks[0]?.isList === true) return undefined;
  return printed(blocks.map(({ inline }) => inline).join("<br>"));
}

/** What a URL may have, so that nothing of it means anything to Markdown. */
const PLAIN_URL = /^https?:\/\/[\w.~:/?#%=,+-]+$/i;

/** A link of words that mean nothing to Markdown; `undefined` where it has to be printed node by node. */
export function plainLink(words: string, url: string): string | undefined {
  const isAsWritten = isPlain(words) && !/[`*[]/.test(words) && PLAIN_URL.test(url);
  return isAsWritten ? `[${words}](${url})` : undefined;
}
