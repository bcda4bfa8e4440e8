/*
 * Nearly all descriptions are plain: words with code between them, in paragraphs and simple lists. They mean the same in Markdown,
 * printed as they are, and need not be read, which takes a hundred times as long.
 */

/** A block of lines; each is an item where it is a list. */
interface PlainBlock {
  readonly isList: boolean;
  readonly lines: readonly string[];
}

/** A word or punctuation that means nothing, and code that has nothing that would have to be changed. */
const WORD = String.raw`[\p{L}\p{N} ,.;()'"’–—…?%+=/-]|:(?!\/)`;
const CODE = "`[^\\s`\\\\\\p{C}]+(?: [^\\s`\\\\\\p{C}]+)*`(?!`)";
const PLAIN = new RegExp(`^(?:[\\p{L}(]|${CODE})(?:${WORD}|${CODE})*(?<! )$`, "u");

/** What is a link by itself (GFM, 6.9). */
const AUTOLINK = /www\.|:\/\//i;

const ITEM = "- ";

/** The blocks of a plain text; `undefined` for one that has to be read. */
export function plainBlocks(text: string): readonly PlainBlock[] | undefined {
  if (isPlain(text)) return [{ isList: false, lines: [text] }];
  if (!text.includes("\n")) return undefined;
  const blocks = text.split("\n\n").map(blockOf);
  const isRead = blocks.every(({ isList, lines }, index) => {
    const isNextList = blocks[index + 1]?.isList === true;
    return lines.every(isPlain) && !(isList && isNextList);
  });
  return isRead ? blocks : undefined;
}

function blockOf(text: string): PlainBlock {
  const lines = text.split("\n");
  const isList = lines.every((line) => line.startsWith(ITEM));
  return { isList, lines: isList ? lines.map((line) => line.slice(ITEM.length)) : lines };
}

function isPlain(line: string): boolean {
  return PLAIN.test(line) && !AUTOLINK.test(line);
}

/** A plain text on one line; `undefined` for one that has to be read. */
export function plainLine(text: string): string | undefined {
  const blocks = plainBlocks(text);
  if (blocks === undefined || blocks[0]?.isList === true) return undefined;
  return blocks
    .map(({ isList, lines }) =>
      isList ? lines.map((line) => ITEM + line).join("<br>") : lines.join(" "),
    )
    .join("<br>");
}
