import type { DecodeContext } from "./call.js";

/** A `TextDecoder`, for projects that have it as a value only: with the types of Node.js and without the DOM's. */
export type Decoding = InstanceType<typeof TextDecoder>;

/** One response whose text is read piece by piece. */
export class TextConnection {
  readonly #response: Response;
  readonly #context: DecodeContext;
  readonly #onClose: () => void;
  readonly #decoder: Decoding;
  #isDead = false;
  /** When the reader began to wait; undefined while nobody waits. */
  #waitingSince: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;

  /**
   * @param decoder - makes text of the bytes; a fatal one refuses what is no text.
   * @param onClose - called when the connection is closed.
   */
  constructor(
    response: Response,
    context: DecodeContext,
    decoder: Decoding,
    onClose = (): void => undefined,
  ) {
    this.#response = response;
    this.#context = context;
    this.#decoder = decoder;
    this.#onClose = onClose;
  }

  /**
   * Reads the next piece.
   *
   * @param patience - how long it may take, in milliseconds; what is not between 0 and 2^31 means no limit.
   * @returns text; undefined at the end of the body.
   * @throws a `ConnectionError` if the body breaks off or takes too long; a `DecodeError` if it is no text;
   *   the reason of the call's signal.
   */
  async read(patience: number): Promise<string | undefined> {
    // Not earlier: a body with a reader is not given up with the response, should nobody ever read it.
    this.#reader ??= this.#response.body?.getReader();
    this.#waitingSince = performance.now();
    // Timers run with 32 bits: a longer one would fire at once.
    if (patience > 0 && patience < 2 ** 31) this.#timer ??= this.#watch(patience, patience);
    let bytes: Uint8Array | undefined;
    try {
      bytes = (await this.#reader?.read())?.value;
      if (this.#isDead) throw new Error(`nothing came for ${patience} ms`);
    } catch (error) {
      throw this.#context.readFailure(error);
    } finally {
      this.#waitingSince = undefined;
    }
    return bytes && this.#decoded(bytes);
  }

  #decoded(bytes: Uint8Array): string {
    try {
      return this.#decoder.decode(bytes, { stream: true });
    } catch {
      throw this.#context.undecodable("is not text in the encoding it names");
    }
  }

  /** Gives up when nothing comes in time. One timer serves many pieces: a service may send them one by one. */
  #watch(patience: number, delay: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.#timer = undefined;
      if (this.#waitingSince === undefined) return;
      const left = patience - (performance.now() - this.#waitingSince);
      if (left > 0) {
        this.#timer = this.#watch(patience, left);
      } else {
        this.#isDead = true;
        void this.close();
      }
    }, delay);
  }

  /** Closes the connection; what is being read comes to its end. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#onClose();
    await (this.#reader ?? this.#response.body)?.cancel().catch(() => undefined);
  }
}
