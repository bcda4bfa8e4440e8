import type { ApiPromise } from "./api-promise.js";
import type { Call } from "./call.js";
import type { CallOptions, ClientOptions } from "./options.js";
import type { Service } from "./service.js";
import { Transport } from "./transport.js";

/** The base of the generated classes: their methods describe calls, this sends them. */
export class ApiClass {
  readonly #transport: Transport;

  /** @param options the options of a client, or the transport that its classes share. */
  constructor(service: Service, options: ClientOptions | Transport) {
    this.#transport = options instanceof Transport ? options : new Transport(service, options);
  }

  /** Starts a call. */
  protected request<Responses>(call: Call, options?: CallOptions): ApiPromise<Responses> {
    return this.#transport.request(call, options);
  }

  /**
   * The URL of an operation that is for a browser to visit; no request is sent.
   *
   * @throws {@link ConfigurationError} for options or parameters that make no URL.
   */
  protected url(call: Call): URL {
    return this.#transport.url(call);
  }
}
