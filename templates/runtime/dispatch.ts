import { resolveTarget, type Target } from "./base-url.js";
import type { Call } from "./call.js";
import { Deadline, race, wait, within } from "./deadline.js";
import {
  ClientError,
  ConfigurationError,
  MissingCredentialsError,
  TimeoutError,
  type Operation,
} from "./errors.js";
import { Exchange, readFailure } from "./exchange.js";
import type { MiddlewareContext, MiddlewareRequest } from "./middleware.js";
import type { CallOptions, ClientOptions, Fetch } from "./options.js";
import { sendOwnRedirects } from "./redirects.js";
import { requestHead } from "./request.js";
import { Retries } from "./retry.js";
import { authorize, isOptional, present, type Granted, type Presented } from "./security.js";
import type { Service } from "./service.js";
import type { Refuse } from "./url.js";

/** How long a call may take unless the options say otherwise, in milliseconds. */
const DEFAULT_TIMEOUT = 30_000;

/** Sends one call: as often as its options allow, until the head of an answer is there. */
export class Dispatch {
  readonly #service: Service;
  readonly #client: ClientOptions;
  readonly #call: Call;
  readonly #options: CallOptions;
  readonly #operation: Operation;
  readonly #refuse: Refuse;
  readonly #deadline: Deadline;
  readonly #retries: Retries;

