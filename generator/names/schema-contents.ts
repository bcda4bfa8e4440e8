import { valueHash } from "../document/hashes.js";
import { isObject } from "../document/json.js";
import type { JsonValue } from "../document/source.js";
import type { ResolvedApi, Schema } from "../resolve/resolved-api.js";

/** How much of a hash is enough to tell the schemas of a document apart, in hexadecimal digits. */
const DIGITS = 16;

/** What each component schema says, as a hash of it, by `#` and its pointer. */
export function contentHashes({ schemas }: ResolvedApi): ReadonlyMap<string, string> {
  return new Map(
    [...schemas.values()]
      .filter(({ isComponent }) => isComponent)
      .map(({ schema, pointer }) => [`#${pointer}`, contentHash(schema, `#${pointer}`)]),
  );
}

/** Texts about a schema say nothing of what it is; and a reference to itself has its name. */
function contentHash(schema: Schema, reference: string): string {
  const content = isObject(schema)
    ? Object.fromEntries(Object.entries(schema).filter(([key]) => !TEXTS.has(key)))
    : schema;
  return valueHash(withoutOwn(content, reference)).slice(0, DIGITS);
}

const TEXTS: ReadonlySet<string> = new Set(["title", "description"]);

function withoutOwn(value: JsonValue, reference: string): JsonValue {
  if (value === reference) return "#";
  if (Array.isArray(value)) return value.map((item) => withoutOwn(item, reference));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutOwn(item ?? null, reference)]),
  );
}
