import { ApiPromise } from "./api-promise.js";
import type { Call } from "./call.js";
import { dispatch } from "./dispatch.js";
import type { Exchange } from "./exchange.js";
import type { CallOptions, ClientOptions } from "./options.js";
import type { Service } from "./service.js";

/** Sends the calls of a service. One is shared by all classes of a client. */
export class Transport {
  readonly service: Service;
  readonly options: ClientOptions;

  constructor(service: Service, options: ClientOptions = {}) {
    this.service = service;
    this.options = options;
  }

  /** Starts a call. Whatever is wrong with it, the promise tells. */
  request<Responses>(call: Call, options?: CallOptions): ApiPromise<Responses> {
    return new ApiPromise(this.exchange(call, options));
  }

  /** Starts a call, for promises that are more than an `ApiPromise`. */
  exchange(call: Call, options: CallOptions = {}): Promise<Exchange> {
    return dispatch(this.service, this.options, call, options);
  }
}
