import { TextPieces } from "./text-pieces.js";

/** Stands before each text of a JSON text sequence (RFC 7464, section 2.2). */
export const RECORD_SEPARATOR = "\x1e";

/** Whether a media type is framed by record separators (RFC 7464; RFC 8091), and not by lines. */
export function isJsonSeq(mediaType: string): boolean {
  return /[/+]json-seq$/.test(mediaType);
}

/** Whether a media type is a sequence of JSON values, in lines or as RFC 7464 has it. */
export function isJsonSequence(mediaType: string): boolean {
  return (
    isJsonSeq(mediaType) ||
    /^application\/(?:x-)?(?:jsonl|jsonlines|json-lines|ndjson)$|\+(?:jsonl|ndjson)$/.test(
      mediaType,
    )
  );
}

/** Cuts the text of a sequence into the texts of its values. Values that are nothing but space are left out. */
export class JsonRecords {
  readonly #separator: string;
  readonly #rest = new TextPieces();

  constructor(separator: string) {
    this.#separator = separator;
  }

  /** How much of the value that is being read is kept, in UTF-16 code units. */
  get size(): number {
    return this.#rest.length;
  }

  /** Takes the next piece of text, cut anywhere, and gives the values that it completes. */
  *push(text: string): Generator<string, void, undefined> {
    const pieces = text.split(this.#separator);
    const rest = pieces.pop() ?? "";
    for (const piece of pieces) {
      const record = this.#rest.length === 0 ? piece : this.#rest.take() + piece;
      if (!isSpace(record)) yield record;
    }
    if (rest !== "") this.#rest.add(rest);
  }

  /** The last value, if there is one that has no separator behind it. */
  end(): readonly string[] {
    const record = this.#rest.take();
    return isSpace(record) ? [] : [record];
  }
}

/** Whether a text has only what JSON takes for space (RFC 8259, section 2). */
function isSpace(text: string): boolean {
  return /^[\t\n\r ]*$/.test(text);
}

/**
 * Whether a text of a JSON text sequence may have lost its end: a number or a word is whole only with
 * space behind it (RFC 7464, section 2.4).
 */
export function isTruncated(text: string): boolean {
  return /[^\t\n\r "\]}]$/.test(text);
}
