import {
  scanToken,
  skipSpace,
  type Container,
  type JsonState,
  type JsonSyntaxError,
  type JsonVisitor,
} from "./json-scan.js";

/** After so many places where JSON ends, further ones tell nothing. */
const SHOWN_ERRORS = 20;

const IGNORE: JsonVisitor = {
  open: () => true,
  close: () => undefined,
  key: () => undefined,
  scalar: () => undefined,
};

/** What a scan goes on with. */
interface Position {
  readonly offset: number;
  readonly state: JsonState;
}

/**
 * Every place where a text stops being JSON. After each it goes on as a reader would: a missing comma is read as if it
 * stood there, a comma too many as if it did not, and anything else is skipped up to the next comma or bracket.
 */
export function jsonSyntaxErrors(text: string): readonly JsonSyntaxError[] {
  const errors: JsonSyntaxError[] = [];
  const containers: Container[] = [];
  let position: Position = { offset: skipSpace(text, 0), state: "value" };
  while (errors.length < SHOWN_ERRORS) {
    const { offset, state } = position;
    if (state === "after-value" && containers.length === 0) {
      if (offset < text.length) errors.push({ offset, expected: "the end of the file" });
      return errors;
    }
    const step = scanToken(text, offset, state, containers, IGNORE);
    if (step === "ended") return errors;
    if ("expected" in step) {
      errors.push(step);
      if (step.offset >= text.length) return errors;
      position = recovered(text, step.offset, state, containers);
    } else position = { offset: skipSpace(text, step.next), state: step.state };
  }
  return errors;
}

/** Where a scan goes on after an error; at least one character further on, or in another state. */
function recovered(
  text: string,
  offset: number,
  state: JsonState,
  containers: readonly Container[],
): Position {
  const isInObject = containers.at(-1) === "object";
  const character = text[offset] ?? "";
  const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
  comment.lastIndex = offset;
  if (comment.test(text)) return { offset: skipSpace(text, comment.lastIndex), state };
  // A comma too many: after it comes what should have come, or the bracket closes what it should.
  if (character === "," && state !== "after-value")
    return { offset: skipSpace(text, offset + 1), state };
  if (character === (isInObject ? "}" : "]") && state !== "after-value")
    return { offset, state: isInObject ? "first-key" : "first-item" };
  // A comma that is missing.
  const begins = isInObject ? character === '"' : /["[{\w-]/.test(character);
  if (state === "after-value" && begins && !/\w/.test(text[offset - 1] ?? ""))
    return { offset, state: isInObject ? "key" : "value" };
  // A key that is not written as JSON wants it.
  const key = /[^\s:,{}[\]"]+\s*:/y;
  key.lastIndex = offset;
  if ((state === "key" || state === "first-key") && key.test(text))
    return { offset: skipSpace(text, key.lastIndex), state: "value" };
  const rest = /[^,\]}\n]*\n?/y;
  rest.lastIndex = offset;
  rest.test(text);
  const next = rest.lastIndex > offset ? rest.lastIndex : offset + 1;
  return { offset: skipSpace(text, next), state: "after-value" };
}
