/** What a scan reports on its way; offsets are UTF-16 units from the start of the text, ends exclusive. */
export interface JsonVisitor {
  /** An object or an array begins; gives `false` to end the scan, for one that is nested too deep. */
  readonly open: (start: number, kind: Container) => boolean;
  readonly close: () => void;
  /** The key of the next value, quotes included. */
  readonly key: (start: number, end: number) => void;
  /** A string, number, `true`, `false` or `null`. */
  readonly scalar: (start: number, end: number) => void;
}

export type Container = "object" | "array";

/** Where a text stops being JSON, and what should have stood there. */
export interface JsonSyntaxError {
  readonly offset: number;
  readonly expected: string;
}

/** What may come next: a value; a value or `]`; a key; a key or `}`; what follows a value. */
export type JsonState = "value" | "first-item" | "key" | "first-key" | "after-value";

type Step = { readonly next: number; readonly state: JsonState } | JsonSyntaxError | "ended";

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Walks JSON text (RFC 8259) once, without recursion, and tells the visitor what stands where. `JSON.parse`
 * gives values but neither positions nor duplicate keys; this gives both and no values.
 *
 * @param start where the value begins; the scan ends behind it, or with an error for anything else that stands there
 */
export function scanJson(
  text: string,
  visitor: JsonVisitor,
  start = 0,
): JsonSyntaxError | undefined {
  const containers: Container[] = [];
  let state: JsonState = "value";
  let offset = skipSpace(text, start);
  while (state !== "after-value" || containers.length > 0) {
    const step = scanToken(text, offset, state, containers, visitor);
    if (step === "ended") return undefined;
    if ("expected" in step) return step;
    state = step.state;
    offset = skipSpace(text, step.next);
  }
  return offset === text.length ? undefined : { offset, expected: "the end of the file" };
}

/** One step of {@link scanJson}: reads what stands at an offset, and tells what may follow where. */
export function scanToken(
  text: string,
  offset: number,
  state: JsonState,
  containers: Container[],
  visitor: JsonVisitor,
): Step {
  const character = text[offset];
  const container = containers.at(-1);
  if (state === "after-value") {
    if (character === ",")
      return { next: offset + 1, state: container === "object" ? "key" : "value" };
    return closes(character, container)
      ? close(offset, containers, visitor)
      : { offset, expected: container === "object" ? '"," or "}"' : '"," or "]"' };
  }
  if ((state === "first-key" || state === "first-item") && closes(character, container)) {
    return close(offset, containers, visitor);
  }
  return state === "key" || state === "first-key"
    ? scanKey(text, offset, visitor)
    : scanValue(text, offset, containers, visitor);
}

function closes(character: string | undefined, container: Container | undefined): boolean {
  return character === (container === "object" ? "}" : "]");
}

function close(offset: number, containers: Container[], visitor: JsonVisitor): Step {
  containers.pop();
  visitor.close();
  return { next: offset + 1, state: "after-value" };
}

function scanKey(text: string, offset: number, visitor: JsonVisitor): Step {
  if (text[offset] !== '"') return { offset, expected: "a key in double quotes" };
  const end = stringEnd(text, offset);
  if (typeof end !== "number") return end;
  const colon = skipSpace(text, end);
  if (text[colon] !== ":") return { offset: colon, expected: '":"' };
  visitor.key(offset, end);
  return { next: colon + 1, state: "value" };
}

function scanValue(
  text: string,
  offset: number,
  containers: Container[],
  visitor: JsonVisitor,
): Step {
  const character = text[offset];
  if (character === "{" || character === "[") {
    const kind = character === "{" ? "object" : "array";
    if (!visitor.open(offset, kind)) return "ended";
    containers.push(kind);
    return { next: offset + 1, state: kind === "object" ? "first-key" : "first-item" };
  }
  const end =
    character === '"'
      ? stringEnd(text, offset)
      : (matchEnd(NUMBER, text, offset) ?? matchEnd(WORD, text, offset));
  if (end === undefined) return { offset, expected: "a value" };
  if (typeof end !== "number") return end;
  visitor.scalar(offset, end);
  return { next: end, state: "after-value" };
}

function stringEnd(text: string, start: number): number | JsonSyntaxError {
  let offset = start + 1;
  for (;;) {
    const unit = text.charCodeAt(offset);
    if (unit === 0x22) return offset + 1;
    if (unit === 0x5c) {
      const end = matchEnd(ESCAPE, text, offset);
      if (end === undefined) return { offset, expected: "an escape sequence of JSON" };
      offset = end;
    } else if (unit >= 0x20) {
      offset += 1;
    } else {
      return {
        offset,
        expected:
          offset < text.length
            ? "an escape sequence in place of this control character"
            : "a double quote",
      };
    }
  }
}

/** The offset of the first character at or after an offset that is no white space of JSON. */
export function skipSpace(text: string, start: number): number {
  let offset = start;
  for (let unit = text.charCodeAt(offset); isSpace(unit); unit = text.charCodeAt(offset))
    offset += 1;
  return offset;
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

function matchEnd(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
