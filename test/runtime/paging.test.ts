import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import {
  ApiError,
  ConnectionError,
  DecodeError,
  TimeoutError,
} from "../../templates/runtime/errors.js";
import { byLink } from "../../templates/runtime/link-pages.js";
import { byOffset } from "../../templates/runtime/offset-pages.js";
import type { CallOptions, ClientOptions } from "../../templates/runtime/options.js";
import type { PagedPromise } from "../../templates/runtime/paged-promise.js";
import { PagingError } from "../../templates/runtime/paging-error.js";
import { failureOf } from "./support/api.js";
import { all, ListApi, untilFailure } from "./support/pages.js";
import { send, useServer, type RecordedRequest } from "./support/server.js";

const server = useServer();
const JSON_TYPE = { "content-type": "application/json" };

interface Numbers {
  readonly total: number;
  readonly data: number[];
}

interface NumbersResponses {
  200: Numbers;
  404: { code: string };
}

/** A list of the numbers from 0 on, two on a page. */
function numbers(
  options?: CallOptions,
  client: ClientOptions = {},
): PagedPromise<NumbersResponses, number> {
  const api = new ListApi({ baseUrl: server.url, ...client });
  return api.list(
    byOffset<NumbersResponses, number>({ offset: "start", items: ["data"], total: ["total"] }),
    {},
    options,
  );
}

const startOf = ({ url }: RecordedRequest): number =>
  Number(new URL(url, "http://x").searchParams.get("start") ?? 0);

/** Answers with pages of a list with so many numbers. */
function serve(
  total: number,
  before: (start: number, response: ServerResponse) => boolean = () => false,
): void {
  server.answer((request, response) => {
    const start = startOf(request);
    if (before(start, response)) return;
    const data = Array.from(
      { length: Math.max(0, Math.min(2, total - start)) },
      (_, index) => start + index,
    );
    send(
      response,
      200,
      { ...JSON_TYPE, "x-start": String(start) },
      JSON.stringify({ total, data }),
    );
  });
}

const asked = (): number[] => server.requests.map(startOf);

/** Waits until the server has got so many requests. */
async function requested(count: number): Promise<void> {
  while (server.requests.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Long enough for a request that nobody wants to arrive. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 25));

// What one test has given up must not arrive in the next.
afterEach(settle);

describe("the first page", () => {
  it("is that of the call, which is sent once and at once", async () => {
    serve(2);
    const promise = numbers();
    await requested(1);
    expect(await promise).toEqual({ total: 2, data: [0, 1] });
    expect(await all(promise.items())).toEqual([0, 1]);
    expect(await all(promise.items())).toEqual([0, 1]);
    const [page] = await all(promise.pages());
    const { data, response } = await promise.withResponse();
    expect(page?.data).toBe(data);
    expect(page?.response).toBe(response);
    expect(asked()).toEqual([0]);
  });

  it("begins each of several loops, side by side, that go on by themselves", async () => {
    serve(3);
    const promise = numbers();
    const both = await Promise.all([all(promise.items()), all(promise.items())]);
    expect(both).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect(asked()).toEqual([0, 2, 2]);
  });

  it("has the other views of an answer", async () => {
    serve(3);
    const result = await numbers().result();
    expect(result.ok && result.data.data).toEqual([0, 1]);
    expect((await numbers().asResponse()).status).toBe(200);
  });

  it.each(["items", "pages"] as const)("rejects %s with the error of the call", async (form) => {
    server.answer((_request, response) => {
      send(response, 404, JSON_TYPE, '{"code":"gone"}');
    });
    const promise = numbers();
    const { given, error } = await untilFailure<unknown>(promise[form]());
    expect(given).toEqual([]);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toBe(await failureOf(promise));
  });
});

