import { builders, printer, utils } from "prettier/doc";
import { isFirstLetter, isLetter } from "../document/letters.js";

declare const brand: unique symbol;

/**
 * TypeScript that is not laid out yet: a document of prettier's printer, which breaks lines where they get too long.
 * Only the functions of this file make it, so no string of a document can get into a generated file unless it went
 * through one of them.
 */
export type Code = builders.Doc & Branded;

/** Code of one piece, in which nothing can be broken. */
export type Word = string & Branded;

interface Branded {
  readonly [brand]: "Code";
}

/* -------------------------------------------------------------------- putting together */

/** Puts code together: every value in the template has to be code itself. */
export function code(strings: TemplateStringsArray, ...values: readonly Code[]): Code {
  const parts: builders.Doc[] = [];
  strings.forEach((text, index) => {
    if (text.includes("\n")) throw new Error("The printer has to know of every line break.");
    parts.push(text, values[index] ?? "");
  });
  return together(parts);
}

export const NOTHING: Word = "" as Word;

/** Code after code, with code between. */
export function joined(parts: readonly Code[], separator: Code = NOTHING): Code {
  const [first, ...others] = parts;
  if (first === undefined) return NOTHING;
  const all: builders.Doc[] = [first];
  for (const part of others) all.push(separator, part);
  return together(all);
}

/** Texts next to each other become one, which is less to print. */
function together(parts: readonly builders.Doc[]): Code {
  const told: builders.Doc[] = [];
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") text += part;
    else {
      if (text !== "") told.push(text);
      told.push(part);
      text = "";
    }
  }
  if (told.length === 0) return text as Word;
  if (text !== "") told.push(text);
  return told as Code;
}

/* ------------------------------------------------------------------------------ breaks */

/** A space, a place for nothing, or a line break that is always one. */
export const LINE: Code = builders.line as Code;
export const SOFT_LINE: Code = builders.softline as Code;
export const HARD_LINE: Code = builders.hardline as builders.Doc as Code;

/** Breaks either all of its lines or none: none where it fits. */
export function group(content: Code, options: { shouldBreak?: boolean; id?: symbol } = {}): Code {
  return builders.group(content, options) as Code;
}

/** The first of several layouts that fits; the last one where none does. */
export function firstThatFits(layouts: readonly Code[]): Code {
  return builders.conditionalGroup([...layouts]) as Code;
}

/** Puts as much on each line as fits; code and line breaks take turns. */
export function filled(parts: readonly Code[]): Code {
  return builders.fill([...parts]) as Code;
}

export function indented(content: Code): Code {
  return builders.indent(content) as Code;
}

/** Indented where another group is broken. */
export function indentedWith(groupId: symbol, content: Code): Code {
  return builders.indentIfBreak(content, { groupId }) as Code;
}

/** Lines after the first one begin under the first one's third column. */
export function hanging(content: Code): Code {
  return builders.align(2, content) as Code;
}

/** Code that is only there where the group around it, or another one, is broken. */
export function whenBroken(content: Code, groupId?: symbol): Code {
  return builders.ifBreak(content, "", { groupId }) as Code;
}

/** Breaks every group around it. */
export const BREAK_AROUND: Code = builders.breakParent as Code;

/** Tells whether code has a line break in it, however much would fit. */
export function isBroken(content: Code): boolean {
  return utils.willBreak(content);
}

/** The width of generated files, in columns. */
const WIDTH = 100;

/** The text of code, laid out. */
export function printed(content: Code, printWidth: number = WIDTH): string {
  return printer.printDocToString(content, { printWidth, tabWidth: 2 }).formatted;
}

/**
 * The text of code on one line; `undefined` where it has a line break whatever fits, or letters of which only the
 * printer knows how wide they are. For short pieces this is much faster than the printer.
 */
export function onOneLine(content: Code): string | undefined {
  const parts: string[] = [];
  const text = flatten(content, parts) ? parts.join("") : "";
  return text !== "" && /^[ -~]*$/.test(text) ? text : undefined;
}

