import type { View } from "./api-class.js";
import { ApiPromise } from "./api-promise.js";
import type { Call } from "./call.js";
import type { CallOptions } from "./options.js";
import type { PageRule } from "./page-rule.js";
import { PageWalk, type PagedCall } from "./page-walk.js";
import type { Page, PagesOptions } from "./pages.js";
import type { Data } from "./responses.js";
import type { PageStart } from "./starting-at.js";

/**
 * What the methods of lists return: awaited, it gives the one page that was asked for; {@link items} and
 * {@link pages} go on from there. Each loop begins with that same page, for which nothing is requested a
 * second time. The requests for other pages are calls with the same options, each with its own timeout.
 *
 * @typeParam Responses - the bodies of the operation's answers, by status.
 * @typeParam Item - an item of the list. It is taken at its word: nothing is checked.
 */
export class PagedPromise<Responses, Item> extends ApiPromise<Responses> {
  readonly #paged: PagedCall;

  constructor(asked: PagedCall) {
    const paged = startOf(asked);
    super(paged.transport.exchange(paged.call, paged.options));
    this.#paged = paged;
  }

  /**
   * The items of all pages, one after the other, to be read with `for await`.
   *
   * @throws {@link PagingError} if the service repeats a page, or does not tell how to go on; and
   *   whatever the call for a page is rejected with.
   */
  async *items(options: PagesOptions = {}): AsyncGenerator<Item, void, undefined> {
    const walk = this.#walk(options);
    for await (const { items } of walk.pages(this.withResponse())) {
      for (const item of items) {
        walk.signal.throwIfAborted();
        yield item;
      }
    }
  }

  /** The pages themselves, empty ones included, to be read with `for await`. It throws like {@link items}. */
  async *pages(
    options: PagesOptions = {},
  ): AsyncGenerator<Page<Data<Responses>, Item>, void, undefined> {
    yield* this.#walk(options).pages(this.withResponse());
  }

  #walk(options: PagesOptions): PageWalk<Data<Responses>, Item> {
    return new PageWalk(this.#paged, options);
  }
}

/** The call for the page that the options name, where they do. */
function startOf(paged: PagedCall): PagedCall {
  const { call, rule, options } = paged;
  const { cursor, ...others }: CallOptions & PageStart = options ?? {};
  if (cursor === undefined) return paged;
  return { ...paged, options: others, call: rule.at(call, cursor) ?? refused(call) };
}

function refused(call: Call): Call {
  const url: Call["url"] = (_server, refuse) => {
    throw refuse("the cursor is not one of this list");
  };
  return { ...call, url };
}

/** Makes calls paged by a rule. */
export function pagedBy<Responses, Item>(rule: PageRule): View<PagedPromise<Responses, Item>> {
  return (transport, call, options) => new PagedPromise({ transport, call, options, rule });
}
