/*
 * Nearly all descriptions are plain: words with code between them, in paragraphs and simple lists. They mean the same in Markdown,
 * printed as they are but for brackets, and need not be read, which takes a hundred times as long.
 */

/** A paragraph or a list. */
interface PlainBlock {
  readonly isList: boolean;
  /** The lines of a paragraph, or the items of a list, without what is around them. */
  readonly lines: readonly string[];
  readonly block: string;
  /** The same on one line. */
  readonly inline: string;
}

/** A word or punctuation that means nothing where it stands, and code that has nothing that would have to be changed. */
const LETTER = String.raw`[\p{L}\p{N}]`;
const SIGN = String.raw`[ ,.;()'"‘’“”–—…?%+=/>#!-]|:(?!\/)|&(?= )`;
const WORD = `${LETTER}(?:_(?=${LETTER}))?|${SIGN}`;
const CODE = "`[^\\s`\\\\\\p{C}]+(?: [^\\s`\\\\\\p{C}]+){0,100}`(?!`)";
/** Words in bold type that are apart from others (CommonMark 0.31, 6.2). */
const BOLD = String.raw`(?<=^| )\*\*${LETTER}+(?:[ ,.>=]+${LETTER}+){0,100}\*\*(?= |$)`;
/** What is no link, as there is nothing that it could lead to (6.3). */
const BRACKETS = String.raw`\[(?:${WORD}|${CODE}){0,1000}\](?![([:])`;
/** What would begin an item of a list, or nearly does (CommonMark 0.31, 5.2). */
const MARKER = String.raw`[0-9]+(?:\.(?: |$)|\))`;
/** What makes a task of an item (GFM, 5.3). */
const TASK = String.raw`\[[ xX]\](?: |$)`;
const BEGINNING = new RegExp(`^(?!${MARKER}|${TASK})[\\p{L}\\p{N}(“\\x60*[]`, "u");

/** Some pieces at a time: V8 remembers where each began, and has no room for those of a text of 10 MB. */
const PIECES = new RegExp(`(?:${WORD}|${CODE}|${BOLD}|${BRACKETS}){1,1000}`, "uy");

/** What is a link by itself (GFM, 6.9). */
const AUTOLINK = /www\.|:\/\//i;

/** What ends a line of a paragraph that is broken for good (CommonMark 0.31, 6.7). */
const BREAK = "\\";

/** What begins an item (5.2), even right after a paragraph. */
const ITEM = /^ {0,3}[-*+] /;

/** The blocks of a plain text; `undefined` for one that has to be read. */
function plainBlocks(text: string): readonly PlainBlock[] | undefined {
  if (isPlain(text)) return [{ isList: false, lines: [text], block: text, inline: text }];
  if (!text.includes("\n")) return undefined;
  const blocks = text.split("\n\n").flatMap(blocksOf);
  const isRead = blocks.every(({ isList, lines }, index) => {
    const isNextList = blocks[index + 1]?.isList === true;
    return lines.every(isPlain) && !(isList && isNextList);
  });
  return isRead ? blocks : undefined;
}

/** A paragraph, a list, or both, of which no line is empty. What is neither has lines that are not plain. */
function blocksOf(text: string): readonly PlainBlock[] {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => ITEM.test(line));
  if (first === -1) return [paragraphOf(lines)];
  const list = listOf(lines.slice(first));
  return first === 0 ? [list] : [paragraphOf(lines.slice(0, first)), list];
}

function paragraphOf(lines: readonly string[]): PlainBlock {
  const last = lines.length - 1;
  const parts = lines.map((line, index) => {
    const isBroken = index < last && line.endsWith(BREAK);
    return { text: isBroken ? line.slice(0, -BREAK.length) : line, isBroken };
  });
  const joined = parts.map(({ text, isBroken }, index) => {
    if (index === last) return text;
    return `${text}${isBroken ? "<br>" : " "}`;
  });
  return {
    isList: false,
    lines: parts.map(({ text }) => text),
    block: lines.join("\n"),
    inline: joined.join(""),
  };
}

/** A line that begins in another way than the first one, such as an item of a list in an item, is not plain. */
function listOf(lines: readonly string[]): PlainBlock {
  const [marker = ""] = ITEM.exec(lines[0] ?? "") ?? [];
  const items = lines.map((line) => (line.startsWith(marker) ? line.slice(marker.length) : ""));
  const written = items.map((item) => `- ${item}`);
  return { isList: true, lines: items, block: written.join("\n"), inline: written.join("<br>") };
}

function isPlain(line: string): boolean {
  if (!BEGINNING.test(line) || line.endsWith(" ") || AUTOLINK.test(line)) return false;
  PIECES.lastIndex = 0;
  while (PIECES.lastIndex < line.length) if (!PIECES.test(line)) return false;
  return true;
}

/** A plain text as blocks of Markdown; `undefined` for one that has to be read. */
export function plainText(text: string): string | undefined {
  const blocks = plainBlocks(text);
  return blocks && printed(blocks.map(({ block }) => block).join("\n\n"));
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
