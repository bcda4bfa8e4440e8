import type { TextPlace } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "./source.js";

/** Turns offsets of one file (UTF-16 units from 0) into places; an offset past the end is the end. */
export type PlaceAt = (offset: number) => TextPlace;

/** Makes the function that turns offsets of a file into places; it looks for line ends when it is first called. */
export function placesOf(file: SourceFile): PlaceAt {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(file.text);
    const end = Math.min(offset, file.text.length);
    const line = lineOf(starts, end);
    return { file, line, column: end - (starts[line - 1] ?? 0) + 1 };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1))
    starts.push(end + 1);
  return starts;
}

/** The number, from 1, of the last line that starts at or before the offset: a binary search. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 1;
  let high = starts.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle - 1] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
