import type { DecodeContext, Decoder } from "./call.js";
import { wait } from "./deadline.js";
import { isSuccess } from "./decode.js";
import type { ClientError } from "./errors.js";
import { EventParser, type ServerSentEvent } from "./event-parser.js";
import { mediaTypeOf } from "./media-type.js";
import type { HeaderValues } from "./options.js";
import { Reconnection, type ReconnectOptions } from "./reconnection.js";
import { TextConnection } from "./text-connection.js";

/** How much text of one event is kept, in UTF-16 code units: about 8 MiB of bytes. */
const EVENT_LIMIT = 8 * 1024 * 1024;

/**
 * How long a connection may be silent, in milliseconds: time for six of the comments that services are
 * advised to send as signs of life (WHATWG HTML, section 9.2.7).
 */
const DEFAULT_HEARTBEAT = 90_000;

/** What a document says about the events of a stream. */
export interface EventStreamFormat {
  /** The types of the events whose data is JSON. All others' is text. */
  readonly json?: readonly string[] | "all" | undefined;
  /** What parses it. Default `JSON.parse`. */
  readonly parse?: EventDataParser | undefined;
}

/**
 * Parses the data of an event. What it throws ends the stream, or skips the event; `refuse` makes an error
 * for text that is JSON, but not what the document says.
 */
export type EventDataParser = (text: string, refuse: (problem: string) => Error) => unknown;

/** How the events of a stream are read. */
export interface EventStreamOptions {
  /**
   * Whether and how the stream is opened again when it ends or breaks off. Default: it is, if the call is
   * a `GET`; a stream that answers another request ends with it.
   */
  readonly reconnect?: boolean | ReconnectOptions | undefined;
  /**
   * How long a connection may bring nothing at all, not even a comment, before it is taken for dead, in
   * milliseconds. Default 90,000; `0` means no limit, for services that are silent when nothing happens.
   */
  readonly heartbeat?: number | undefined;
  /**
   * Called with the `DecodeError` of an event that should be JSON and is not; the event is then skipped.
   * Default: the error ends the stream.
   */
  readonly onDecodeError?: ((error: ClientError) => void) | undefined;
}

/**
 * Makes the decoding of a body of type `text/event-stream`. The call's timeout ends with the head of the
 * response; its signal ends the stream.
 */
export function eventStream(format: EventStreamFormat = {}): Decoder {
  const open: Decoder = (response, context) => new EventStream(response, context, format);
  // A service that has nothing to tell answers 204 (WHATWG HTML, section 9.2.1).
  return Object.assign(open.bind(undefined), { ofNothing: open });
}

/**
 * The events of a response, to be read once: with `for await`, or with {@link events} for those who want
 * to say how. Nothing is read ahead of the loop but what comes in one piece. An event may be as long as
 * the option `bodyLimit` says, by default 8 MiB.
 *
 * The stream of a `GET` that ends or breaks off is opened again and goes on after its last event
 * (`Last-Event-ID`). It ends for good when the service answers 204, which is how it says so, or rejects with
 * - an `ApiError` if the service refuses it with a status that waiting does not change;
 * - a `DecodeError` if the service sends something else than such a stream;
 * - the reason of the call's signal.
 *
 * Leaving the loop closes the connection, and so does {@link cancel}.
 *
 * @typeParam Event - the events that the document describes, told apart by `event`. It is taken at its
 * word: nothing is checked, and events that it does not mention come too, with text as their data.
 */
export class EventStream<Event extends object = ServerSentEvent> implements AsyncIterable<
  Event & ServerSentEvent<unknown>
