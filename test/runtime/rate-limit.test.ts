import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rateLimitOf } from "../../templates/runtime/rate-limit.js";

const NOW = Date.UTC(2026, 10, 22, 12);
const SOON = new Date(NOW + 10_000);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("what headers say about a rate limit", () => {
  it.each<{ what: string; headers: Record<string, string>; expected: object }>([
    {
      what: "PeerTube: seconds since 1970",
      headers: {
        "X-RateLimit-Limit": "50",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": String((NOW + 10_000) / 1_000),
      },
      expected: { limit: 50, remaining: 0, resetsAt: SOON },
    },
    {
      what: "Mastodon: a date",
      headers: {
        "X-RateLimit-Limit": "300",
        "X-RateLimit-Remaining": "299",
        "X-RateLimit-Reset": "2026-11-22T12:00:10.000000Z",
      },
      expected: { limit: 300, remaining: 299, resetsAt: SOON },
    },
    {
      what: "SFTPGo: only when to come back",
      headers: { "Retry-After": "10" },
      expected: { resetsAt: SOON },
    },
    {
      what: "when to come back, as a date",
      headers: { "Retry-After": "Sun, 22 Nov 2026 12:00:10 GMT" },
      expected: { resetsAt: SOON },
    },
    {
      what: "seconds from now, without X-",
      headers: {
        "RateLimit-Limit": "100, 100;w=60",
        "RateLimit-Remaining": "7",
        "RateLimit-Reset": "10",
      },
      expected: { limit: 100, remaining: 7, resetsAt: SOON },
    },
    {
      what: "a reset wins over when to come back",
      headers: { "X-RateLimit-Reset": "10", "Retry-After": "99" },
      expected: { resetsAt: SOON },
    },
    {
      what: "nothing that can be understood",
      headers: {
        "X-RateLimit-Limit": "many",
        "X-RateLimit-Remaining": "-1",
        "X-RateLimit-Reset": "soon",
      },
      expected: {},
    },
    { what: "a time beyond all dates", headers: { "Retry-After": "9".repeat(30) }, expected: {} },
    { what: "an empty one", headers: { "X-RateLimit-Reset": "" }, expected: {} },
    { what: "nothing", headers: {}, expected: {} },
  ])("$what", ({ headers, expected }) => {
    expect(rateLimitOf(new Headers(headers))).toEqual({
      limit: undefined,
      remaining: undefined,
      resetsAt: undefined,
      ...expected,
    });
  });
});
