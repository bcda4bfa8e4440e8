import type { Call } from "./call.js";
import type { Operation } from "./errors.js";

/**
 * A function around each attempt of a call. It may look at the request, change its headers and body,
 * call `next` for the answer, or give an answer of its own, and look at or replace that.
 */
export type Middleware = (
  context: MiddlewareContext,
  next: () => Promise<Response>,
) => Promise<Response>;

/** What a {@link Middleware} knows of an attempt. */
export interface MiddlewareContext {
  readonly operation: Operation;
  /** The description of the call, as the generated method gave it. */
  readonly call: Call;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly request: MiddlewareRequest;
  /** Aborted when the call ends early. */
  readonly signal: AbortSignal;
}

/** The request of one attempt, credentials included. */
export interface MiddlewareRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  body: RequestInit["body"] | undefined;
}
