import type { JsonValue } from "../document/source.js";
import { isObject } from "../document/json.js";

declare const brand: unique symbol;

/**
 * Text that is known to be TypeScript. Only the functions of this file make it, so no string of a document can get
 * into a generated file unless it went through one of them.
 */
export type Code = string & { readonly [brand]: "Code" };

/** What may stand as an identifier in generated files (ECMAScript, 12.7, without escapes). */
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Puts code together: every value in the template has to be code itself. */
export function code(strings: TemplateStringsArray, ...values: readonly Code[]): Code {
  return String.raw({ raw: strings }, ...values) as Code;
}

export const NOTHING: Code = code``;

/** Code after code, with code between. */
export function joined(parts: readonly Code[], separator: Code): Code {
  return parts.join(separator) as Code;
}

/** A name that the names stage made. Anything else is a bug of ours, and is refused rather than printed. */
export function identifier(name: string): Code {
  if (!IDENTIFIER.test(name)) throw new Error(`${JSON.stringify(name)} is no identifier`);
  return name as Code;
}

/** The one place that writes string literals: whatever the text is, the literal means just that text and nothing ends it. */
export function stringLiteral(text: string): Code {
  return JSON.stringify(text).replace(UNSEEN, escaped).replaceAll("</", "<\\/") as Code;
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
export function stringsBeginningWith(text: string): Code {
  if (!/^[A-Za-z0-9/-]*$/.test(text)) throw new Error(`${JSON.stringify(text)} needs escaping`);
  return `\`${text}\${string}\`` as Code;
}

/** A JSON value as a literal. */
export function literal(value: JsonValue): Code {
  if (typeof value === "string") return stringLiteral(value);
  if (Array.isArray(value)) return code`[${joined(value.map(literal), code`, `)}]`;
  if (isObject(value))
    return objectLiteral(
      Object.entries(value).map(([key, member]) => [key, literal(member ?? null)]),
    );
  return (typeof value === "number" ? numberText(value) : String(value)) as Code;
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${value} has no literal`);
  return Object.is(value, -0) ? "-0" : String(value);
}

/** The name of a member of a type or class, quoted where it has to be. */
export function memberKey(name: string): Code {
  return isPlainKey(name) ? (name as Code) : stringLiteral(name);
}

function isPlainKey(name: string): boolean {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) || /^(?:0|[1-9][0-9]{0,8})$/.test(name);
}

/** An object; `__proto__` is written so that it becomes a property instead of setting the prototype. */
export function objectLiteral(entries: readonly (readonly [string, Code])[]): Code {
  if (entries.length === 0) return code`{}`;
  const members = entries.map(
    ([key, value]) => code`${key === "__proto__" ? code`["__proto__"]` : memberKey(key)}: ${value}`,
  );
  return code`{ ${joined(members, code`, `)} }`;
}

/** Reads a member: with a dot where that is possible. */
export function access(object: Code, key: string): Code {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key)
    ? code`${object}.${key as Code}`
    : code`${object}[${stringLiteral(key)}]`;
}

/** A call of a function. */
export function call(name: Code, args: readonly Code[]): Code {
  return code`${name}(${joined(args, code`, `)})`;
}