describe("pages", () => {
  it("have their items, the body, the response, the total and whether there are more", async () => {
    serve(3);
    const pages = await all(numbers().pages());
    expect(
      pages.map(({ items, data, status, headers, total, hasNext, response }) => ({
        items,
        data,
        status,
        start: headers.get("x-start"),
        total,
        hasNext,
        used: response.bodyUsed,
      })),
    ).toEqual([
      {
        items: [0, 1],
        data: { total: 3, data: [0, 1] },
        status: 200,
        start: "0",
        total: 3,
        hasNext: true,
        used: true,
      },
      {
        items: [2],
        data: { total: 3, data: [2] },
        status: 200,
        start: "2",
        total: 3,
        hasNext: false,
        used: true,
      },
    ]);
  });

  it("are requested one by one, when they are wanted", async () => {
    serve(6);
    const seen: number[][] = [];
    for await (const page of numbers().pages()) {
      await settle();
      seen.push([page.items[0] ?? NaN, ...asked()]);
    }
    expect(seen).toEqual([
      [0, 0],
      [2, 0, 2],
      [4, 0, 2, 4],
    ]);
  });

  it("are not requested for an iterator that nobody asks", async () => {
    serve(6);
    const promise = numbers();
    promise.items({ prefetch: true });
    promise.pages();
    await promise;
    await settle();
    expect(asked()).toEqual([0]);
  });

  it("are calls with the same headers, credentials and middleware", async () => {
    serve(3);
    const attempts: number[] = [];
    const options: CallOptions = {
      headers: { "x-one": "1" },
      middleware: [
        (context, next) => {
          attempts.push(context.attempt);
          return next();
        },
      ],
    };
    await all(numbers(options, { headers: { "x-two": "2" } }).items());
    expect(server.requests.map(({ headers }) => [headers["x-one"], headers["x-two"]])).toEqual([
      ["1", "2"],
      ["1", "2"],
    ]);
    expect(attempts).toEqual([1, 1]);
  });

  it("have a timeout each", async () => {
    // Two pages take longer than the timeout, the third one takes for ever.
    server.answer((request, response) => {
      const start = startOf(request);
      if (start === 4) return;
      const answer = (): void => {
        send(response, 200, JSON_TYPE, JSON.stringify({ total: 6, data: [start, start + 1] }));
      };
      setTimeout(answer, 550);
    });
    const { given, error } = await untilFailure(numbers({ timeout: 1_000 }).items());
    expect(given).toEqual([0, 1, 2, 3]);
    expect(error).toBeInstanceOf(TimeoutError);
  });

  it("are retried like any call", async () => {
    let failures = 0;
    serve(3, (start, response) => {
      if (start === 0 || failures > 0) return false;
      failures += 1;
      send(response, 503, { "retry-after": "0" });
      return true;
    });
    expect(await all(numbers({ retry: 1 }).items())).toEqual([0, 1, 2]);
    expect(asked()).toEqual([0, 2, 2]);
  });
});

describe("an error on a later page", () => {
  it.each<{ what: string; answer: (response: ServerResponse) => void; of: unknown }>([
    {
      what: "a status",
      answer: (response) => {
        send(response, 404, JSON_TYPE, "{}");
      },
      of: ApiError,
    },
    {
      what: "no JSON",
      answer: (response) => {
        send(response, 200, JSON_TYPE, "{");
      },
      of: DecodeError,
    },
    {
      what: "a broken connection",
      answer: (response) => response.socket?.destroy(),
      of: ConnectionError,
    },
    {
      what: "no list",
      answer: (response) => {
        send(response, 200, JSON_TYPE, '{"data":1}');
      },
      of: PagingError,
    },
  ])("$what rejects there, after all items before it", async ({ answer, of }) => {
    for (const prefetch of [false, true]) {
      serve(6, (start, response) => {
        if (start < 4) return false;
        answer(response);
        return true;
      });
      const { given, error } = await untilFailure(numbers().items({ prefetch }));
      expect(given).toEqual([0, 1, 2, 3]);
      expect(error).toBeInstanceOf(of);
    }
  });

  it("tells neither URL nor items", async () => {
    server.answer((_request, response) => {
      const headers = { ...JSON_TYPE, link: "<http://[secret?secret>; rel=next" };
      send(response, 200, headers, '["secret"]');
    });
    const api = new ListApi({ baseUrl: server.url });
    const { error } = await untilFailure(api.list(byLink({ items: [] })).items());
    expect(error).toMatchObject({ name: "PagingError", operation: { operationId: "list" } });
    expect(`${String((error as Error).stack)} ${JSON.stringify(error)}`).not.toContain("secret");
  });
});

