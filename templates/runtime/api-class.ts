import type { ApiPromise } from "./api-promise.js";
import type { Call } from "./call.js";
import type { CallOptions, ClientOptions } from "./options.js";
import type { Service } from "./service.js";
import { Transport } from "./transport.js";

/** Starts a call and gives the promise that its method returns. */
export type View<Promised> = (
  transport: Transport,
  call: Call,
  options: CallOptions | undefined,
) => Promised;

/** The base of the generated classes: their methods describe calls, this sends them. */
export class ApiClass {
  readonly #transport: Transport;

  /** @param options - the options of a client, or the transport that its classes share. */
  constructor(service: Service, options: ClientOptions | Transport) {
    this.#transport = options instanceof Transport ? options : new Transport(service, options);
  }

  /** Starts a call. */
  protected request<Responses>(call: Call, options?: CallOptions): ApiPromise<Responses>;

  /** Starts a call whose promise can do more, such as to go through pages. */
  protected request<Promised>(
    call: Call,
    options: CallOptions | undefined,
    view: View<Promised>,
  ): Promised;

  protected request(call: Call, options?: CallOptions, view: View<unknown> = plain): unknown {
    return view(this.#transport, call, options);
  }
}

const plain: View<ApiPromise<unknown>> = (transport, call, options) =>
  transport.request(call, options);
