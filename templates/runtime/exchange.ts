import type { DecodeContext } from "./call.js";
import type { ApiError } from "./errors.js";

/** An answer whose head is there and whose body is still to be read. */
export interface Exchange {
  /** The response, body unread. */
  readonly response: Response;
  /** For what reads the body itself. */
  readonly context: DecodeContext;
  /** Stops the time until then: nobody waits for the body. The caller may never come back. */
  readonly pause: () => void;
  /** Reads and decodes the body; to be called once. */
  readonly decode: () => Promise<Outcome>;
}

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
