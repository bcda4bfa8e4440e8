import type { Call, DecodeContext } from "./call.js";
import type { Deadline } from "./deadline.js";
import { decodeFailure, decodeSuccess } from "./decode.js";
import { ApiError, ConnectionError, DecodeError, type Operation } from "./errors.js";

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

/** An answer whose head is there and whose body is still to be read. */
export class Exchange {
  readonly #call: Call;
  readonly #operation: Operation;
  readonly #response: Response;
  readonly #deadline: Deadline;

  constructor(call: Call, operation: Operation, response: Response, deadline: Deadline) {
    this.#call = call;
    this.#operation = operation;
    this.#response = response;
    this.#deadline = deadline;
    // The time does not run while the caller does something else.
    deadline.pause();
  }

  /** Gives the response away, body unread. */
  handOver(): Response {
    const { body } = this.#response;
    if (body === null) this.#deadline.end();
    else this.#deadline.handOver(body);
    return this.#response;
  }

  /** Reads and decodes the body; to be called once. */
  async decode(): Promise<Outcome> {
    const response = this.#response;
    const { status, headers } = response;
    const body = { isKeptOpen: false };
    const context: DecodeContext = {
      signal: this.#deadline.signal,
      undecodable: (problem, text) => new DecodeError(this.#operation, response, problem, text),
      readFailure: (error) => readFailure(this.#operation, this.#deadline.signal, error),
      keepOpen: () => {
        body.isKeptOpen = true;
        this.#deadline.pause();
        return () => {
          this.#deadline.end();
        };
      },
    };
    this.#deadline.resume();
    try {
      if (status >= 200 && status < 300) {
        const data = await this.#deadline.race(decodeSuccess(response, this.#call, context));
        return { ok: true, status, data, headers, response };
      }
      const decoded = await this.#deadline.race(decodeFailure(response, this.#call, context));
      const error = new ApiError(this.#operation, response, decoded);
      return { ok: false, status, error, headers, response };
    } catch (error) {
      // Nobody will read the rest.
      response.body?.cancel().catch(() => undefined);
      throw error;
    } finally {
      if (!body.isKeptOpen) this.#deadline.end();
    }
  }
}

/** What a failure of the platform's `fetch` or of reading a body is for the caller. */
export function readFailure(operation: Operation, signal: AbortSignal, error: unknown): unknown {
  return signal.aborted ? signal.reason : new ConnectionError(operation, error);
}
