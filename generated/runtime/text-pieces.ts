/** How many pieces are kept apart. */
const COUNT = 1_024;

/**
 * Text that comes in many pieces. Engines keep what `+=` makes as a tree until somebody looks at it: tens
 * of bytes for each piece, even for one of a single character. Here pieces are joined block by block, each
 * of them twice at most.
 */
export class TextPieces {
  #length = 0;
  #blocks: string[] = [];
  #pieces: string[] = [];

  /** How long the text is, in UTF-16 code units. */
  get length(): number {
    return this.#length;
  }

  add(piece: string): void {
    this.#length += piece.length;
    this.#pieces.push(piece);
    if (this.#pieces.length < COUNT) return;
    this.#blocks.push(this.#pieces.join(""));
    this.#pieces = [];
  }

  /** Gives the text, and begins with the next. */
  take(): string {
    const text = this.#blocks.join("") + this.#pieces.join("");
    this.#length = 0;
    this.#blocks = [];
    this.#pieces = [];
    return text;
  }
}
