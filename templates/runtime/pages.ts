import type { WithResponse } from "./responses.js";

/** A page of a list, together with the answer that it came in. */
export interface Page<Body, Item> extends WithResponse<Body> {
  /** The items of the page; fewer of them than came where `limit` ends among them. */
  readonly items: readonly Item[];
  /** How many items all pages have together, where the service says so. It can change from page to page. */
  readonly total: number | undefined;
  /** Whether this page leads to another one, wanted or not. That one may turn out to be empty. */
  readonly hasNext: boolean;
  /** Where its neighbours begin, for `startingAt`; `undefined` where there is none, or no way to it. */
  readonly cursors: Cursors;
}

/** Texts that stand for pages: each is good for the list, the parameters and the service that it came from. */
export interface Cursors {
  readonly next: string | undefined;
  /** Only lists that link to their neighbours have one. */
  readonly prev: string | undefined;
}

/** How far the pages of a list are gone through, and how. */
export interface PagesOptions {
  /** The most items to give, all pages together. No page is requested for what goes beyond. */
  readonly limit?: number | undefined;
  /**
   * Whether the next page is requested while this one is worked with. Default `false`: who leaves
   * early then has asked for nothing in vain.
   */
  readonly prefetch?: boolean | undefined;
  /** Ends the way through the pages, which then rejects with the signal's own reason. So does the call's signal. */
  readonly signal?: AbortSignal | undefined;
}
