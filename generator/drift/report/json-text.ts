import { visible } from "../../diagnostics/quoted.js";

/**
 * A value as JSON text on several lines that ends with one. Invisible characters are escapes in it, which JSON reads
 * as the same characters: the text may go to a terminal or a log.
 */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2).split("\n").map(visible).join("\n")}\n`;
}
