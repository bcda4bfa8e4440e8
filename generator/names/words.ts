import { isFirstLetter, isLetter } from "../document/letters.js";

/**
 * Text of a document as parts of an identifier: compatibility forms and accents are folded away, and everything
 * that cannot stand in an identifier separates two parts. Letters of other scripts stay.
 */
export function identifierParts(text: string): readonly string[] {
  const folded = text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .normalize("NFKC");
  return folded
    .replace(/[^A-Za-z0-9]/gu, (character) => (isInWord(character) ? character : " "))
    .split(/ +/)
    .filter((part) => part !== "");
}

function isInWord(character: string): boolean {
  return (
    character !== "_" && character !== "$" && isLetter(character) && !/\p{Cf}/u.test(character)
  );
}

/** `OAuthToken-password` becomes `OAuthTokenPassword`; what is written in capitals inside a part stays so. */
export function pascalCase(text: string): string {
  return leadingLetter(identifierParts(text).map(capitalized).join(""));
}

/** `get_token` becomes `getToken`, `GetUser` becomes `getUser`; `getOAuthToken` stays as it is. */
export function camelCase(text: string): string {
  const [first, ...rest] = identifierParts(text);
  return first === undefined
    ? ""
    : leadingLetter(uncapitalized(first) + rest.map(capitalized).join(""));
}

/** `IP Lists` becomes `ip-lists`; only `a-z`, `0-9` and `-` are left, which every file system takes. */
export function kebabCase(text: string): string {
  return identifierParts(text)
    .join("-")
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1-$2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

function capitalized(part: string): string {
  const [first = ""] = part;
  return inCase(first, first.toUpperCase()) + part.slice(first.length);
}

/** Some letters have capitals that are newer than they are, and some capitals have such letters. */
function inCase(text: string, changed: string): string {
  return Array.from(changed).every(isLetter) ? changed : text;
}

/** Takes the capitals off the front, but leaves the one that begins the next word: `URLList` becomes `urlList`. */
function uncapitalized(part: string): string {
  const capitals = /^\p{Lu}+/u.exec(part)?.[0] ?? "";
  if (capitals.length === part.length) return inCase(part, part.toLowerCase());
  const count = capitals.length > 1 ? capitals.length - 1 : capitals.length;
  const start = part.slice(0, count);
  return inCase(start, start.toLowerCase()) + part.slice(count);
}

/** An identifier cannot begin with a digit or a combining character. */
function leadingLetter(name: string): string {
  return name === "" || isFirstLetter(name.charAt(0)) ? name : `_${name}`;
}
