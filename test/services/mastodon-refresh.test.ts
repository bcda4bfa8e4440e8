import { describe, expect, it } from "vitest";
import { Mastodon } from "../../generated/mastodon/index.js";
import {
  refreshOf,
  waitForRefresh,
  type PendingRefresh,
  type RefreshOptions,
} from "../../generated/mastodon/mastodon-refresh.js";
import { failureOf } from "../runtime/support/api.js";
import { useServer } from "../runtime/support/server.js";

const server = useServer();
const NAME = "mastodon-async-refresh";

describe("what the header says", () => {
  it.each<[header: string, expected: PendingRefresh | undefined]>([
    ['id="a:b--0", retry=5, result_count=2', { id: "a:b--0", delay: 5_000, resultCount: 2 }],
    ['result_count=0,retry=5,id="a"', { id: "a", delay: 5_000, resultCount: 0 }],
    ['id="a"', { id: "a", delay: 1_000, resultCount: undefined }],
    ['id="a", retry=0', { id: "a", delay: 1_000, resultCount: undefined }],
    ['id="a", retry=999999999', { id: "a", delay: 60_000, resultCount: undefined }],
    ['id="a", retry=-1, result_count=x', { id: "a", delay: 1_000, resultCount: undefined }],
    ['id=""', undefined],
    ["retry=5", undefined],
    ['other_id="a"', undefined],
    ["", undefined],
  ])("%s", (header, expected) => {
    expect(refreshOf(new Headers({ [NAME]: header }))).toEqual(expected);
  });

  it("nothing, where there is none", () => {
    expect(refreshOf(new Headers())).toBeUndefined();
  });
});

describe("waiting for the rest", () => {
  /** Answers with one status after the other; the last one counts for the rest. */
  function script(...statuses: readonly string[]): void {
    server.answer((_request, response) => {
      const status = statuses[Math.min(server.requests.length, statuses.length) - 1];
      const body = { async_refresh: { id: "a", status, result_count: null } };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  }

  async function waiting(options: RefreshOptions = {}, delay = 1): Promise<void> {
    const { asyncRefreshes } = new Mastodon({ baseUrl: server.url, auth: { OAuth2: "t" } });
    await waitForRefresh(asyncRefreshes, { id: "a:b", delay, resultCount: 1 }, options);
  }

  it("asks until it is there", async () => {
    script("running", "running", "finished");
    await waiting();
    expect(server.requests.map(({ url }) => url)).toEqual(
      Array(3).fill("/api/v1_alpha/async_refreshes/a%3Ab"),
    );
  });

  it("ends in time, and one can wait on", async () => {
    script("running");
    expect(await failureOf(waiting({ timeout: 50 }, 20))).toMatchObject({
      name: "RefreshTimeoutError",
      operation: { operationId: "getAsyncRefreshV1Alpha" },
    });
  });

  it("ends with the signal", async () => {
    script("running");
    const reason = new Error("enough");
    const controller = new AbortController();
    const end = waiting({ signal: controller.signal }, 30_000);
    controller.abort(reason);
    expect(await failureOf(end)).toBe(reason);
    expect(server.requests).toEqual([]);
  });

  it("fails like the call", async () => {
    server.answer((_request, response) => response.writeHead(404).end());
    expect(await failureOf(waiting())).toMatchObject({ name: "ApiError", status: 404 });
  });
});
