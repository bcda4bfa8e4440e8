import { stringMember } from "../document/json.js";
import { pointerTo, pointerTokens, resolvePointer } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import { pascalCase } from "./words.js";

/**
 * What the type of a part of a document can be called, by where it stands: `owner` of `Video` is `VideoOwner`, and what
 * `Video` has under `$defs` is called as it is there, or with `Video` before it.
 */
export function partNames(document: JsonObject, pointer: string): readonly string[] {
  const tokens = pointerTokens(pointer);
  const { start, rest } = beginning(document, tokens);
  const words = [...start, ...wordsOf(rest)];
  const defined = DEFINITIONS.has(tokens.at(-2) ?? "") ? [tokens.at(-1) ?? ""] : [];
  const all = [defined, words, [...words, "model"], tokens].map((some) =>
    pascalCase(some.join("_")),
  );
  return all.filter((name) => name !== "");
}

/** The words that stand for the beginning of a pointer: the name of a component, or the operation. */
function beginning(
  document: JsonObject,
  tokens: readonly string[],
): { readonly start: readonly string[]; readonly rest: readonly string[] } {
  const [top, first = "", second = ""] = tokens;
  const rest = tokens.slice(3);
  if (top === "components") return { start: [second], rest };
  if (top !== "paths" && top !== "webhooks") return { start: [], rest: tokens };
  const operation = resolvePointer(document, pointerTo(...tokens.slice(0, 3)));
  const id = stringMember(operation, "operationId");
  return { start: id === undefined ? [second, first] : [id], rest };
}

/** Keywords under which schemas have names. */
const NAMED: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "dependentSchemas",
  "headers",
]);
const DEFINITIONS: ReadonlySet<string> = new Set(["$defs", "definitions"]);

/** Keywords that are no word of a name, and those that lead to a name which is none either. */
const SILENT: ReadonlySet<string> = new Set(["schema", "responses"]);
const SKIPPED: ReadonlySet<string> = new Set(["content"]);

const WORDS: ReadonlyMap<string, string> = new Map([
  ["items", "item"],
  ["prefixItems", "item"],
  ["additionalProperties", "value"],
  ["requestBody", "body"],
  ["oneOf", "option"],
  ["anyOf", "option"],
  ["allOf", "part"],
]);

/** The words of a pointer that tell a reader where something stands. */
function wordsOf(tokens: readonly string[]): readonly string[] {
  const words: string[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? "";
    if (SILENT.has(token)) continue;
    if (SKIPPED.has(token)) index += 1;
    else if (NAMED.has(token) || DEFINITIONS.has(token)) {
      index += 1;
      words.push(tokens[index] ?? "");
    } else
      words.push(/^[0-9]$/.test(token) ? String(Number(token) + 1) : (WORDS.get(token) ?? token));
  }
  return words;
}
