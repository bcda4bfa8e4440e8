import type { DecodeContext } from "./call.js";
import { mediaTypeOf } from "./media-type.js";

/** How much text of one event is kept, in UTF-16 code units: about 8 MiB of bytes. */
const EVENT_LIMIT = 8 * 1024 * 1024;

/** An event of a stream (WHATWG, "Server-sent events"). */
export interface ServerSentEvent<Data = string> {
  /** The event's type; `message` if the stream names none. */
  readonly event: string;
  readonly data: Data;
  /** The id of the last event that had one; empty if none had. */
  readonly id: string;
}

/**
 * Decodes a body of type `text/event-stream`. The call's timeout ends with the head of the response;
 * its signal ends the stream.
 */
export function eventStream(response: Response, context: DecodeContext): EventStream {
  const mediaType = mediaTypeOf(response);
  if (mediaType !== "text/event-stream") {
    throw context.undecodable(`is ${JSON.stringify(mediaType)}`);
  }
  return new EventStream(response, context);
}

/**
 * The events of a response, to be read once, with `for await`. Leaving the loop cancels the body, and
 * so does {@link cancel}. A stream that breaks off rejects with a `ConnectionError`; it is not opened again.
 *
 * @typeParam Event the events that the document describes, told apart by `event`. It is taken at its
 * word: nothing is checked.
 */
export class EventStream<Event extends object = ServerSentEvent> implements AsyncIterable<
  Event & ServerSentEvent
> {
  readonly #response: Response;
  readonly #context: DecodeContext;
  readonly #end: () => void;
  readonly #parser = new EventParser();
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #isRead = false;
  #isCancelled = false;

  constructor(response: Response, context: DecodeContext) {
    this.#response = response;
    this.#context = context;
    this.#end = context.keepOpen();
  }

  /** The id from which a new connection would go on (`Last-Event-ID`); empty if none was sent. */
  get lastEventId(): string {
    return this.#parser.lastEventId;
  }

  /** How long the service asks to wait before connecting again, in milliseconds. */
  get retry(): number | undefined {
    return this.#parser.retry;
  }

  /** Ends the stream, and with it the loop that reads it, wherever that is. */
  async cancel(): Promise<void> {
    this.#isCancelled = true;
    this.#end();
    await (this.#reader ?? this.#response.body)?.cancel().catch(() => undefined);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event & ServerSentEvent, void, undefined> {
    if (this.#isRead) throw this.#context.undecodable("is a stream, which can be read only once");
    this.#isRead = true;
    // Not fatal, and without the byte order mark, as the standard says.
    const decoder = new TextDecoder();
    this.#reader = this.#response.body?.getReader();
    try {
      while (this.#reader !== undefined) {
        const { done, value } = await this.#reader.read().catch((error: unknown) => {
          throw this.#context.readFailure(error);
        });
        if (done) break;
        for (const event of this.#parser.push(decoder.decode(value, { stream: true }))) {
          if (this.#isCancelled) return;
          yield event as Event & ServerSentEvent;
        }
        if (this.#parser.size > EVENT_LIMIT) {
          throw this.#context.undecodable(`has an event of more than ${EVENT_LIMIT} characters`);
        }
      }
    } finally {
      await this.cancel();
    }
  }
}

/** Interprets an event stream (WHATWG, "Server-sent events", section 9.2.6). */
class EventParser {
  lastEventId = "";
  retry: number | undefined;
  #event = "";
  #data = "";
  #line = "";
  #isAfterReturn = false;

  /** How much of the event that is being read is kept. */
  get size(): number {
    return this.#line.length + this.#data.length;
  }

  /**
   * Takes the next piece of the stream, cut anywhere, and gives the events that it completes. Each
   * piece is looked at once: the time is linear, however small the pieces are.
   */
  push(text: string): ServerSentEvent[] {
    if (text === "") return [];
    // A line feed after a carriage return is the same line's end, even when they come apart.
    const piece = this.#isAfterReturn && text.startsWith("\n") ? text.slice(1) : text;
    this.#isAfterReturn = text.endsWith("\r");
    const lines = piece.split(/\r\n|\r|\n/);
    const rest = lines.pop() ?? "";
    const events: ServerSentEvent[] = [];
    for (const line of lines) {
      const event = this.#takeLine(this.#line + line);
      this.#line = "";
      if (event !== undefined) events.push(event);
    }
    this.#line += rest;
    return events;
  }

  #takeLine(line: string): ServerSentEvent | undefined {
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "event") this.#event = value;
    else if (name === "data") this.#data += `${value}\n`;
    else if (name === "id" && !value.includes("\0")) this.lastEventId = value;
    else if (name === "retry" && /^\d+$/.test(value)) this.retry = Number(value);
    return undefined;
  }

  #dispatch(): ServerSentEvent | undefined {
    const data = this.#data;
    const event = this.#event === "" ? "message" : this.#event;
    this.#data = this.#event = "";
    return data === "" ? undefined : { event, data: data.slice(0, -1), id: this.lastEventId };
  }
}
