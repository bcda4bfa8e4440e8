import { createHash } from "node:crypto";
import { isObject, sortedEntries } from "./json.js";
import type { JsonValue } from "./source.js";

/** SHA-256 of UTF-8 text, in hexadecimal. */
export function textHash(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
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
