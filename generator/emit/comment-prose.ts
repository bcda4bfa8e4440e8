import type { LinkNames } from "../types/docs.js";
import { harmless } from "./comment-line.js";

/**
 * Text at which no line is broken and nothing escaped any more, until it is printed. Texts have no control characters
 * of their own.
 */
function hard(text: string): string {
  return text.replaceAll(" ", "\0").replaceAll("<", "\x01").replaceAll("@", "\x02");
}

/** Text as it is printed. */
export function printable(text: string): string {
  return text.replaceAll("\0", " ").replaceAll("\x01", "<").replaceAll("\x02", "@");
}

/** Without it, text means the same in TSDoc as in Markdown. */
const SPECIAL = /[`\\{}<>@[]|#(?=\s*source)/i;

/** The elements that texts are laid out with; what else looks like an element is text. */
const ELEMENT =
  "(?:a|abbr|b|big|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|samp|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var)";

/** A character of a path, a type or the like. */
const LETTER = String.raw`[\w./:?&=$%+#~-]`;

/** A character of a URL. */
const URL_LETTER = String.raw`[^\s<>\x60\\{}|()"[\]]`;

/**
 * What TSDoc and Markdown read in different ways. No alternative looks far for its end twice, so that a hostile text
 * takes no longer than another.
 */
const PIECE = new RegExp(
  [
    String.raw`\\?(?<directive>[#@](?=\s*source(?:Mapping)?URL)|@(?=jsx))`,
    String.raw`(?<escape>\\[!-/:-@[-\x60{-~])`,
    String.raw`(?<!\x60)(?<ticks>\x60+)(?!\x60)(?<code>[^]{0,2000}?[^\x60])\k<ticks>(?!\x60)`,
    String.raw`\[(?<label>[^[\]]*)\]\((?<url>[^()\s<>\x60\\]*)\)`,
    String.raw`<(?<auto>https?:\/\/${URL_LETTER}+)>`,
    String.raw`(?<bare>\bhttps?:\/\/${URL_LETTER}{0,500}@${URL_LETTER}{0,500}[\w/])`,
    String.raw`(?<element><\/?${ELEMENT}(?:\s+[a-z-]+=(?:"[^"<>]*"|'[^'<>]*'))*\s*\/?>)`,
    String.raw`(?<!${LETTER})(?<shape>${LETTER}*(?:(?:<(?!\/?${ELEMENT}\b)[\w!/$][^<>\x60]*>|\{[^{}<>\x60@]+\})${LETTER}*)+)`,
    String.raw`(?<special>[\\\x60{}<>@])`,
  ].join("|"),
  "gi",
);

type Piece = Readonly<Partial<Record<string, string>>>;

/**
 * Text of a document, which is Markdown, as TSDoc: what its parser reads in another way is escaped or put into code
 * spans, so that an editor, which shows comments as Markdown, shows what was meant.
 *
 * In code and in links no line can be broken until {@link printable} has it.
 *
 * @param links the in-page references that become links; all others become text
 */
export function proseText(text: string, links?: LinkNames): string {
  if (!SPECIAL.test(text)) return harmless(text);
  const written = text.replace(PIECE, (...match) => pieceText(match.at(-1) as Piece, match, links));
  return harmless(written);
}

/** A code span, which TSDoc ends at the first backtick. */
export function codeSpan(text: string): string {
  const code = text.replace(/\s/g, " ").replaceAll("`", "'");
  return hard(harmless(`\`${code}\``));
}

function pieceText(piece: Piece, [whole]: readonly string[], links?: LinkNames): string {
  const { code, url, shape } = piece;
  if (code !== undefined) return spanText(code, whole ?? "");
  if (url !== undefined) return linkText(piece["label"] ?? "", url, links);
  if (shape !== undefined) return shapeText(shape);
  return smallText(piece, whole ?? "");
}

/** One space on either side belongs to the backticks (CommonMark 0.31, 6.1). */
function spanText(code: string, whole: string): string {
  const inner = /^\s[^]*\S[^]*\s$/.test(code) ? code.slice(1, -1) : code;
  return code.trim() === "" ? escaped(whole) : codeSpan(inner);
}

/** In-page references lead to what the client has, other links to where they did. */
function linkText(label: string, url: string, links: LinkNames | undefined): string {
  if (!url.startsWith("#")) return `[${proseText(label)}](${escaped(url)})`;
  const name = links?.find(([address]) => address === url)?.[1];
  if (name === undefined) return proseText(label);
  const text = label.replaceAll("`", "").replace(/\s+/g, " ").trim();
  const link = hard(`{@link ${name}}`);
  if (text === name || text === "") return link;
  return /[\\{}<>@|]|\*\/|\/\*/.test(text)
    ? `${proseText(label)} (${link})`
    : hard(`{@link ${name} | ${text}}`);
}

/** A sentence may end with it. */
function shapeText(shape: string): string {
  const end = /[.:?]*$/.exec(shape)?.index ?? shape.length;
  return codeSpan(shape.slice(0, end)) + shape.slice(end);
}

function smallText(piece: Piece, whole: string): string {
  const { directive, escape, auto, bare, element } = piece;
  // As a character reference it is no directive to a tool.
  if (directive !== undefined) return `&#${directive.charCodeAt(0)};`;
  // TSDoc, unlike Markdown, takes an underscore for a letter.
  if (escape === "\\_") return "_";
  if (escape !== undefined || element !== undefined) return whole;
  const address = auto ?? bare;
  if (address === undefined) return escaped(whole);
  return address.includes("@") ? hard(`{@link ${address}}`) : address;
}

/** With backslashes before what is special in TSDoc; they are escapes in Markdown, too. */
function escaped(text: string): string {
  return text.replace(/[\\`{}<>@]/g, "\\$&");
}
