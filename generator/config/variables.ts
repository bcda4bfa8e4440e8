import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { isObject } from "../document/json.js";
import { childPointer, pointerTokens } from "../document/pointer.js";
import type { JsonValue } from "../document/source.js";
import type { MergedConfiguration } from "./merge.js";

/** Keys whose texts name things of a document, in which `${NAME}` is nothing but text. */
const OF_THE_DOCUMENT: readonly string[] = ["include", "exclude"];

/**
 * `${NAME}` where it stands for nothing. The environment decides secrets only: all else that a client depends on is in
 * files, so that it is the same on every machine.
 */
export function variableFindings({
  value,
  place,
}: Pick<MergedConfiguration, "value" | "place">): readonly Diagnostic[] {
  return textsIn(value, "")
    .filter(({ text, pointer }) => /\$\{[^}]*\}/.test(text) && !mayHaveVariables(pointer))
    .map(({ pointer }) =>
      diagnostic("invalid-value", {
        message: "An environment variable stands for nothing here.",
        hint: "Write the value itself. ${NAME} is read in headers only, for secrets, so that clients are the same wherever they are generated.",
        place: place(pointer, "value"),
      }),
    );
}

function mayHaveVariables(pointer: string): boolean {
  const tokens = pointerTokens(pointer);
  if (tokens.at(-2) === "headers") return true;
  return tokens[0] === "services" && OF_THE_DOCUMENT.includes(tokens[2] ?? "");
}

interface Text {
  readonly text: string;
  readonly pointer: string;
}

/** The parser has limited how deep values are. */
function textsIn(value: JsonValue, pointer: string): readonly Text[] {
  if (typeof value === "string") return [{ text: value, pointer }];
  if (!isObject(value) && !Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    textsIn(child ?? null, childPointer(pointer, key)),
  );
}
