import type { JsonValue } from "../../document/source.js";
import { isOfPattern, readPattern, textOfPattern } from "./pattern.js";

/*
 * Texts that are made up. Hosts, addresses and mailboxes are those that are set aside for documentation (RFC 2606,
 * RFC 5737, RFC 3849), so that a program which is run as it stands reaches nobody.
 */

/** A text of each format (2020-12, validation, 7.3; OpenAPI Format Registry). */
const FORMATS: ReadonlyMap<string, string> = new Map([
  ["date-time", "2026-05-01T12:00:00Z"],
  ["date", "2026-05-01"],
  ["time", "12:00:00Z"],
  ["duration", "PT1H"],
  ["http-date", "Fri, 01 May 2026 12:00:00 GMT"],
  ["email", "ada@example.com"],
  ["idn-email", "ada@example.com"],
  ["hostname", "host.example"],
  ["idn-hostname", "host.example"],
  ["ipv4", "192.0.2.1"],
  ["ipv6", "2001:db8::1"],
  ["uri", "https://example.com/"],
  ["uri-reference", "/about"],
  ["iri", "https://example.com/"],
  ["iri-reference", "/about"],
  ["uri-template", "/users/{id}"],
  ["uuid", "9c9de5e8-0a1e-484a-b099-e80766180a6d"],
  ["byte", "aGVsbG8="],
  ["base64url", "aGVsbG8"],
  ["char", "a"],
  ["json-pointer", "/name"],
  ["relative-json-pointer", "1/name"],
  ["regex", "^[a-z]+$"],
  ["media-range", "image/*"],
  ["unixtime-string", "1777636800"],
  ["password", "correct horse battery staple"],
  ["int64", "1"],
  ["uint64", "1"],
]);

/** What texts of some names are about: letters that the name ends with, in any case, without what separates words. */
const NAMES: readonly (readonly [ending: string, text: string])[] = [
  ["email", "ada@example.com"],
  ["username", "ada"],
  ["login", "ada"],
  ["password", "correct horse battery staple"],
  ["firstname", "Ada"],
  ["lastname", "Lovelace"],
  ["displayname", "Ada Lovelace"],
  ["fullname", "Ada Lovelace"],
  ["hostname", "host.example"],
  ["host", "host.example"],
  ["domain", "host.example"],
  ["url", "https://example.com/"],
  ["uri", "https://example.com/"],
  ["language", "en"],
  ["locale", "en"],
  ["currency", "EUR"],
  ["country", "DE"],
  ["timezone", "Europe/Berlin"],
  ["token", "0123456789abcdef"],
  ["filename", "notes.txt"],
  ["path", "/notes.txt"],
  ["color", "#336699"],
  ["id", "1"],
];

/** What stands where nothing says what a text is about. */
const ANY_TEXT = "example";

/** What limits a text (2020-12, validation, 6.3). */
export interface TextLimits {
  readonly format: string | undefined;
  readonly patterns: readonly string[];
  readonly minLength: number;
  readonly maxLength: number;
}

/**
 * A text within limits that goes with the name of what has it. A pattern that cannot be read, or that no text of the
 * right length is found for, does not count: a text that a service may refuse still shows how it is passed.
 */
export function textOf(
  name: string,
  { format, patterns, minLength, maxLength }: TextLimits,
): string {
  const first = FORMATS.get(format ?? "") ?? textOfName(name);
  const fits = (text: string): boolean => text.length >= minLength && text.length <= maxLength;
  const read = patterns.map(readPattern).filter((pattern) => pattern !== undefined);
  const matches = (text: string): boolean => read.every((pattern) => isOfPattern(text, pattern));
  const made = read.map(textOfPattern).filter((text) => text !== undefined);
  const candidates = [first, ANY_TEXT, "1", ...made].flatMap((text) => [
    text,
    lengthened(text, minLength, maxLength),
  ]);
  return (
    candidates.find((text) => fits(text) && matches(text)) ??
    lengthened(first, minLength, maxLength)
  );
}

function textOfName(name: string): string {
  const letters = name.toLowerCase().replace(/[^a-z]/g, "");
  return NAMES.find(([ending]) => letters.endsWith(ending))?.[1] ?? ANY_TEXT;
}

/** Texts that have to be longer than this say nothing in a program. */
const LONGEST_MADE = 1_000;

/** A text as long as it has to be: repeated or cut. */
function lengthened(text: string, minLength: number, maxLength: number): string {
  const least = Math.min(minLength, LONGEST_MADE);
  const repeated =
    text.length >= least ? text : text.repeat(Math.ceil(least / text.length)).slice(0, least);
  return repeated.slice(0, maxLength);
}

/** Another text, for arrays in which no item may stand twice. */
export function another(value: JsonValue, index: number): JsonValue {
  if (typeof value === "string") return `${value}-${index + 1}`;
  return typeof value === "number" ? value + index : value;
}