  constructor(service: Service, client: ClientOptions, call: Call, options: CallOptions) {
    const operation = operationOf(service, call);
    const timeout = options.timeout ?? client.timeout ?? DEFAULT_TIMEOUT;
    this.#service = service;
    this.#client = client;
    this.#call = call;
    this.#options = options;
    this.#operation = operation;
    this.#refuse = refusalOf(operation);
    this.#deadline = new Deadline(
      options.signal,
      timeout,
      () => new TimeoutError(operation, timeout),
    );
    this.#retries = new Retries(call, operation, [client.retry, options.retry]);
  }

  /**
   * Sends the call until there is the head of an answer with which it ends.
   *
   * @throws whatever ends it: a `ClientError`, the reason of the caller's signal, or what a function
   *   of the caller's threw.
   */
  async exchange(): Promise<Exchange> {
    try {
      this.#deadline.signal.throwIfAborted();
      return new Exchange(this.#call, this.#operation, await this.#respond(), this.#deadline, {
        bodyLimit: this.#options.bodyLimit ?? this.#client.bodyLimit,
        again: (headers) => {
          const options = { ...this.#options, headers: { ...this.#options.headers, ...headers } };
          return new Dispatch(this.#service, this.#client, this.#call, options).exchange();
        },
        repeat: async (error) => {
          if (await this.#pause(error)) return this.exchange();
          throw error;
        },
      });
    } catch (error) {
      this.#deadline.end();
      throw error;
    }
  }

  async #respond(): Promise<Response> {
    for (;;) {
      try {
        const response = await this.#attempt();
        if (!(await this.#pause(undefined, response))) return response;
      } catch (error) {
        if (!(await this.#pause(error))) throw error;
      }
    }
  }

  /** Waits for the next attempt, and tells whether there is to be one. */
  async #pause(error: unknown, response?: Response): Promise<boolean> {
    const { signal, left } = this.#deadline;
    const delay = signal.aborted ? undefined : this.#retries.next(left, error, response);
    if (delay === undefined) return false;
    discard(response);
    await wait(delay, signal);
    return true;
  }

  /** One attempt, in its own time. */
  async #attempt(): Promise<Response> {
    const timeout = this.#options.attemptTimeout ?? this.#client.attemptTimeout ?? 0;
    const onTimeout = (): Error => new TimeoutError(this.#operation, timeout);
    const limited = within(this.#deadline.signal, timeout, onTimeout);
    try {
      return await race(this.#authorized(limited.signal), limited.signal);
    } finally {
      limited.stop();
    }
  }

  /** Sends the request with credentials; once more if they are rejected and there are others now. */
  async #authorized(signal: AbortSignal): Promise<Response> {
    const { security, server, body } = this.#call;
    const target = resolveTarget(this.#service, server, this.#client, this.#options, this.#refuse);
    const ask = async (rejected?: readonly Granted[]): Promise<readonly Granted[] | undefined> => {
      if (target.refusal === undefined) {
        const auths = [this.#options.auth, this.#client.auth];
        return authorize(security, this.#service, auths, signal, rejected);
      }
      if (isOptional(security)) return [];
      throw this.#refuse(target.refusal);
    };
    const granted = await ask();
    if (granted === undefined) throw new MissingCredentialsError(this.#operation, security);
    const presented = this.#presented(granted);
    const response = await this.#send(target, presented, signal);
    if (response.status !== 401 || presented.length === 0 || body?.once === true) return response;
    const renewed = this.#presented((await ask(granted)) ?? []);
    if (!renewed.some(({ value }, index) => value !== presented[index]?.value)) return response;
    discard(response);
    return this.#send(target, renewed, signal);
  }

  #presented(granted: readonly Granted[]): readonly Presented[] {
    return granted.flatMap((credential) => present(credential, this.#refuse));
  }

  /** Builds the request from the ground and sends it: no attempt leaves anything to the next. */
  async #send(
    target: Target,
    credentials: readonly Presented[],
    signal: AbortSignal,
  ): Promise<Response> {
    const call = this.#call;
    const { url, headers } = requestHead(call, {
      server: target.url,
      credentials,
      // They may well be secret: the document's other origins don't get them.
      defaults: target.refusal === undefined ? this.#client.headers : undefined,
      overrides: this.#options.headers,
      refuse: this.#refuse,
    });
    const request: MiddlewareRequest = { method: call.method, url, headers, body: this.#body() };
    const context: MiddlewareContext = {
      operation: this.#operation,
      call,
      attempt: this.#retries.attempt,
      request,
      signal,
    };
    const chain = [...(this.#client.middleware ?? []), ...(this.#options.middleware ?? [])];
    signal.throwIfAborted();
    const next = (index: number): Promise<Response> => {
      const own = chain[index];
      return own === undefined
        ? this.#fetch(context, credentials.length > 0)
        : own(context, () => next(index + 1));
    };
    return this.#checked(await next(0));
  }

  async #fetch({ request, signal }: MiddlewareContext, isPrivate: boolean): Promise<Response> {
    const { method, url, headers, body } = request;
    const isSafe = method === "GET" || method === "HEAD";
    const init: RequestInit & { duplex?: "half" } = { method, headers, signal, redirect: "manual" };
    if (body !== undefined && body !== null) init.body = body;
    if (body instanceof ReadableStream) init.duplex = "half";
    const fetch = this.#client.fetch ?? globalThis.fetch;
    if (typeof fetch !== "function")
      throw this.#refuse("there is no `fetch` here: pass one to the client");
    const send: Fetch = async (to, how) => this.#checked(await fetch(to, how));
    try {
      // Only a request that has nothing to lose may be taken to wherever the service says.
      return isSafe && !isPrivate && countOf(headers) === 1
        ? await send(url, { ...init, redirect: "follow" })
        : await sendOwnRedirects(send, url, init, this.#operation);
    } catch (error) {
      throw error instanceof ClientError ? error : readFailure(this.#operation, signal, error);
    }
  }

  #body(): RequestInit["body"] | undefined {
    const { body, method } = this.#call;
    if (body === undefined) return undefined;
    if (method === "GET" || method === "HEAD") throw this.#refuse(`${method} cannot have a body`);
    try {
      return body.encode();
    } catch (error) {
      throw error instanceof ClientError
        ? error
        : this.#refuse(
            `its body cannot be encoded as ${body.contentType ?? "multipart/form-data"}`,
          );
    }
  }

  /** Refuses what cannot be decoded: what a stub, or a library of another kind, gives. */
  #checked(response: Partial<Response> | undefined): Response {
    const { status, headers, body } = response ?? {};
    const hasBody = body === null || typeof body?.getReader === "function";
    if (hasBody && typeof status === "number" && typeof headers?.get === "function") {
      return response as Response;
    }
    throw this.#refuse("`fetch` gave something that is no Response");
  }
}

export function operationOf(service: Service, { operationId, method, path }: Call): Operation {
  return { service: service.name, operationId, method, path };
}

export function refusalOf(operation: Operation): Refuse {
  return (problem) => new ConfigurationError(operation, problem);
}

/** Frees the connection of an answer that nobody will read. */
function discard(response: Response | undefined): void {
  response?.body?.cancel().catch(() => undefined);
}

/** How many headers there are. Projects without the library "DOM.Iterable" cannot iterate over them. */
function countOf(headers: Headers): number {
  let count = 0;
  headers.forEach(() => (count += 1));
  return count;
}
