import type { Outcome } from "../diagnostics/diagnostic.js";
import type { Limits } from "./limits.js";
import { parseJson } from "./parse-json.js";
import { parseYaml } from "./parse-yaml.js";
import type { JsonValue, SourceFile } from "./source.js";

/**
 * Reads a file as JSON or YAML 1.2. Text that begins like JSON is read as JSON, which is much faster; where that
 * fails, it may still be a flow mapping of YAML, unless the file's name says JSON. There is a value beside errors that
 * leave no doubt about the rest, such as a key that stands twice.
 */
export function parseText(file: SourceFile, limits: Limits): Outcome<JsonValue> {
  if (looksLikeJson(file.text)) {
    const json = parseJson(file, limits);
    const isSyntaxError = json.diagnostics.some(({ code }) => code === "json-syntax");
    if (!isSyntaxError || /\.json$/i.test(file.path)) return json;
  }
  return parseYaml(file, limits);
}

/** Tells whether the first character is one with which JSON objects and arrays begin. */
export function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}
