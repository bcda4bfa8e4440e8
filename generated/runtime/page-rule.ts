import type { Call } from "./call.js";
import type { CallOptions } from "./options.js";
import { formPairs, verbatim } from "./parameters.js";
import type { Transport } from "./transport.js";

/** A JSON pointer (RFC 6901) that has been taken apart: the keys that lead to a value. */
export type Keys = readonly string[];

/** How the pages of a list follow one another. */
export interface PageRule {
  /** Where the body has the array of items. */
  readonly items: Keys;
  /** Where the body has the number of all items. */
  readonly total?: Keys | undefined;
  /** What is asked for next, if there may be more; what `fail` makes if that cannot be said. */
  next(page: ReceivedPage, direction: Direction): Step | Error | undefined;
  /** The call for the page that a step was said to lead to by its key; `undefined` if that is no key of this list. */
  at(call: Call, key: string): Call | undefined;
}

/** Which of its neighbours a page is followed by. */
export type Direction = "next" | "prev";

/** What a rule looks at. */
export interface ReceivedPage {
  readonly transport: Transport;
  /** The call that the page is the answer to. */
  readonly call: Call;
  readonly options: CallOptions | undefined;
  readonly response: Response;
  readonly items: readonly unknown[];
  readonly total: number | undefined;
  /** Makes the error for a page that does not tell how to go on. */
  readonly fail: (problem: string) => Error;
}

/** How to ask for the next page. */
export interface Step {
  readonly call: Call;
  /** Tells the page from all others of the list, and is enough to ask for it once more. */
  readonly key: string;
}

/** The value to which keys lead; undefined if there is none. */
export function valueAt(value: unknown, keys: Keys): unknown {
  return keys.reduce<unknown>(
    (place, key) =>
      typeof place === "object" && place !== null && Object.hasOwn(place, key)
        ? (place as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  );
}

/** A scalar parameter of a call's query as it is sent, but not percent-encoded. */
export function queryText({ query }: Call, name: string): string | undefined {
  return formPairs(name, query?.[name], verbatim)[0]?.[1];
}
