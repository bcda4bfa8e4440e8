import { isObject, member } from "../../document/json.js";
import { childPointer, resolvePointer } from "../../document/pointer.js";
import type { JsonObject } from "../../document/source.js";
import { follow } from "../../resolve/references.js";
import type { Spot } from "../change.js";
import type { ValuePath, ValueStep } from "../position.js";

/** The keywords whose schemas are about the same value. */
const SAME_VALUE = ["allOf", "oneOf", "anyOf"] as const;
/** How many schemas are asked for one step. */
const MOST_SCHEMAS = 200;

/** Where a part of a value is described: as far as the schemas on the way tell. */
export function placeOf(document: JsonObject, pointer: string, path: ValuePath): Spot {
  let place = pointer;
  for (const step of path) {
    const next = stepFrom(document, place, step);
    if (next === undefined) break;
    place = next;
  }
  return { pointer: place };
}

function stepFrom(document: JsonObject, pointer: string, step: ValueStep): string | undefined {
  const open: string[] = [pointer];
  const seen = new Set<string>();
  for (let place = open.shift(); place !== undefined; place = open.shift()) {
    const schema = follow(document, resolvePointer(document, place), place);
    if (schema === undefined || seen.has(schema.pointer) || seen.size > MOST_SCHEMAS) continue;
    seen.add(schema.pointer);
    const found = ownStep(schema.value, schema.pointer, step);
    if (found !== undefined) return found;
    for (const keyword of SAME_VALUE) {
      const members = member(schema.value, keyword);
      if (!Array.isArray(members)) continue;
      open.push(...members.map((_, index) => childPointer(schema.pointer, keyword, index)));
    }
  }
  return undefined;
}

function ownStep(schema: JsonObject, pointer: string, step: ValueStep): string | undefined {
  if (step === "element") return whereObject(schema, pointer, "items");
  if (step === "value") return whereObject(schema, pointer, "additionalProperties");
  const properties = member(schema, "properties");
  return member(properties, step.key) === undefined
    ? undefined
    : childPointer(pointer, "properties", step.key);
}

function whereObject(schema: JsonObject, pointer: string, keyword: string): string | undefined {
  return isObject(member(schema, keyword)) ? childPointer(pointer, keyword) : undefined;
}
