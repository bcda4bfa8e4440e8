import { wait } from "../runtime/deadline.js";
import { ClientError, type Operation } from "../runtime/errors.js";

/*
 * Mastodon answers some requests before it has everything, and goes on to collect the rest from other
 * servers. Who wants all of it waits for that, and then asks again.
 */

/** Work of the server that completes an answer: the header `Mastodon-Async-Refresh`. */
export interface PendingRefresh {
  /** What the server calls it. */
  readonly id: string;
  /** How long to wait before asking about it, in milliseconds. */
  readonly delay: number;
  /** How many results there are so far, if they are counted. */
  readonly resultCount: number | undefined;
}

/** Settings of the waiting. */
export interface RefreshOptions {
  /** Ends the waiting; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** How long to wait at most, in milliseconds. Default 60,000. */
  readonly timeout?: number | undefined;
}

/** The method of `AsyncRefreshesApi` that {@link waitForRefresh} uses. */
interface RefreshReads {
  getAsyncRefreshV1Alpha(
    params: { id: string },
    options: { readonly signal?: AbortSignal | undefined },
  ): PromiseLike<{ readonly async_refresh: { readonly status: string } }>;
}

/** The server has not collected everything in time. It goes on with that. */
export class RefreshTimeoutError extends ClientError {
  constructor() {
    super(GET_REFRESH, "did not come to its end in time: wait on with `waitForRefresh`");
  }

  override get name(): string {
    return "RefreshTimeoutError";
  }
}

const GET_REFRESH: Operation = {
  service: "Mastodon",
  operationId: "getAsyncRefreshV1Alpha",
  method: "GET",
  path: "/api/v1_alpha/async_refreshes/{id}",
};

/** Bounds of what the server may ask for, in milliseconds. */
const LEAST_DELAY = 1_000;
const LONGEST_DELAY = 60_000;

/**
 * Reads from the headers of an answer whether the server is still completing it:
 *
 * ```ts
 * const { data, headers } = await mastodon.statuses.getStatusContext({ id }).withResponse();
 * const refresh = refreshOf(headers);
 * if (refresh !== undefined) await waitForRefresh(mastodon.asyncRefreshes, refresh);
 * ```
 *
 * @returns undefined if the answer is complete.
 */
export function refreshOf(headers: Headers): PendingRefresh | undefined {
  const header = headers.get("mastodon-async-refresh") ?? "";
  const id = /(?:^|[,\s])id="([^"]*)"/.exec(header)?.[1];
  if (id === undefined || id === "") return undefined;
  const asked = (numberOf(header, "retry") ?? 0) * 1_000;
  return {
    id,
    delay: Math.min(LONGEST_DELAY, Math.max(LEAST_DELAY, asked)),
    resultCount: numberOf(header, "result_count"),
  };
}

/**
 * Waits until the server has everything. Needs a token with the whole scope `read`.
 *
 * @throws {@link RefreshTimeoutError}; and whatever the call is rejected with.
 */
export async function waitForRefresh(
  api: RefreshReads,
  { id, delay }: PendingRefresh,
  { signal = new AbortController().signal, timeout = 60_000 }: RefreshOptions = {},
): Promise<void> {
  const end = performance.now() + timeout;
  for (;;) {
    if (performance.now() + delay >= end) throw new RefreshTimeoutError();
    await wait(delay, signal);
    const { async_refresh } = await api.getAsyncRefreshV1Alpha({ id }, { signal });
    if (async_refresh.status !== "running") return;
  }
}

function numberOf(header: string, name: string): number | undefined {
  const digits = new RegExp(`(?:^|[,\\s])${name}=(\\d{1,9})`).exec(header)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