describe("a limit", () => {
  it.each<{ limit: number; items: number[]; starts: number[] }>([
    { limit: 0, items: [], starts: [0] },
    { limit: 1, items: [0], starts: [0] },
    { limit: 2, items: [0, 1], starts: [0] },
    { limit: 2.5, items: [0, 1], starts: [0] },
    { limit: 3, items: [0, 1, 2], starts: [0, 2] },
    { limit: 4, items: [0, 1, 2, 3], starts: [0, 2] },
    { limit: 5, items: [0, 1, 2, 3, 4], starts: [0, 2, 4] },
    { limit: 99, items: [0, 1, 2, 3, 4], starts: [0, 2, 4] },
    { limit: Infinity, items: [0, 1, 2, 3, 4], starts: [0, 2, 4] },
  ])("of $limit gives $items and requests no page beyond", async ({ limit, items, starts }) => {
    for (const prefetch of [false, true]) {
      serve(5);
      const before = server.requests.length;
      const promise = numbers();
      expect(await all(promise.items({ limit, prefetch }))).toEqual(items);
      await promise;
      await settle();
      expect(asked().slice(before)).toEqual(starts);
    }
  });

  it.each([NaN, -1])("of %d is none", async (limit) => {
    serve(5);
    const promise = numbers();
    expect(await failureOf(all(promise.items({ limit })))).toBeInstanceOf(RangeError);
    expect(await failureOf(all(promise.pages({ limit })))).toBeInstanceOf(RangeError);
    await promise;
  });

  it("cuts the items of the last page, but not its body", async () => {
    serve(5);
    const pages = await all(numbers().pages({ limit: 3 }));
    expect(pages.map(({ items }) => items)).toEqual([[0, 1], [2]]);
    expect(pages[1]?.data.data).toEqual([2, 3]);
    expect(pages[1]?.hasNext).toBe(true);
  });

  it("of nothing leaves the failure of the call to who asks for it", async () => {
    server.answer((_request, response) => {
      send(response, 404, JSON_TYPE, "{}");
    });
    expect(await all(numbers().items({ limit: 0 }))).toEqual([]);
    await settle();
  });
});

describe("prefetch", () => {
  it("requests one page ahead, and no more", async () => {
    serve(8);
    const seen: number[][] = [];
    for await (const page of numbers().pages({ prefetch: true })) {
      await settle();
      seen.push([page.items[0] ?? NaN, ...asked()]);
    }
    expect(seen).toEqual([
      [0, 0, 2],
      [2, 0, 2, 4],
      [4, 0, 2, 4, 6],
      [6, 0, 2, 4, 6],
    ]);
  });

  it("is given up when the loop is left", async () => {
    const closed = new Promise<void>((resolve) => {
      serve(6, (start, response) => {
        if (start === 2) response.on("close", resolve);
        return start === 2;
      });
    });
    for await (const item of numbers().items({ prefetch: true })) {
      expect(item).toBe(0);
      await requested(2);
      break;
    }
    await closed;
    expect(asked()).toEqual([0, 2]);
  });

  it("that fails is nobody's business when the loop is left", async () => {
    serve(6, (start, response) => {
      if (start === 2) send(response, 500, JSON_TYPE, "{}");
      return start === 2;
    });
    for await (const page of numbers().pages({ prefetch: true })) {
      expect(page.items).toEqual([0, 1]);
      await requested(2);
      await settle();
      break;
    }
  });
});

