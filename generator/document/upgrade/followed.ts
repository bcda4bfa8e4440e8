import { stringMember } from "../json.js";
import { fragmentPointer, pointerTokens, resolvePointer } from "../pointer.js";
import type { JsonObject, JsonValue } from "../source.js";

/** A value of the document as written, and where it stands. */
export interface Followed {
  readonly value: JsonValue | undefined;
  readonly pointer: string;
}

/** What the references of a document as written lead to in the end; nothing, where they lead in circles. */
export function followed(
  document: JsonObject,
  value: JsonValue | undefined,
  pointer: string,
): Followed {
  const seen = new Set<string>();
  let current: Followed = { value, pointer };
  for (;;) {
    const reference = stringMember(current.value, "$ref");
    if (reference === undefined) return current;
    const target = fragmentPointer(reference) ?? "";
    if (seen.has(target)) return { value: undefined, pointer: target };
    seen.add(target);
    current = { value: resolvePointer(document, target), pointer: target };
  }
}

/** Whether something is an entry of a section at the top of the document, such as `definitions`. */
export function isEntryOf(section: string, pointer: string): boolean {
  const [top, ...below] = pointerTokens(pointer);
  return top === section && below.length === 1;
}
