import type { View } from "./api-class.js";
import { asUrl } from "./as-url.js";
import type { Call } from "./call.js";
import { linkTarget } from "./link-header.js";
import type { Direction, Keys, ReceivedPage, Step } from "./page-rule.js";
import type { Page, PagesOptions } from "./pages.js";
import { pagedBy, type PagedPromise } from "./paged-promise.js";
import type { Data } from "./responses.js";
import { sameOrigin } from "./same-origin.js";

/** A list whose pages link to their neighbours (RFC 8288). */
export interface LinkRule {
  /** Where the body has the array of items. */
  readonly items: Keys;
}

/** How far the pages of a list are gone through, and which way. */
export interface LinkPagesOptions extends PagesOptions {
  /**
   * Which links are followed: to the `next` pages or to those before (`prev`). Default `next`. Either
   * way the first page is that of the call.
   */
  readonly direction?: Direction | undefined;
}

/** A {@link PagedPromise} whose pages can be gone through in both directions. */
export interface LinkPagedPromise<Responses, Item> extends PagedPromise<Responses, Item> {
  items(options?: LinkPagesOptions): AsyncGenerator<Item, void, undefined>;
  pages(options?: LinkPagesOptions): AsyncGenerator<Page<Data<Responses>, Item>, void, undefined>;
}

/**
 * Makes calls paged by the `Link` header. In a browser the service has to expose it (Fetch, section
 * 3.3.3, "Access-Control-Expose-Headers"), otherwise there is one page.
 */
export function byLink<Responses, Item>({
  items,
}: LinkRule): View<LinkPagedPromise<Responses, Item>> {
  return pagedBy({ items, next: nextLink, at: linked });
}

/** The call for what a link leads to; what else is wrong with a URL, the call tells. */
function linked(call: Call, href: string): Call | undefined {
  return /^https?:/.test(href) ? { ...call, url: sameOrigin(href) } : undefined;
}

/**
 * The link is followed as it is given. Parameters of the call that it lacks are not added to it: which of
 * them still hold for another page, only the service knows.
 */
function nextLink(page: ReceivedPage, direction: Direction): Step | Error | undefined {
  const { transport, call, options, response, fail } = page;
  const target = linkTarget(response.headers.get("link") ?? "", direction);
  if (target === undefined) return undefined;
  // Stubs make responses without a URL: theirs is that of the call.
  const base = response.url === "" ? asUrl(transport, call, options) : response.url;
  try {
    const { href } = new URL(target, base);
    return { call: { ...call, url: sameOrigin(href) }, key: href };
  } catch {
    // What was thrown may quote the link.
    return fail(`the link to its ${direction} page is not a URL`);
  }
}
