import { Document, isScalar, visit } from "yaml";
import { visible } from "../diagnostics/quoted.js";
import type { JsonValue } from "./source.js";

/**
 * Writes a value as YAML 1.2 that gives the same value again. Control characters and other invisible ones stand in
 * it as escapes, so that it may go to a terminal.
 */
export function printYaml(value: JsonValue): string {
  const document = new Document(value, { version: "1.2", aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_key, node) {
      // Only double quotes have escapes (YAML 1.2, 5.7).
      if (isScalar(node) && typeof node.value === "string" && needsEscapes(node.value))
        node.type = "QUOTE_DOUBLE";
    },
  });
  return document.toString({ lineWidth: 100 }).split("\n").map(visible).join("\n");
}

function needsEscapes(text: string): boolean {
  return text.split("\n").some((line) => visible(line) !== line);
}