function flatten(content: builders.Doc, parts: string[]): boolean {
  if (typeof content === "string") return parts.push(content) > 0;
  if (Array.isArray(content)) return content.every((part) => flatten(part, parts));
  switch (content.type) {
    case "line":
      if (content.hard !== true && content.soft !== true) parts.push(" ");
      return content.hard !== true;
    case "group":
      return !content.break && flatten(content.contents, parts);
    case "indent":
    case "align":
      return flatten(content.contents, parts);
    case "indent-if-break":
      // The types of prettier leave out what it indents.
      return flatten((content as unknown as builders.Indent).contents, parts);
    case "fill":
      return content.parts.every((part) => flatten(part, parts));
    case "if-break":
      return flatten(content.flatContents, parts);
    default:
      return false;
  }
}

/** Tells whether code fits into some columns; how wide a character is, the printer knows. */
export function fitsInto(columns: number, content: Code): boolean {
  return !printed(group(together([content, SOFT_LINE])), columns).includes("\n");
}

/* -------------------------------------------------------------------------------- text */

/** What may stand as an identifier in generated files (ECMAScript, 12.7, without escapes). */
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** A name that the names stage made. Anything else is a bug of ours, and is refused rather than printed. */
export function identifier(name: string): Word {
  if (!IDENTIFIER.test(name)) throw new Error(`${JSON.stringify(name)} is no identifier`);
  return name as Word;
}

/**
 * The one place that writes string literals: whatever the text is, the literal means just that text and nothing ends
 * it. It has the quotes that need fewer escapes, double ones where that is the same.
 */
export function stringLiteral(text: string): Word {
  const isDouble = count(text, '"') <= count(text, "'");
  const plain = JSON.stringify(text).slice(1, -1);
  const escapes = plain.replace(UNSEEN, escaped).replaceAll("</", "<\\/");
  if (isDouble) return `"${escapes}"` as Word;
  return `'${escapes.replaceAll('\\"', '"').replaceAll("'", "\\'")}'` as Word;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Control and format characters, bidirectional ones among them, line separators and lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
}

/** The type of all strings that begin with a text of letters, digits, hyphens and slashes, such as `image/`. */
export function stringsBeginningWith(text: string): Word {
  if (!/^[A-Za-z0-9/-]*$/.test(text)) throw new Error(`${JSON.stringify(text)} needs escaping`);
  return `\`${text}\${string}\`` as Word;
}

/** A number as a literal. */
export function numberLiteral(value: number): Word {
  if (!Number.isFinite(value)) throw new Error(`${value} has no literal`);
  return (Object.is(value, -0) ? "-0" : String(value).replace("e+", "e")) as Word;
}

/** An integer of any size as a literal; `digits` may have a sign. */
export function bigintLiteral(digits: string): Word {
  if (!/^-?(?:0|[1-9][0-9]*)$/.test(digits)) throw new Error(`${digits} has no literal`);
  return `${digits}n` as Word;
}

/** The name of a member of a type or object, quoted where it has to be. */
export function memberKey(name: string): Word {
  return isPlainKey(name) || isWord(name) ? (name as Word) : stringLiteral(name);
}

function isPlainKey(name: string): boolean {
  return isPlainWord(name) || /^(?:0|[1-9][0-9]{0,8})$/.test(name);
}

function isPlainWord(name: string): boolean {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name);
}

/** Prettier takes the quotes off words of any script, where each compiler knows the letters. */
function isWord(name: string): boolean {
  const [first = "", ...others] = name;
  if (/^[\0-\x7f]*$/.test(name) || stringLiteral(name).length !== name.length + 2) return false;
  return isFirstLetter(first) && others.every(isLetter);
}

/** Reads a member: with a dot where that is possible. */
export function access(object: Code, key: string): Code {
  if (isPlainWord(key)) return code`${object}.${key as Word}`;
  const place = code`[${indented(code`${SOFT_LINE}${stringLiteral(key)}`)}${SOFT_LINE}]`;
  return code`${object}${group(place)}`;
}

/** A line of a comment; `comments.ts` has made it harmless, so anything that is not is a bug of ours. */
export function commentLine(line: string): Word {
  if (/[\n\r\u2028\u2029]|\*\//.test(line))
    throw new Error(`${JSON.stringify(line)} is no line of a comment`);
  return line as Word;
}
