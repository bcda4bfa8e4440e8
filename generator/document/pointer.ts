import type { JsonValue } from "./source.js";

/** Builds a JSON pointer (RFC 6901, section 3) from plain tokens: `pointerTo("paths", "/a~b")` is `/paths/~1a~0b`. */
export function pointerTo(...tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${escapeToken(String(token))}`).join("");
}

/** The plain tokens of a JSON pointer; the empty pointer, which means the whole document, has none. */
export function pointerTokens(pointer: string): readonly string[] {
  if (pointer === "") return [];
  return pointer.slice(1).split("/").map(unescapeToken);
}

/** Appends plain tokens to a pointer. */
export function childPointer(pointer: string, ...tokens: readonly (string | number)[]): string {
  return pointer + pointerTo(...tokens);
}

/**
 * The value at a JSON pointer, or `undefined` where there is none. Only own members count, and an array index
 * is decimal without leading zeros (RFC 6901, section 4).
 */
export function resolvePointer(document: JsonValue, pointer: string): JsonValue | undefined {
  if (pointer !== "" && !pointer.startsWith("/")) return undefined;
  let value: JsonValue | undefined = document;
  for (const token of pointerTokens(pointer)) {
    value = memberAt(value, token);
    if (value === undefined) return undefined;
  }
  return value;
}

/**
 * The JSON pointer in the fragment of a `$ref` such as `#/components/schemas/A%20B` (RFC 6901, section 6),
 * or `undefined` where the fragment is no pointer, as with `#anchor`.
 */
export function fragmentPointer(reference: string): string | undefined {
  const hash = reference.indexOf("#");
  if (hash === -1) return "";
  const fragment = percentDecoded(reference.slice(hash + 1));
  return fragment === "" || fragment.startsWith("/") ? fragment : undefined;
}

/** The `$ref` that leads to a pointer of the same document: what a URI fragment may not hold is percent-encoded. */
export function referenceTo(pointer: string): string {
  const encoded = pointer.replace(/[^A-Za-z0-9\-._~!$&'()*+,;=:@/]+/g, (text) =>
    percentEncoded(text),
  );
  return `#${encoded}`;
}

/** Undoes percent-encoding; text that is not encoded properly is taken as it is. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function memberAt(value: JsonValue | undefined, token: string): JsonValue | undefined {
  if (Array.isArray(value))
    return /^(?:0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  return Object.hasOwn(value, token) ? value[token] : undefined;
}

function escapeToken(token: string): string {
  // Hardly any token needs it, and there are a great many tokens.
  return /[~/]/.test(token) ? token.replaceAll("~", "~0").replaceAll("/", "~1") : token;
}

function unescapeToken(token: string): string {
  return token.includes("~") ? token.replaceAll("~1", "/").replaceAll("~0", "~") : token;
}

function percentEncoded(text: string): string {
  return Array.from(
    new TextEncoder().encode(text),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
  ).join("");
}
