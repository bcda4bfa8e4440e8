import { createHash, hash } from "node:crypto";
import { isObject, sortedEntries } from "./json.js";
import type { JsonValue } from "./source.js";

/** SHA-256 of UTF-8 text, in hexadecimal. */
export function textHash(text: string): string {
  return hash("sha256", text, "hex");
}

/**
 * SHA-256 of a file that is read as YAML or JSON. A line break counts as one whether or not Git has put a carriage
 * return before it, for that means the same in both formats (YAML 1.2, section 5.4; RFC 8259, section 7).
 */
export function sourceHash(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return createHash("sha256").update(text.replaceAll("\r\n", "\n"), "latin1").digest("hex");
}

/** SHA-256 of a JSON value that does not depend on the order of keys or on how the value was written. */
export function valueHash(value: JsonValue): string {
  return textHash(canonicalJson(value));
}

/** JSON text that is the same for equal values, whatever the order of their keys. */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  let members = "";
  for (const [key, member] of sortedEntries(value)) {
    members += `${members === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}