describe("abort", () => {
  /** A signal that the caller aborts, given to the call or to the way through its pages. */
  const WAYS = [
    { way: "the call's signal", begin: (signal: AbortSignal) => numbers({ signal }).items() },
    { way: "the iteration's signal", begin: (signal: AbortSignal) => numbers().items({ signal }) },
    {
      way: "either",
      begin: (signal: AbortSignal) =>
        numbers({ signal: new AbortController().signal }).items({ signal, prefetch: true }),
    },
  ] as const;

  describe.each(WAYS)("by $way", ({ begin }) => {
    it("before anything rejects with the caller's reason", async () => {
      serve(6);
      const { given, error } = await untilFailure(begin(AbortSignal.abort("enough")));
      expect(given).toEqual([]);
      expect(error).toBe("enough");
    });

    it("while the first page is awaited", async () => {
      serve(6, () => true);
      const controller = new AbortController();
      const failure = untilFailure(begin(controller.signal));
      await requested(1);
      controller.abort("enough");
      expect((await failure).error).toBe("enough");
    });

    it("while another page is awaited, whose request then ends", async () => {
      const closed = new Promise<void>((resolve) => {
        serve(6, (start, response) => {
          if (start === 2) response.on("close", resolve);
          return start === 2;
        });
      });
      const controller = new AbortController();
      const failure = untilFailure(begin(controller.signal));
      await requested(2);
      await settle();
      controller.abort("enough");
      expect(await failure).toEqual({ given: [0, 1], error: "enough" });
      await closed;
    });

    it("between two items", async () => {
      serve(6);
      const controller = new AbortController();
      const items = begin(controller.signal);
      expect((await items.next()).value).toBe(0);
      controller.abort("enough");
      expect(await failureOf(items.next())).toBe("enough");
      expect((await items.next()).done).toBe(true);
    });
  });

  it("of the way through the pages leaves the call alone", async () => {
    serve(6);
    const promise = numbers();
    await untilFailure(promise.items({ signal: AbortSignal.abort("enough") }));
    expect(await promise).toEqual({ total: 6, data: [0, 1] });
    expect(await all(promise.items({ limit: 3 }))).toEqual([0, 1, 2]);
  });

  it("leaves no listener behind at a signal that lives on", async () => {
    serve(6);
    const { signal } = new AbortController();
    const listeners = new Set<unknown>();
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>): void => {
      listeners.add(args[1]);
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>): void => {
      listeners.delete(args[1]);
      remove(...args);
    };
    await all(numbers({ signal }).items({ signal }));
    for await (const item of numbers().items({ signal, prefetch: true })) if (item === 1) break;
    expect(listeners.size).toBe(0);
  });
});

describe("items that come again", () => {
  const bodies = (...list: unknown[][]) => {
    const answers = list.values();
    const api = new ListApi({
      baseUrl: "https://a.test",
      fetch: () => Promise.resolve(Response.json(answers.next().value ?? [])),
    });
    return api.list(byOffset<{ 200: unknown[] }, unknown>({ offset: "start", items: [] }));
  };

  it("in part are given: lists move while they are read", async () => {
    expect(await all(bodies([1, 2], [2, 3], [3, 4]).items())).toEqual([1, 2, 2, 3, 3, 4]);
  });

  it("as a whole are not given", async () => {
    const { given, error } = await untilFailure(bodies([{ id: 1 }], [{ id: 1 }]).items());
    expect(given).toEqual([{ id: 1 }]);
    expect(error).toBeInstanceOf(PagingError);
  });

  it("are given where they are nested too deep to be compared", async () => {
    const deep = `[${"[".repeat(100_000)}${"]".repeat(100_000)}]`;
    const answers = [deep, deep, "[]"].values();
    const api = new ListApi({
      baseUrl: "https://a.test",
      fetch: () => Promise.resolve(new Response(answers.next().value, { headers: JSON_TYPE })),
    });
    const view = byOffset<{ 200: unknown[] }, unknown>({ offset: "start", items: [] });
    expect(await all(api.list(view).items())).toHaveLength(2);
  });

  it("are compared where JSON has no word for them", async () => {
    const api = new ListApi({ baseUrl: server.url });
    const view = byOffset<{ 200: bigint[] }, bigint>({ offset: "start", items: [] });
    const decode = (values: bigint[]) => api.list(view, { response: () => values });
    expect((await untilFailure(decode([2n ** 60n]).items())).given).toEqual([2n ** 60n]);
  });
});
