import { stringMember } from "../document/json.js";
import { pointerTo, pointerTokens, resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";

/**
 * The JSONPath query (RFC 9535) of what stands at a pointer: `$.paths['/pets'].get`. Parameters are selected by what
 * they are and not by their number, where one can: an overlay is applied to later versions of the document too.
 *
 * @param document tells lists from objects on the way
 */
export function jsonPathOf(document: JsonObject, pointer: string): string {
  let path = "$";
  let value: JsonValue | undefined = document;
  let before = "";
  for (const token of pointerTokens(pointer)) {
    path += Array.isArray(value) ? itemSelector(value, Number(token), before) : nameSelector(token);
    value = resolvePointer(value ?? null, pointerTo(token));
    before = token;
  }
  return path;
}

function itemSelector(list: readonly JsonValue[], index: number, field: string): string {
  const identify = field === "parameters" ? filterOf : () => undefined;
  const filter = identify(list[index] ?? null);
  const isOnlyOne = list.filter((item) => identify(item) === filter).length === 1;
  return filter === undefined || !isOnlyOne ? `[${index}]` : `[?${filter}]`;
}

/** What tells a parameter from others: its name and location, or what it refers to. */
function filterOf(parameter: JsonValue): string | undefined {
  const reference = stringMember(parameter, "$ref");
  if (reference !== undefined) return `@['$ref'] == '${escaped(reference)}'`;
  const name = stringMember(parameter, "name");
  const location = stringMember(parameter, "in");
  if (name === undefined || location === undefined) return undefined;
  return `@.name == '${escaped(name)}' && @.in == '${escaped(location)}'`;
}

function nameSelector(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `.${name}` : `['${escaped(name)}']`;
}

/** What a name in single quotes cannot have as it is (RFC 9535, 2.3.1.1); other characters stay readable. */
function escaped(name: string): string {
  return name
    .replace(/[\\']/g, "\\$&")
    .replace(
      /[\p{Cc}\p{Cs}]/gu,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}
