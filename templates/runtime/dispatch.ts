import { resolveTarget, type Target } from "./base-url.js";
import type { Call, DecodeContext } from "./call.js";
import { deadlineOf, wait } from "./deadline.js";
import { decode, isSuccess } from "./decode.js";
import {
  ApiError,
  ClientError,
  ConnectionError,
  DecodeError,
  MissingCredentialsError,
  TimeoutError,
} from "./errors.js";
import type { Exchange, Outcome } from "./exchange.js";
import type { MiddlewareContext } from "./middleware.js";
import type { CallOptions, ClientOptions } from "./options.js";
import { operationOf, refusalOf } from "./refuse.js";
import { encodeBody, requestHead } from "./request.js";
import { delayBefore } from "./retry.js";
import { authorize, type Presented } from "./security.js";
import { checked, discard, sendRequest } from "./send.js";
import type { Service } from "./service.js";

/** How long a call may take unless the options say otherwise, in milliseconds. */
const DEFAULT_TIMEOUT = 30_000;

/**
 * Sends a call, as often as its options allow, until there is the head of the answer with which it
 * ends. The functions inside share what the call is about; they stand in the order in which they run.
 *
 * @throws whatever ends the call: a `ClientError`, the reason of the caller's signal, or what a
 *   function of the caller's threw.
 */
export function dispatch(
  service: Service,
  client: ClientOptions,
  call: Call,
  options: CallOptions,
): Promise<Exchange> {
  const operation = operationOf(service, call);
  const refuse = refusalOf(operation);
  const tooLate = (timeout: number, what?: string) => () =>
    new TimeoutError(operation, timeout, what);
  const timeout = options.timeout ?? client.timeout ?? DEFAULT_TIMEOUT;
  const attemptTimeout = options.attemptTimeout ?? client.attemptTimeout ?? 0;
  const deadline = deadlineOf(options.signal, timeout, tooLate(timeout));
  const { signal } = deadline;
  let attempts = 0;
  return respond();

  async function respond(): Promise<Exchange> {
    try {
      deadline.resume();
      for (;;) {
        signal.throwIfAborted();
        attempts += 1;
        let response: Response | undefined;
        let failure: unknown;
        try {
          response = await (attemptTimeout > 0 ? timed() : deadline.race(authorized(signal)));
        } catch (error) {
          failure = error;
        }
        const delay = untilNext(failure, response);
        if (delay === undefined) {
          if (response === undefined) throw failure;
          return exchange(response);
        }
        discard(response);
        await wait(delay, signal);
      }
    } catch (error) {
      deadline.end();
      throw error;
    }
  }

  /** One attempt, in its own time. */
  async function timed(): Promise<Response> {
    const own = deadlineOf(signal, attemptTimeout, tooLate(attemptTimeout, " for an attempt"));
    own.resume();
    try {
      const response = await own.race(authorized(own.signal));
      own.pause(response.body);
      return response;
    } catch (error) {
      own.end();
      throw error;
    }
  }

  /** Sends the request with credentials; once more if they are rejected and there are others now. */
  async function authorized(limit: AbortSignal): Promise<Response> {
    const { security, body } = call;
    const target = resolveTarget(service, call.server, client, options, refuse);
    const auths = target.refusal === undefined ? [options.auth, client.auth] : [];
    const ask = (rejected: readonly Presented[]): Promise<readonly Presented[] | undefined> =>
      authorize(security, service, auths, { signal: limit, rejected, refuse });
    const credentials = await ask([]);
    if (credentials === undefined) {
      throw target.refusal === undefined
        ? new MissingCredentialsError(operation, security)
        : refuse(target.refusal);
    }
    const response = await send(target, credentials, limit);
    if (response.status !== 401 || body?.once) return response;
    const renewed = (await ask(credentials)) ?? [];
    if (renewed.every(({ value }, index) => value === credentials[index]?.value)) return response;
    discard(response);
    return send(target, renewed, limit);
  }

  /** Builds the request from the ground and sends it: no attempt leaves anything to the next. */
  function send(
    target: Target,
    credentials: readonly Presented[],
    limit: AbortSignal,
  ): Promise<Response> {
    const { url, headers } = requestHead(call, {
      server: target.url,
      credentials,
      // They may well be secret: the document's other origins don't get them.
      defaults: target.refusal === undefined ? client.headers : undefined,
      overrides: options.headers,
      refuse,
    });
    const request = { method: call.method, url, headers, body: encodeBody(call, refuse) };
    const context: MiddlewareContext = {
      operation,
      call,
      attempt: attempts,
      request,
      signal: limit,
    };
    const chain = [...(client.middleware ?? []), ...(options.middleware ?? [])];
    const first = chain.reduceRight<() => Promise<Response>>(
      (next, middleware) => async () => {
        const answer = middleware(context, () => {
          const inner = next();
          // A middleware that does not wait for it gives an answer of its own.
          inner.catch(() => undefined);
          return inner;
        });
        return checked(await answer, refuse);
      },
      () => sendRequest(context, client.fetch, credentials.length > 0, refuse),
    );
    limit.throwIfAborted();
    return first();
  }

  /** How long to wait for the next attempt, in milliseconds; undefined if there is to be none. */
  function untilNext(error: unknown, response?: Response): number | undefined {
    return delayBefore(call, [client.retry, options.retry], {
      operation,
      attempt: attempts,
      left: () => (signal.aborted ? 0 : deadline.left()),
      error,
      response,
    });
  }

  function exchange(response: Response): Exchange {
    const { status, headers, body } = response;
    let isKeptOpen = false as boolean;
    const context: DecodeContext = {
      call,
      signal,
      limit: options.bodyLimit ?? client.bodyLimit,
      undecodable: (problem, text) => new DecodeError(operation, response, problem, text),
      readFailure: (error): unknown =>
        signal.aborted ? signal.reason : new ConnectionError(operation, error),
      again: (more, own = options.signal) => {
        const headers = { ...options.headers, ...more };
        return dispatch(service, client, call, { ...options, headers, signal: own });
      },
      keepOpen: () => {
        isKeptOpen = true;
        deadline.pause(body ?? response);
        return deadline.end;
      },
    };
    const pause = (): void => {
      deadline.pause(body);
    };
    return { response, context, pause, decode: answer };

    async function answer(): Promise<Outcome> {
      if (response.bodyUsed || body?.locked === true) {
        const problem = `answered ${status}, but its body was given away by asResponse() and read`;
        throw new ClientError(operation, problem);
      }
      deadline.resume();
      try {
        const value = await deadline.race(decode(response, context));
        const common = { status, headers, response };
        return isSuccess(response)
          ? { ok: true, data: value, ...common }
          : { ok: false, error: new ApiError(operation, response, value), ...common };
      } catch (error) {
        // Nobody will read the rest.
        discard(response);
        const delay = untilNext(error);
        if (delay === undefined) throw error;
        await wait(delay, signal);
        const next = await respond();
        return await next.decode();
      } finally {
        if (!isKeptOpen) deadline.end();
      }
    }
  }
}
