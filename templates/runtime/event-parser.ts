import { TextPieces } from "./text-pieces.js";

/** An event of a stream (WHATWG HTML, section 9.2, "Server-sent events"). */
export interface ServerSentEvent<Data = string> {
  /** The event's type; `message` if the stream names none. */
  readonly event: string;
  readonly data: Data;
  /** The id of the last event that had one; empty if none had. */
  readonly id: string;
}

/**
 * Interprets event streams (WHATWG HTML, section 9.2.6): that of one connection and, after
 * {@link restart}, that of the next.
 */
export class EventParser {
  /**
   * The id of the last event that was complete, whether or not it had data: what the service has to go
   * on from. An id whose event is still on its way is not here yet, so that a break loses nothing.
   */
  lastEventId = "";
  /** The last reconnection time that the service gave, in milliseconds. */
  retry: number | undefined;
  #id = "";
  #event = "";
  readonly #data = new TextPieces();
  readonly #line = new TextPieces();
  #isAfterReturn = false;

  /** How much of the event that is being read is kept, in UTF-16 code units. */
  get size(): number {
    return this.#line.length + this.#data.length;
  }

  /** Begins with another connection. What the last one left unfinished is dropped. */
  restart(): void {
    this.#id = this.lastEventId;
    this.#event = "";
    this.#data.take();
    this.#line.take();
    this.#isAfterReturn = false;
  }

  /**
   * Takes the next piece of the stream, cut anywhere, and gives the events that it completes, one by one:
   * what follows an event has not been looked at yet. No text is looked at twice: the time is linear,
   * however small the pieces are.
   */
  *push(text: string): Generator<ServerSentEvent, void, undefined> {
    if (text === "") return;
    // A line feed after a carriage return is the same line's end, even when they come apart.
    const piece = this.#isAfterReturn && text.startsWith("\n") ? text.slice(1) : text;
    this.#isAfterReturn = text.endsWith("\r");
    const lines = piece.split(/\r\n|\r|\n/);
    const rest = lines.pop() ?? "";
    for (const line of lines) {
      const event = this.#takeLine(this.#line.length === 0 ? line : this.#line.take() + line);
      if (event !== undefined) yield event;
    }
    if (rest !== "") this.#line.add(rest);
  }

  #takeLine(line: string): ServerSentEvent | undefined {
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "event") this.#event = value;
    else if (name === "data") this.#data.add(`${value}\n`);
    else if (name === "id" && !value.includes("\0")) this.#id = value;
    else if (name === "retry" && /^\d+$/.test(value)) this.retry = Number(value);
    return undefined;
  }

  #dispatch(): ServerSentEvent | undefined {
    const data = this.#data.length === 0 ? "" : this.#data.take();
    const event = this.#event === "" ? "message" : this.#event;
    this.lastEventId = this.#id;
    this.#event = "";
    return data === "" ? undefined : { event, data: data.slice(0, -1), id: this.lastEventId };
  }
}
