/** How much of what a service allows is left, as it says in the headers of an answer. */
export interface RateLimit {
  /** How many requests one period has. */
  readonly limit: number | undefined;
  /** How many of them are left. */
  readonly remaining: number | undefined;
  /** When the next period begins, by the clock of this platform. */
  readonly resetsAt: Date | undefined;
}

/** Numbers above are seconds since 1970; others are seconds from now. */
const LEAST_TIME = 1e9;

/**
 * Reads what an answer, or an `ApiError`, says about the rate limit:
 *
 * ```ts
 * const { data, headers } = await peertube.videos.getVideos().withResponse();
 * const { remaining, resetsAt } = rateLimitOf(headers);
 * ```
 *
 * These are the headers `X-RateLimit-Limit`, `-Remaining` and `-Reset`, or the same without `X-`. A reset is
 * seconds since 1970 (PeerTube), a date (Mastodon), or seconds from now; `Retry-After` counts where it is not
 * told. What is missing, or is no number or date, is `undefined`. In a browser the service has to expose them
 * (Fetch, section 3.3.3, "Access-Control-Expose-Headers").
 */
export function rateLimitOf(headers: Headers): RateLimit {
  const valueOf = (name: string): string | null =>
    headers.get(`x-ratelimit-${name}`) ?? headers.get(`ratelimit-${name}`);
  return {
    limit: countOf(valueOf("limit")),
    remaining: countOf(valueOf("remaining")),
    resetsAt: timeOf(valueOf("reset") ?? headers.get("retry-after")),
  };
}

/** A number, before what newer forms say besides (`100, 100;w=60`). */
function countOf(text: string | null): number | undefined {
  const digits = /^\s*(\d+)/.exec(text ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function timeOf(text: string | null): Date | undefined {
  if (text === null || text.trim() === "") return undefined;
  const seconds = Number(text);
  const time = Number.isNaN(seconds)
    ? Date.parse(text)
    : seconds * 1_000 + (seconds < LEAST_TIME ? Date.now() : 0);
  return Number.isNaN(new Date(time).getTime()) ? undefined : new Date(time);
}
