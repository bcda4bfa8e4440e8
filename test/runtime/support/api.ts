import { ApiClass } from "../../../templates/runtime/api-class.js";
import type { ApiPromise } from "../../../templates/runtime/api-promise.js";
import type { Call } from "../../../templates/runtime/call.js";
import type { CallOptions, ClientOptions } from "../../../templates/runtime/options.js";
import type { Service } from "../../../templates/runtime/service.js";
import { asUrl } from "../../../templates/runtime/as-url.js";

/** What the tests' operation answers; enough for most of them. */
export interface TestResponses {
  200: unknown;
  404: { code: string };
  "5XX": string;
}

/** A generated class whose one method takes the description of any call. */
export class TestApi extends ApiClass {
  constructor(options: ClientOptions, service: Partial<Service> = {}) {
    // Most tests are about one attempt.
    super({ ...SERVICE, ...service }, { retry: 0, ...options });
  }

  call<Responses = TestResponses>(
    call: Partial<Call> = {},
    options?: CallOptions,
  ): ApiPromise<Responses> {
    return this.request<Responses>({ ...CALL, ...call }, options);
  }

  link(call: Partial<Call> = {}): URL {
    return this.request({ ...CALL, ...call }, undefined, asUrl);
  }
}

const CALL: Call = { operationId: "op", method: "GET", path: "/x", security: [] };

const SERVICE: Service = { name: "Test", servers: [], securitySchemes: {} };

/** What a promise is rejected with; throws if it is not. */
export async function failureOf(promise: PromiseLike<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`not rejected, but fulfilled with ${JSON.stringify(value)}`);
}

/** The four views of an answer, as rows for tests that must hold for each. */
export const FORMS = [
  { form: "plain", view: (promise: ApiPromise<TestResponses>) => promise },
  { form: "withResponse", view: (promise: ApiPromise<TestResponses>) => promise.withResponse() },
  { form: "asResponse", view: (promise: ApiPromise<TestResponses>) => promise.asResponse() },
  { form: "result", view: (promise: ApiPromise<TestResponses>) => promise.result() },
] as const;
