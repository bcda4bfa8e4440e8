import { ApiPromise } from "./api-promise.js";
import { resolveTarget } from "./base-url.js";
import type { Call } from "./call.js";
import { Dispatch, operationOf, refusalOf } from "./dispatch.js";
import type { Exchange } from "./exchange.js";
import type { CallOptions, ClientOptions } from "./options.js";
import { requestHead } from "./request.js";
import type { Service } from "./service.js";

/** Sends the calls of a service. One is shared by all classes of a client. */
export class Transport {
  readonly #service: Service;
  readonly #options: ClientOptions;

  constructor(service: Service, options: ClientOptions = {}) {
    this.#service = service;
    this.#options = options;
  }

  /** Starts a call. Whatever is wrong with it, the promise tells. */
  request<Responses>(call: Call, options?: CallOptions): ApiPromise<Responses> {
    return new ApiPromise(this.exchange(call, options));
  }

  /** Starts a call, for promises that are more than an `ApiPromise`. */
  exchange(call: Call, options: CallOptions = {}): Promise<Exchange> {
    return new Dispatch(this.#service, this.#options, call, options).exchange();
  }

  /**
   * The URL of an operation that is for a browser to visit.
   *
   * @throws {@link ConfigurationError} for options or parameters that make no URL.
   */
  url(call: Call): URL {
    const refuse = refusalOf(operationOf(this.#service, call));
    const server = resolveTarget(this.#service, call.server, this.#options, {}, refuse).url;
    return new URL(requestHead(call, { server, refuse }).url);
  }
}
