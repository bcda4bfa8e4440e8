import { quoted, visible } from "../../diagnostics/quoted.js";
import type { JsonValue } from "../../document/source.js";
import type { Spot } from "../change.js";
import type { ValuePath } from "../position.js";
import type { Shape, Told } from "./shape.js";

/** Longest value that a message repeats, in UTF-16 units. */
const LONGEST_VALUE = 80;

/** Where something is told; where it is not, the schema in which it would be. */
export function spotIn(shape: Shape, told: Told | undefined, other: Told | undefined): Spot {
  if (told !== undefined) return { pointer: told.pointer, value: told.value };
  const place = other?.pointer.slice(0, other.pointer.lastIndexOf("/"));
  const atom = shape.atoms.find(({ pointer }) => pointer === place) ?? shape.atoms[0];
  return { pointer: atom?.pointer ?? shape.pointer };
}

/** What a sentence about the value at the end of a path begins with. */
export function subjectOf(path: ValuePath): string {
  const last = path.at(-1);
  if (last === undefined) return "The value";
  if (typeof last === "object") return quoted(last.key);
  const holder = path.slice(0, -1).findLast((step) => typeof step === "object");
  const part = last === "element" ? "An item" : "Another property";
  return holder === undefined ? part : `${part} of ${quoted(holder.key)}`;
}

/** A value of a document as it may stand in a message: as JSON, cut where it is long. */
export function valueText(value: JsonValue | undefined): string {
  if (typeof value === "string") return quoted(value);
  const text = visible(JSON.stringify(value ?? null));
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
