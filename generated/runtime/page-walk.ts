import type { Call } from "./call.js";
import { race } from "./deadline.js";
import { follow } from "./followers.js";
import type { CallOptions } from "./options.js";
import { valueAt, type Direction, type Keys, type PageRule, type Step } from "./page-rule.js";
import type { Page, PagesOptions } from "./pages.js";
import { PagingError } from "./paging-error.js";
import { operationOf } from "./refuse.js";
import type { WithResponse } from "./responses.js";
import type { Transport } from "./transport.js";

/** How many empty pages may follow each other: services filter what they have looked up. */
const EMPTY_PAGES = 100;

/** A call whose answer is a page of a list. */
export interface PagedCall {
  readonly transport: Transport;
  readonly call: Call;
  readonly options: CallOptions | undefined;
  readonly rule: PageRule;
}

/** A page, and what requests the one behind it. */
interface Turn<Body, Item> {
  readonly page: Page<Body, Item>;
  readonly next: (() => Promise<Turn<Body, Item>>) | undefined;
}

/** One way through the pages of a list, from the first one on. */
export class PageWalk<Body, Item> {
  readonly #paged: PagedCall;
  readonly #options: PagesOptions & { readonly direction?: Direction | undefined };
  readonly #end = new AbortController();
  readonly #asked = new Set<string>();
  #before: readonly unknown[] = [];
  #emptyPages = 0;

  /** @throws RangeError for a `limit` that is no number, or less than 0. */
  constructor(paged: PagedCall, options: PagesOptions) {
    const { limit = Infinity } = options;
    if (!(limit >= 0)) throw new RangeError("paging: `limit` must be a number, 0 or more");
    this.#paged = paged;
    this.#options = options;
  }

  /** Aborted when there is no more use for a page. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** Gives page after page; the first is there, or on its way. Leaving the loop ends what is not needed any more. */
  async *pages(
    first: Promise<WithResponse<Body>>,
  ): AsyncGenerator<Page<Body, Item>, void, undefined> {
    const { limit = Infinity, prefetch = false } = this.#options;
    const release = this.#obey();
    // There are no parts of items: what is left of a fraction would never be used up.
    let left = Math.floor(limit);
    let turn = handled(this.#read(this.#paged.call, first));
    try {
      while (left > 0) {
        const { page, next } = await race(turn, this.signal);
        const items = page.items.slice(0, left);
        left -= items.length;
        const go = left > 0 ? next : undefined;
        if (prefetch && go !== undefined) turn = handled(go());
        yield { ...page, items };
        if (go === undefined) return;
        if (!prefetch) turn = go();
      }
    } finally {
      release();
      this.#end.abort();
    }
  }

  /** Reads a page, and finds out how to ask for the one behind it. */
  async #read(call: Call, answer: Promise<WithResponse<Body>>): Promise<Turn<Body, Item>> {
    const received = await answer;
    const { data, response } = received;
    const { rule, transport, options } = this.#paged;
    const items = this.#itemsOf(data);
    const total = numberAt(data, rule.total);
    const fail = (problem: string): Error => this.#failure(problem);
    this.#check(items);
    const seen = { transport, call, options, response, items, total, fail };
    const steps = { next: rule.next(seen, "next"), prev: rule.next(seen, "prev") };
    const step = steps[this.#options.direction ?? "next"];
    const cursors = { next: keyOf(steps.next), prev: keyOf(steps.prev) };
    const page = { ...received, items, total, hasNext: step !== undefined, cursors };
    return { page, next: step && (() => this.#take(step)) };
  }

  /** Requests the page that a step leads to. */
  async #take(step: Step | Error): Promise<Turn<Body, Item>> {
    // The page that did not tell how to go on was good.
    if (step instanceof Error) throw step;
    const { call, key } = step;
    if (this.#asked.has(key)) throw this.#failure("a page leads back to one before it");
    this.#asked.add(key);
    const { transport, options } = this.#paged;
    const promise = transport.request<{ 200: Body }>(call, { ...options, signal: this.signal });
    return this.#read(call, promise.withResponse());
  }

  #itemsOf(data: Body): readonly Item[] {
    // Nothing at all is how some services write an empty list.
    const items = valueAt(data, this.#paged.rule.items) ?? [];
    if (!Array.isArray(items)) throw this.#failure("an answer has no list where the document says");
    return items as readonly Item[];
  }

  /** Refuses to go on without getting on. */
  #check(items: readonly unknown[]): void {
    this.#emptyPages = items.length === 0 ? this.#emptyPages + 1 : 0;
    if (this.#emptyPages > EMPTY_PAGES)
      throw this.#failure(`${EMPTY_PAGES} pages in a row are empty`);
    if (items.length === 0) return;
    if (isSame(items, this.#before)) {
      throw this.#failure("the service answers with the page before once more");
    }
    this.#before = items;
  }

  #failure(problem: string): PagingError {
    const { transport, call } = this.#paged;
    return new PagingError(operationOf(transport.service, call), problem);
  }

  /** Lets the signals of the caller end this, until what it gives is called. */
  #obey(): () => void {
    const ends = [this.#paged.options?.signal, this.#options.signal].map((signal) => {
      if (signal === undefined) return;
      const abort = (): void => {
        this.#end.abort(signal.reason);
      };
      if (signal.aborted) abort();
      return follow(signal, abort);
    });
    return () => {
      ends.forEach((end) => end?.());
    };
  }
}

function keyOf(step: Step | Error | undefined): string | undefined {
  return step instanceof Error ? undefined : step?.key;
}

/** A number of any of the forms that decoders give it. */
function numberAt(data: unknown, keys: Keys | undefined): number | undefined {
  const value = keys && valueAt(data, keys);
  const number = ["number", "bigint", "string"].includes(typeof value) ? Number(value) : NaN;
  return Number.isNaN(number) ? undefined : number;
}

/** Sees to it that a rejection which nobody will wait for does no harm. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** Whether two pages have the same items. Most differ in the first one already. */
function isSame(items: readonly unknown[], others: readonly unknown[]): boolean {
  try {
    return (
      items.length === others.length &&
      items.every((item, index) => text(item) === text(others[index]))
    );
  } catch {
    // Nested deeper than functions can call each other; nobody can tell then.
    return false;
  }
}

function text(item: unknown): string | undefined {
  return JSON.stringify(item, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
}
