import type { Call, DecodeContext } from "./call.js";
import { race, type Deadline } from "./deadline.js";
import { decodeFailure, decodeSuccess } from "./decode.js";
import { ApiError, ClientError, ConnectionError, DecodeError, type Operation } from "./errors.js";
import type { HeaderValues } from "./options.js";

/** A decoded answer; `Result` in `responses.ts` is its type for one operation. */
export type Outcome =
  | {
      readonly ok: true;
      readonly status: number;
      readonly data: unknown;
      readonly headers: Headers;
      readonly response: Response;
    }
  | {
      readonly ok: false;
      readonly status: number;
      readonly error: ApiError;
      readonly headers: Headers;
      readonly response: Response;
    };

/** What an exchange can do beside decoding its body. */
export interface ExchangeContext {
  /** How much of a body is read into memory, in bytes. */
  readonly bodyLimit: number | undefined;
  /** Sends the call again with more headers, as a call of its own. */
  readonly again: (headers: HeaderValues) => Promise<Exchange>;
  /** Sends the call again because its body broke off; rejects with the error if it may not. */
  readonly repeat: (error: unknown) => Promise<Exchange>;
}

/** An answer whose head is there and whose body is still to be read. */
export class Exchange {
  readonly #call: Call;
  readonly #operation: Operation;
  readonly #response: Response;
  readonly #deadline: Deadline;
  readonly #more: ExchangeContext;

  constructor(
    call: Call,
    operation: Operation,
    response: Response,
    deadline: Deadline,
    more: ExchangeContext,
  ) {
    this.#call = call;
    this.#operation = operation;
    this.#response = response;
    this.#deadline = deadline;
    this.#more = more;
    // The time does not run while the caller does something else, who may also never come back.
    deadline.pause(response.body);
  }

  /** Gives the response away, body unread. */
  handOver(): Response {
    return this.#response;
  }

  /** Reads and decodes the body; to be called once. */
  async decode(): Promise<Outcome> {
    const response = this.#response;
    const { status, headers, body } = response;
    if (response.bodyUsed || body?.locked === true) {
      const problem = `answered ${status}, but its body was given away by asResponse() and read`;
      throw new ClientError(this.#operation, problem);
    }
    const context = new Reading(this.#operation, response, this.#deadline, this.#more);
    const { signal } = this.#deadline;
    this.#deadline.resume();
    try {
      if (status >= 200 && status < 300) {
        const data = await race(decodeSuccess(response, this.#call, context), signal);
        return { ok: true, status, data, headers, response };
      }
      const decoded = await race(decodeFailure(response, this.#call, context), signal);
      const error = new ApiError(this.#operation, response, decoded);
      return { ok: false, status, error, headers, response };
    } catch (error) {
      // Nobody will read the rest.
      body?.cancel().catch(() => undefined);
      const next = await this.#more.repeat(error);
      return await next.decode();
    } finally {
      if (!context.isKeptOpen) this.#deadline.end();
    }
  }

  /** The response of a success, for a decoder that goes on with it. */
  async open(): Promise<{ response: Response; context: DecodeContext }> {
    const response = this.#response;
    if (response.status < 200 || response.status > 299) {
      const outcome = await this.decode();
      if (!outcome.ok) throw outcome.error;
    }
    return {
      response,
      context: new Reading(this.#operation, response, this.#deadline, this.#more),
    };
  }
}

/** What decoders can know and do. */
class Reading implements DecodeContext {
  isKeptOpen = false;
  readonly limit: number | undefined;
  readonly #operation: Operation;
  readonly #response: Response;
  readonly #deadline: Deadline;
  readonly #more: ExchangeContext;

  constructor(operation: Operation, response: Response, deadline: Deadline, more: ExchangeContext) {
    this.#operation = operation;
    this.#response = response;
    this.#deadline = deadline;
    this.#more = more;
    this.limit = more.bodyLimit;
  }

  get signal(): AbortSignal {
    return this.#deadline.signal;
  }

  undecodable(problem: string, text?: string): ClientError {
    return new DecodeError(this.#operation, this.#response, problem, text);
  }

  readFailure(error: unknown): unknown {
    return readFailure(this.#operation, this.signal, error);
  }

  async again(headers: HeaderValues): Promise<{ response: Response; context: DecodeContext }> {
    const exchange = await this.#more.again(headers);
    return exchange.open();
  }

  keepOpen(): () => void {
    this.isKeptOpen = true;
    this.#deadline.pause(this.#response.body);
    return () => {
      this.#deadline.end();
    };
  }
}

/** What a failure of the platform's `fetch` or of reading a body is for the caller. */
export function readFailure(operation: Operation, signal: AbortSignal, error: unknown): unknown {
  return signal.aborted ? signal.reason : new ConnectionError(operation, error);
}
