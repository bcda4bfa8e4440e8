import { TestApi } from "./api.js";
import type { View } from "../../../templates/runtime/api-class.js";
import type { ApiPromise } from "../../../templates/runtime/api-promise.js";
import type { Call } from "../../../templates/runtime/call.js";
import type { CallOptions } from "../../../templates/runtime/options.js";

export class ListApi extends TestApi {
  /** A generated method of a list. */
  list<Promised extends ApiPromise<unknown>>(
    view: View<Promised>,
    call: Partial<Call> = {},
    options?: CallOptions,
  ): Promised {
    return this.request(
      { operationId: "list", method: "GET", path: "/list", security: [], ...call },
      options,
      view,
    );
  }
}

/** Everything that an iterable gives. */
export async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const value of values) found.push(value);
  return found;
}

/** Everything that an iterable gives, and what it then throws; fails if it throws nothing. */
export async function untilFailure<T>(
  values: AsyncIterable<T>,
): Promise<{ readonly given: readonly T[]; readonly error: unknown }> {
  const given: T[] = [];
  try {
    for await (const value of values) given.push(value);
  } catch (error) {
    return { given, error };
  }
  throw new Error(`ended without an error after ${given.length}`);
}