> {
  readonly #context: DecodeContext;
  readonly #format: EventStreamFormat;
  readonly #parser = new EventParser();
  /** Ends all that is under way but the first connection, which the call's signal ends by itself. */
  readonly #stop = new AbortController();
  readonly #letGo: () => void;
  /** Undefined while there is none. */
  #connection: TextConnection | undefined;
  #isRead = false;
  #isCancelled = false;

  /** Streams are made by {@link eventStream}. */
  constructor(response: Response, context: DecodeContext, format: EventStreamFormat) {
    const isOver = [204, 205].includes(response.status);
    this.#connection = isOver ? undefined : connectionOf(response, context);
    this.#context = context;
    this.#format = format;
    // Until the stream ends, not its first connection: it is this context that the call's signal aborts.
    this.#letGo = context.keepOpen();
    abortWith(this.#stop, context.signal);
    if (isOver) void this.cancel();
  }

  /** The id after which a new connection goes on (`Last-Event-ID`); empty if none was sent. */
  get lastEventId(): string {
    return this.#parser.lastEventId;
  }

  /** How long the service asks to wait before connecting again, in milliseconds. */
  get retry(): number | undefined {
    return this.#parser.retry;
  }

  [Symbol.asyncIterator](): AsyncGenerator<Event & ServerSentEvent<unknown>, void, undefined> {
    return this.events();
  }

  /** The events, read as the options say. */
  async *events(
    options: EventStreamOptions = {},
  ): AsyncGenerator<Event & ServerSentEvent<unknown>, void, undefined> {
    if (this.#isRead) throw this.#context.undecodable("is a stream, which can be read only once");
    this.#isRead = true;
    const reconnection = this.#reconnection(options);
    const limit = this.#context.limit ?? EVENT_LIMIT;
    try {
      for (;;) {
        const text = await this.#read(reconnection, options.heartbeat ?? DEFAULT_HEARTBEAT);
        if (text === undefined) return;
        for (const event of this.#parser.push(text)) {
          reconnection.succeeded();
          const decoded = this.#decode(event, options);
          if (decoded !== undefined) yield decoded as Event & ServerSentEvent<unknown>;
          if (this.#isCancelled) return;
        }
        if (this.#parser.size > limit) {
          throw this.#context.undecodable(`has an event of more than ${limit} characters`);
        }
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
    const closed = this.#connection?.close();
    this.#stop.abort();
    this.#letGo();
    await closed;
  }

  #reconnection({ reconnect }: EventStreamOptions): Reconnection {
    if (typeof reconnect === "object") return new Reconnection(reconnect);
    const isOn = reconnect ?? this.#context.call.method === "GET";
    return new Reconnection(isOn ? {} : { limit: 0 });
  }

  /** The next piece of text, of whichever connection; undefined once the stream has ended for good. */
  async #read(reconnection: Reconnection, heartbeat: number): Promise<string | undefined> {
    const { signal } = this.#stop;
    for (;;) {
      let failure: unknown;
      try {
        this.#connection ??= await this.#connect(reconnection);
        if (this.#connection === undefined) return undefined;
        const text = await this.#connection.read(heartbeat);
        if (text !== undefined) return text;
      } catch (error) {
        failure = error;
      }
      signal.throwIfAborted();
      const delay = reconnection.next(failure, this.#parser.retry);
      if (delay === undefined && failure !== undefined) throw failure as Error;
      if (delay === undefined) return undefined;
      void this.#connection?.close();
      this.#connection = undefined;
      await wait(delay, signal);
    }
  }

  /** Opens the stream again; undefined if the service says that there is no more of it. */
  async #connect(reconnection: Reconnection): Promise<TextConnection | undefined> {
    const { lastEventId } = this.#parser;
    const headers: HeaderValues = lastEventId === "" ? {} : { "Last-Event-ID": utf8(lastEventId) };
    const exchange = await this.#context.again(headers, this.#stop.signal);
    const { response, context } = exchange;
    // The standard has the client stop then (WHATWG HTML, section 9.2.1).
    if (response.status === 204) {
      exchange.pause();
      return undefined;
    }
    if (!isSuccess(response)) {
      const outcome = await exchange.decode();
      if ("error" in outcome) throw outcome.error;
    }
    const connection = connectionOf(response, context, context.keepOpen());
    this.#parser.restart();
    reconnection.opened(lastEventId);
    return connection;
  }

  #decode(event: ServerSentEvent, { onDecodeError }: EventStreamOptions): object | undefined {
    const { json, parse = parseJson } = this.#format;
    if (json !== "all" && !json?.includes(event.event)) return event;
    // What JSON.parse throws quotes the text.
    let problem = "is not JSON";
    try {
      const refuse = (reason: string): Error => new TypeError((problem = reason));
      return { ...event, data: parse(event.data, refuse) };
    } catch {
      // A name that the document does not have can be anything, what was sent included.
      const name = json === "all" ? "" : ` ${JSON.stringify(event.event)}`;
      const error = this.#context.undecodable(`has an event${name} that ${problem}`, event.data);
      if (onDecodeError === undefined) throw error;
      onDecodeError(error);
      return undefined;
    }
  }
}

/** Throws a `DecodeError` for a response of another type. */
function connectionOf(
  response: Response,
  context: DecodeContext,
  onClose?: () => void,
): TextConnection {
  const mediaType = mediaTypeOf(response);
  if (mediaType !== "text/event-stream") {
    throw context.undecodable(`is ${JSON.stringify(mediaType)}`);
  }
  // Not fatal, and without the byte order mark, as the standard says (WHATWG HTML, section 9.2.5).
  return new TextConnection(response, context, new TextDecoder(), onClose);
}

const parseJson: EventDataParser = (text) => JSON.parse(text) as unknown;

/** Outside of the stream, which a platform's `fetch` would keep from the garbage collector by that signal. */
function abortWith(controller: AbortController, signal: AbortSignal): void {
  signal.addEventListener("abort", () => {
    controller.abort(signal.reason);
  });
}

/** Headers are strings of bytes; the standard has the id in UTF-8 (WHATWG HTML, section 9.2.3). */
function utf8(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}
