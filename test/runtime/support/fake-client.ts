import { ApiClass } from "../../../templates/runtime/api-class.js";
import type { ApiPromise } from "../../../templates/runtime/api-promise.js";
import { asBlob } from "../../../templates/runtime/as-blob.js";
import { asJson } from "../../../templates/runtime/as-json.js";
import { asText } from "../../../templates/runtime/as-text.js";
import { asUrl } from "../../../templates/runtime/as-url.js";
import { byMediaType } from "../../../templates/runtime/by-media-type.js";
import { byStatus } from "../../../templates/runtime/by-status.js";
import { type EventStream, eventStream } from "../../../templates/runtime/event-stream.js";
import { json } from "../../../templates/runtime/json.js";
import type { CallOptions, ClientOptions } from "../../../templates/runtime/options.js";
import type { Service } from "../../../templates/runtime/service.js";
import { Transport } from "../../../templates/runtime/transport.js";
import {
  sendUndocumented,
  type UndocumentedCall,
  type UndocumentedResponses,
} from "../../../templates/runtime/undocumented-call.js";

/* A client as the generator would write it, with an operation for each kind of answer. */

const service: Service = {
  name: "Pets",
  servers: ["https://pets.example/api"],
  securitySchemes: { Token: { type: "http", scheme: "bearer" } },
};

type Options = ClientOptions<{ readonly Token?: string | (() => string) }>;

export interface Pet {
  readonly id: string;
  readonly kind: "cat" | "dog";
}

export interface Problem {
  readonly code: number;
}

export interface PetResponses {
  200: Pet;
  204: undefined;
  404: Problem;
  "5XX": string;
}

export interface CreateResponses {
  201: Pet;
  default: Problem;
}

export interface PhotoResponses {
  200: Blob;
}

export interface AnythingResponses {
  default: unknown;
}

export class PetsApi extends ApiClass {
  constructor(options: Options | Transport = {}) {
    super(service, options);
  }

  get(params: { readonly id: string }, options?: CallOptions): ApiPromise<PetResponses> {
    return this.request(
      {
        operationId: "getPet",
        method: "GET",
        path: "/pets/{id}",
        pathParams: { id: params.id },
        security: [{ Token: ["read"] }],
      },
      options,
    );
  }

  create(params: { readonly body: Pet }, options?: CallOptions): ApiPromise<CreateResponses> {
    return this.request(
      {
        operationId: "create",
        method: "POST",
        path: "/pets",
        body: json(params.body),
        security: [],
      },
      options,
    );
  }

  /** All of its parameters can be left out. */
  list(
    params: { readonly limit?: number } = {},
    options?: CallOptions,
  ): ApiPromise<{ 200: Pet[] }> {
    return this.request(
      {
        operationId: "list",
        method: "GET",
        path: "/pets",
        query: { limit: params.limit },
        security: [],
      },
      options,
    );
  }

  /** There is nothing to pass but options. */
  count(options?: CallOptions): ApiPromise<{ 200: bigint }> {
    return this.request(
      { operationId: "count", method: "GET", path: "/count", security: [] },
      options,
    );
  }

  photo(options?: CallOptions): ApiPromise<PhotoResponses> {
    return this.request(
      {
        operationId: "photo",
        method: "GET",
        path: "/photo",
        accept: "image/*",
        response: asBlob,
        security: [],
      },
      options,
    );
  }

  /** `accept` decides what comes back. */
  export(
    params: { readonly accept?: "application/json" | undefined },
    options?: CallOptions,
  ): ApiPromise<{ 200: Pet[] }>;
  export(
    params: { readonly accept: "text/csv" },
    options?: CallOptions,
  ): ApiPromise<{ 200: string }>;
  export(
    params: { readonly accept?: "application/json" | "text/csv" | undefined },
    options?: CallOptions,
  ): ApiPromise<{ 200: Pet[] }> | ApiPromise<{ 200: string }> {
    return this.request<{ 200: Pet[] }>(
      {
        operationId: "export",
        method: "GET",
        path: "/export",
        accept: params.accept ?? "application/json",
        response: byStatus({
          200: byMediaType({ "application/json": asJson, "text/csv": asText }),
        }),
        security: [],
      },
      options,
    );
  }

  watch(
    options?: CallOptions,
  ): ApiPromise<{ 200: EventStream<{ readonly event: "born"; readonly data: string }> }> {
    return this.request(
      {
        operationId: "watch",
        method: "GET",
        path: "/watch",
        accept: "text/event-stream",
        response: eventStream(),
        security: [],
      },
      options,
    );
  }

  anything(options?: CallOptions): ApiPromise<AnythingResponses> {
    return this.request(
      { operationId: "anything", method: "GET", path: "/anything", security: [] },
      options,
    );
  }

  /** Sends nothing. */
  page(): URL {
    return this.request(
      { operationId: "page", method: "GET", path: "/page", security: [] },
      undefined,
      asUrl,
    );
  }
}

export class Pets {
  readonly #transport: Transport;
  #pets: PetsApi | undefined;

  constructor(options?: Options) {
    this.#transport = new Transport(service, options);
  }

  request<Body = unknown>(
    call: UndocumentedCall,
    options?: CallOptions,
  ): ApiPromise<UndocumentedResponses<Body>> {
    return sendUndocumented(this.#transport, call, options);
  }

  get pets(): PetsApi {
    return (this.#pets ??= new PetsApi(this.#transport));
  }
}
