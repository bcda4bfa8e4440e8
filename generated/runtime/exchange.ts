import type { Call, DecodeContext } from "./call.js";
import type { Deadline } from "./deadline.js";
import { decodeFailure, decodeSuccess } from "./decode.js";
import { ApiError, ClientError, ConnectionError, DecodeError, type Operation } from "./errors.js";

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
    let isKeptOpen = false as boolean;
    const context: DecodeContext = {
      signal: this.#deadline.signal,
      undecodable: (problem, text) => new DecodeError(this.#operation, response, problem, text),
      readFailure: (error) => readFailure(this.#operation, this.#deadline.signal, error),
      keepOpen: () => {
        isKeptOpen = true;
        this.#deadline.pause(body);
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
      body?.cancel().catch(() => undefined);
      throw error;
    } finally {
      if (!isKeptOpen) this.#deadline.end();
    }
  }
}

/** What a failure of the platform's `fetch` or of reading a body is for the caller. */
export function readFailure(operation: Operation, signal: AbortSignal, error: unknown): unknown {
  return signal.aborted ? signal.reason : new ConnectionError(operation, error);
}
