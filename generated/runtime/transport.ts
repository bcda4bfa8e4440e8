import { ApiPromise } from "./api-promise.js";
import { resolveTarget, type Target } from "./base-url.js";
import type { Call } from "./call.js";
import { Deadline } from "./deadline.js";
import {
  ClientError,
  ConfigurationError,
  MissingCredentialsError,
  TimeoutError,
  type Operation,
} from "./errors.js";
import { Exchange, readFailure } from "./exchange.js";
import type { CallOptions, ClientOptions, Fetch } from "./options.js";
import { sendOwnRedirects } from "./redirects.js";
import { requestHead } from "./request.js";
import { authorize, isOptional, present, type Presented } from "./security.js";
import type { Service } from "./service.js";
import type { Refuse } from "./url.js";

/** How long a call may take unless the options say otherwise, in milliseconds. */
const DEFAULT_TIMEOUT = 30_000;

/** Sends the calls of a service. One is shared by all classes of a client. */
export class Transport {
  readonly #service: Service;
  readonly #options: ClientOptions;

  constructor(service: Service, options: ClientOptions = {}) {
    this.#service = service;
    this.#options = options;
  }

  /** Starts a call. Whatever is wrong with it, the promise tells. */
  request<Responses>(call: Call, options: CallOptions = {}): ApiPromise<Responses> {
    return new ApiPromise(this.#exchange(call, options));
  }

  /**
   * The URL of an operation that is for a browser to visit.
   *
   * @throws {@link ConfigurationError} for options or parameters that make no URL.
   */
  url(call: Call): URL {
    const refuse = refusalOf(this.#operation(call));
    const server = resolveTarget(this.#service, call.server, this.#options, {}, refuse).url;
    return new URL(requestHead(call, { server, refuse }).url);
  }

  async #exchange(call: Call, options: CallOptions): Promise<Exchange> {
    const operation = this.#operation(call);
    const timeout = options.timeout ?? this.#options.timeout ?? DEFAULT_TIMEOUT;
    const deadline = new Deadline(
      options.signal,
      timeout,
      () => new TimeoutError(operation, timeout),
    );
    try {
      deadline.signal.throwIfAborted();
      const response = await deadline.race(
        this.#attempt(call, options, operation, deadline.signal),
      );
      return new Exchange(call, operation, response, deadline);
    } catch (error) {
      deadline.end();
      throw error;
    }
  }

  /** Builds the request from the ground and sends it: no attempt leaves anything to the next. */
  async #attempt(
    call: Call,
    options: CallOptions,
    operation: Operation,
    signal: AbortSignal,
  ): Promise<Response> {
    const refuse = refusalOf(operation);
    const target = resolveTarget(this.#service, call.server, this.#options, options, refuse);
    const credentials = await this.#credentials(call, options, target, operation, refuse);
    const { url, headers } = requestHead(call, {
      server: target.url,
      credentials,
      // They may well be secret: the document's other origins don't get them.
      defaults: target.refusal === undefined ? this.#options.headers : undefined,
      overrides: options.headers,
      refuse,
    });
    const init = requestInit(call, headers, signal, refuse);
    const send = checkedFetch(this.#options.fetch ?? globalThis.fetch, refuse);
    signal.throwIfAborted();
    // Only a request that has nothing to lose may be taken to wherever the service says.
    const isPublic = credentials.length === 0 && countOf(headers) === 1 && isSafe(call);
    try {
      return isPublic
        ? await send(url, { ...init, redirect: "follow" })
        : await sendOwnRedirects(send, url, { ...init, redirect: "manual" }, operation);
    } catch (error) {
      throw error instanceof ClientError ? error : readFailure(operation, signal, error);
    }
  }

  async #credentials(
    { security }: Call,
    options: CallOptions,
    { refusal }: Target,
    operation: Operation,
    refuse: Refuse,
  ): Promise<readonly Presented[]> {
    if (refusal !== undefined) {
      if (isOptional(security)) return [];
      throw refuse(refusal);
    }
    const auths = [options.auth, this.#options.auth];
    const granted = await authorize(security, this.#service, auths);
    if (granted === undefined) throw new MissingCredentialsError(operation, security);
    return granted.flatMap((credential) => present(credential, refuse));
  }

  #operation({ operationId, method, path }: Call): Operation {
    return { service: this.#service.name, operationId, method, path };
  }
}

function requestInit(
  call: Call,
  headers: Headers,
  signal: AbortSignal,
  refuse: Refuse,
): RequestInit {
  const { method, body } = call;
  const init: RequestInit & { duplex?: "half" } = { method, headers, signal };
  if (body === undefined) return init;
  if (isSafe(call)) throw refuse(`${method} cannot have a body`);
  try {
    init.body = body.encode() ?? null;
  } catch (error) {
    throw error instanceof ClientError
      ? error
      : refuse(`its body cannot be encoded as ${body.contentType ?? "multipart/form-data"}`);
  }
  if (body.once === true) init.duplex = "half";
  return init;
}

/** A `fetch` that refuses what cannot be decoded: what a stub, or a library of another kind, gives. */
function checkedFetch(fetch: Fetch | undefined, refuse: Refuse): Fetch {
  if (typeof fetch !== "function") throw refuse("there is no `fetch` here: pass one to the client");
  return async (url, init) => {
    const response = await fetch(url, init);
    if (!isResponse(response)) throw refuse("`fetch` gave something that is no Response");
    return response;
  };
}

/** Tells a response by what is used of it: a library's own `fetch` may well have a class of its own. */
function isResponse(value: Partial<Response> | undefined): boolean {
  const { status, headers, body } = value ?? {};
  const hasBody = body === null || typeof body?.getReader === "function";
  return hasBody && typeof status === "number" && typeof headers?.get === "function";
}

/** Methods that `fetch` sends without a body; of them, redirects can be followed. */
function isSafe({ method }: Call): boolean {
  return method === "GET" || method === "HEAD";
}

function refusalOf(operation: Operation): Refuse {
  return (problem) => new ConfigurationError(operation, problem);
}

/** How many headers there are. Projects without the library "DOM.Iterable" cannot iterate over them. */
function countOf(headers: Headers): number {
  let count = 0;
  headers.forEach(() => (count += 1));
  return count;
}
