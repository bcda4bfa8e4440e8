import type { DecodeContext, Decoder } from "./call.js";
import { race } from "./deadline.js";
import type { ClientError } from "./errors.js";
import {
  isJsonSeq,
  isJsonSequence,
  isTruncated,
  JsonRecords,
  RECORD_SEPARATOR,
} from "./json-records.js";
import { mediaTypeOf } from "./media-type.js";
import { charsetOf } from "./read-body.js";
import { TextConnection, type Decoding } from "./text-connection.js";

/** How long the text of one item may be, in UTF-16 code units: about 8 MiB of bytes. */
const ITEM_LIMIT = 8 * 1024 * 1024;

/** What a document says about the items of a stream. */
export interface JsonStreamFormat {
  /** What parses an item. Default `JSON.parse`. */
  readonly parse?: ItemParser | undefined;
}

/**
 * Parses the text of an item. What it throws ends the stream, or skips the item; `refuse` makes an error
 * for text that is JSON, but not what the document says.
 */
export type ItemParser = (text: string, refuse: (problem: string) => Error) => unknown;

/** How the items of a stream are read. */
export interface JsonStreamOptions {
  /**
   * How long nothing at all may come before the connection is taken for dead, in milliseconds. Default
   * `0`, no limit: many services are silent when nothing happens.
   */
  readonly heartbeat?: number | undefined;
  /**
   * Called with the `DecodeError` of an item that is not JSON, or is cut off; the item is then skipped.
   * Default: the error ends the stream.
   */
  readonly onDecodeError?: ((error: ClientError) => void) | undefined;
}

/**
 * Makes the decoding of a body that is a sequence of JSON values: lines of JSON (`application/jsonl`,
 * `application/x-ndjson`), or a JSON text sequence (RFC 7464, `application/json-seq`). The call's timeout
 * ends with the head of the response; its signal ends the stream.
 */
export function jsonStream(format: JsonStreamFormat = {}): Decoder {
  const open: Decoder = (response, context) => new JsonStream(response, context, format);
  return Object.assign(open.bind(undefined), { ofNothing: open });
}

/**
 * The items of a response, to be read once: with `for await`, or with {@link items} for those who want to
 * say how. Nothing is read ahead of the loop but what comes in one piece. An item may be as long as the
 * option `bodyLimit` says, by default 8 MiB.
 *
 * The loop ends with the body. It rejects with
 * - a `ConnectionError` if the body breaks off;
 * - a `DecodeError` if an item is not JSON, is too long, or is cut off;
 * - the reason of the call's signal.
 *
 * Leaving the loop closes the connection, and so does {@link cancel}. A stream is not asked for again:
 * nothing tells where it would go on.
 *
 * @typeParam Item - what the document says an item is. It is taken at its word: nothing is checked.
 */
export class JsonStream<Item = unknown> implements AsyncIterable<Item> {
  readonly #context: DecodeContext;
  readonly #parse: ItemParser;
  readonly #isSeq: boolean;
  readonly #connection: TextConnection;
  readonly #letGo: () => void;
  #isRead = false;
  #isCancelled = false;

  /** Streams are made by {@link jsonStream}. */
  constructor(response: Response, context: DecodeContext, { parse = parseJson }: JsonStreamFormat) {
    const mediaType = mediaTypeOf(response);
    const isOver = [204, 205].includes(response.status);
    if (!isOver && !isJsonSequence(mediaType)) {
      throw context.undecodable(`is ${JSON.stringify(mediaType)}`);
    }
    this.#context = context;
    this.#parse = parse;
    this.#isSeq = isJsonSeq(mediaType);
    this.#connection = new TextConnection(response, context, decoderOf(response, context));
    this.#letGo = context.keepOpen();
    if (isOver) void this.cancel();
  }

  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    return this.items();
  }

  /** The items, read as the options say. */
  async *items(options: JsonStreamOptions = {}): AsyncGenerator<Item, void, undefined> {
    if (this.#isRead) throw this.#context.undecodable("is a stream, which can be read only once");
    this.#isRead = true;
    const limit = this.#context.limit ?? ITEM_LIMIT;
    const records = new JsonRecords(this.#isSeq ? RECORD_SEPARATOR : "\n");
    try {
      for (;;) {
        // Raced, for a `fetch` of the caller's may not obey the signal.
        const read = this.#connection.read(options.heartbeat ?? 0);
        const text = await race(read, this.#context.signal);
        for (const record of text === undefined ? this.#last(records) : records.push(text)) {
          if (record.length > limit) throw this.#tooLong(limit);
          const item = this.#decode(record, options);
          if (item !== undefined) yield item.value as Item;
          if (this.#isCancelled) return;
        }
        if (text === undefined) return;
        if (records.size > limit) throw this.#tooLong(limit);
      }
    } catch (error) {
      // Whoever cancelled the stream knows why it ends.
      if (!this.#isCancelled) throw error;
    } finally {
      await this.cancel();
    }
  }

  /** Ends the stream, and with it the loop that reads it, wherever that is. */
  async cancel(): Promise<void> {
    this.#isCancelled = true;
    this.#letGo();
    await this.#connection.close();
  }

  /** What is left at the end, unless that came of cancelling. */
  #last(records: JsonRecords): readonly string[] {
    return this.#isCancelled ? [] : records.end();
  }

  #tooLong(limit: number): ClientError {
    return this.#context.undecodable(`has an item of more than ${limit} characters`);
  }

  #decode(text: string, { onDecodeError }: JsonStreamOptions): { value: unknown } | undefined {
    // What JSON.parse throws quotes the text.
    let problem = "is not JSON";
    try {
      const refuse = (reason: string): Error => new TypeError((problem = reason));
      if (this.#isSeq && isTruncated(text)) throw refuse("is cut off");
      return { value: this.#parse(text, refuse) };
    } catch {
      const error = this.#context.undecodable(`has an item that ${problem}`, text);
      if (onDecodeError === undefined) throw error;
      onDecodeError(error);
      return undefined;
    }
  }
}

/** JSON is UTF-8 (RFC 8259, section 8.1) unless the response says otherwise; a byte order mark is left out. */
function decoderOf(response: Response, context: DecodeContext): Decoding {
  try {
    return new TextDecoder(charsetOf(response), { fatal: true });
  } catch {
    throw context.undecodable("is in an encoding that the platform does not know");
  }
}

const parseJson: ItemParser = (text) => JSON.parse(text) as unknown;
