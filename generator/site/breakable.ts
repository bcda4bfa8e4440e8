import type { ElementContent } from "hast";
import { element } from "./element.js";

/** Where a name or a path is best broken: before a capital that follows a small letter, behind punctuation. */
const BREAKS = /(?<=\p{Ll})(?=\p{Lu})|(?<=[/_.-])(?=[\p{L}\p{N}{])/u;

/** A name or a path that browsers may break between its words, where it is too long for a line. */
export function breakable(text: string): readonly ElementContent[] {
  return text
    .split(BREAKS)
    .flatMap((part, index) => [
      ...(index === 0 ? [] : [element("wbr", {})]),
      { type: "text" as const, value: part },
    ]);
}
