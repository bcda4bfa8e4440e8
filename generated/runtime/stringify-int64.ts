import { Int64Place, type Int64Schema } from "./int64-schema.js";

/**
 * Writes JSON as `JSON.stringify` does, but a bigint as the integer that it is, and so a string where the schema has
 * a 64-bit integer. Throws a TypeError for a string there that is none, and for a file, which JSON would make `{}` of.
 *
 * @param schema - where strings are integers; a bigint is one anywhere.
 */
export function stringifyInt64(value: unknown, schema?: Int64Schema): string | undefined {
  return written(value, schema === undefined ? undefined : new Int64Place([schema]));
}

function written(value: unknown, place: Int64Place | undefined): string | undefined {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "string" && place?.allows("int64") === true && !place.allows("string")) {
    return integer(value);
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (value instanceof Blob) throw new TypeError("a file");
  if ("toJSON" in value && typeof value.toJSON === "function") {
    return written((value as { toJSON: () => unknown }).toJSON(), undefined);
  }
  const isArray = Array.isArray(value);
  const members: string[] = [];
  for (const key of isArray ? value.keys() : Object.keys(value)) {
    const name = String(key);
    const text = written((value as Record<string, unknown>)[name], place?.member(name, isArray));
    if (isArray) members.push(text ?? "null");
    else if (text !== undefined) members.push(`${JSON.stringify(name)}:${text}`);
  }
  return isArray ? `[${members.join(",")}]` : `{${members.join(",")}}`;
}

/** An integer as JSON has it (RFC 8259, section 6). */
function integer(text: string): string {
  if (!/^-?(?:0|[1-9]\d*)$/.test(text)) throw new TypeError("no integer");
  return text;
}
