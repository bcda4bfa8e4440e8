import { getEventListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { TimeoutError } from "../../templates/runtime/errors.js";
import { eventStream, type EventStream } from "../../templates/runtime/event-stream.js";
import type { CallOptions, ClientOptions } from "../../templates/runtime/options.js";
import { failureOf, FORMS, TestApi } from "./support/api.js";
import { always, send, useServer } from "./support/server.js";

const server = useServer();
const JSON_TYPE = { "content-type": "application/json" };

function call(options?: CallOptions, client?: ClientOptions) {
  return new TestApi({ baseUrl: server.url, ...client }).call({}, options);
}

/** Opens a stream of events. */
async function open(signal: AbortSignal): Promise<EventStream> {
  const api = new TestApi({ baseUrl: server.url });
  return api.call<{ 200: EventStream }>({ response: eventStream() }, { signal });
}

function listeners(signal: AbortSignal): number {
  return getEventListeners(signal, "abort").length;
}

/** Sends the head and half of the body. */
function half(_request: unknown, response: ServerResponse): void {
  response.writeHead(200, JSON_TYPE);
  response.write('{"a":');
}

const never = (): void => undefined;

/** Collects garbage. */
function collect(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

const READING = FORMS.filter(({ form }) => form !== "asResponse");

describe("timeout", () => {
  it.each(FORMS)("in the head: $form", async ({ view }) => {
    server.answer(never);
    const error = await failureOf(view(call({ timeout: 30 })));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({
      name: "TimeoutError",
      timeout: 30,
      message: "op: GET /x took longer than 30 ms",
    });
  });

  it("of an attempt, which the message tells", async () => {
    server.answer(never);
    const error = await failureOf(call({ timeout: 5_000, attemptTimeout: 30 }));
    expect(error).toMatchObject({
      name: "TimeoutError",
      timeout: 30,
      message: "op: GET /x took longer than 30 ms for an attempt",
    });
  });

  it.each(READING)("in the body: $form", async ({ view }) => {
    server.answer(half);
    expect(await failureOf(view(call({ timeout: 100 })))).toBeInstanceOf(TimeoutError);
  });

  it.each(READING)("in the body of an error: $form", async ({ view }) => {
    server.answer((_request, response) => {
      response.writeHead(500, JSON_TYPE).write("{");
    });
    expect(await failureOf(view(call({ timeout: 100 })))).toBeInstanceOf(TimeoutError);
  });

  it("ends with the head for asResponse", async () => {
    server.answer((_request, response) => {
      response.writeHead(200, JSON_TYPE).write("{");
      setTimeout(() => response.end("}"), 700);
    });
    const response = await call({ timeout: 500 }).asResponse();
    expect(await response.json()).toEqual({});
  });

  it("does not run while the caller does something else", async () => {
    const promise = call({ timeout: 500 });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await promise).toEqual({});
  });

  it("covers credentials that do not come", async () => {
    const api = new TestApi(
      { baseUrl: server.url, auth: { key: async () => new Promise<string>(never) }, timeout: 30 },
      { securitySchemes: { key: { type: "oauth2" } } },
    );
    expect(await failureOf(api.call({ security: [{ key: [] }] }))).toBeInstanceOf(TimeoutError);
  });

  it("covers a fetch and a body that do not listen to the signal", async () => {
    const deaf = async () => new Promise<Response>(never);
    expect(await failureOf(call({ timeout: 30 }, { fetch: deaf }))).toBeInstanceOf(TimeoutError);
    const stalled = async () => Promise.resolve(new Response(new ReadableStream()));
    expect(await failureOf(call({ timeout: 30 }, { fetch: stalled }))).toBeInstanceOf(TimeoutError);
  });

  it("the call's wins over the client's", async () => {
    server.answer(never);
    expect(await failureOf(call({}, { timeout: 30 }))).toMatchObject({ timeout: 30 });
    expect(await failureOf(call({ timeout: 20 }, { timeout: 60_000 }))).toMatchObject({
      timeout: 20,
    });
  });

  it.each([0, Number.POSITIVE_INFINITY, 2 ** 31, 2 ** 40])("%d is no limit", async (timeout) => {
    server.answer(
      (_request, response) =>
        void setTimeout(() => {
          send(response, 200, {}, "1");
        }, 20),
    );
    expect(await call({ timeout })).toBe(1);
  });

  it("no timer is left behind", async () => {
    const timers = () =>
      process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    await call({ timeout: 60_000 });
    await call({ timeout: 60_000 }).result();
    await (await call({ timeout: 60_000 }).asResponse()).text();
    await failureOf(call({ timeout: 60_000, headers: { "a b": "" } }));
    await failureOf(call({ timeout: 60_000, baseUrl: "http://127.0.0.1:2" }));
    call({ timeout: 60_000 });
    await expect.poll(() => server.requests.length).toBe(4);
    await expect.poll(timers).toBeLessThanOrEqual(before);
  });
});

describe("abort", () => {
  const reason = new Error("changed my mind");

  it.each(FORMS)("before the call: $form", async ({ view }) => {
    const signal = AbortSignal.abort(reason);
    expect(await failureOf(view(call({ signal })))).toBe(reason);
    expect(server.requests).toHaveLength(0);
    expect(listeners(signal)).toBe(0);
  });

  it.each(FORMS)("during the head: $form", async ({ view }) => {
    const controller = new AbortController();
    server.answer(() => {
      controller.abort(reason);
    });
    expect(await failureOf(view(call({ signal: controller.signal })))).toBe(reason);
    expect(listeners(controller.signal)).toBe(0);
  });

  it.each(READING)("during the body: $form", async ({ view }) => {
    const controller = new AbortController();
    server.answer((request, response) => {
      half(request, response);
      setTimeout(() => {
        controller.abort(reason);
      }, 30);
    });
    expect(await failureOf(view(call({ signal: controller.signal })))).toBe(reason);
    expect(listeners(controller.signal)).toBe(0);
  });

  it("during the body of asResponse", async () => {
    const controller = new AbortController();
    const closed = new Promise<void>((resolve) => {
      server.answer((request, response) => {
        response.on("close", resolve);
        half(request, response);
      });
    });
    const response = await call({ signal: controller.signal }).asResponse();
    const reading = failureOf(response.text());
    controller.abort(reason);
    expect(await reading).toBe(reason);
    await closed;
    expect(listeners(controller.signal)).toBe(0);
  });

  it("during the body of asResponse, of which only the reader is left", async () => {
    const controller = new AbortController();
    server.answer(half);
    const open = async () =>
      (await call({ signal: controller.signal }).asResponse()).body?.getReader();
    const reader = await open();
    await reader?.read();
    const reading = failureOf(reader?.read() ?? Promise.resolve());
    await new Promise((resolve) => setTimeout(resolve, 10));
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
    controller.abort(reason);
    expect(await reading).toBe(reason);
  });

  it("between the head and the body", async () => {
    const controller = new AbortController();
    const promise = call({ signal: controller.signal });
    await promise.asResponse().then(() => {
      controller.abort(reason);
    });
    expect(await failureOf(promise)).toBe(reason);
  });

  it("after the end nothing happens", async () => {
    const controller = new AbortController();
    const promise = call({ signal: controller.signal });
    await promise;
    controller.abort(reason);
    expect(await promise).toEqual({});
    expect(await promise.result()).toMatchObject({ ok: true });
  });

  it("without a reason of its own", async () => {
    server.answer(never);
    const controller = new AbortController();
    const promise = call({ signal: controller.signal });
    controller.abort();
    expect(await failureOf(promise)).toMatchObject({ name: "AbortError" });
    expect(await failureOf(call({ signal: AbortSignal.timeout(20) }))).toMatchObject({
      name: "TimeoutError",
      code: 23,
    });
  });

  it("before the call: credentials are not asked for", async () => {
    let isAsked = false;
    const auth = { key: () => (isAsked = true) };
    const api = new TestApi(
      { baseUrl: server.url, auth },
      { securitySchemes: { key: { type: "oauth2" } } },
    );
    await failureOf(api.call({ security: [{ key: [] }] }, { signal: AbortSignal.abort(reason) }));
    await Promise.resolve();
    expect(isAsked).toBe(false);
  });

  it("while credentials are fetched: nothing is sent", async () => {
    let isSent = false;
    const fetch = async () => {
      isSent = true;
      return Promise.resolve(Response.json({}));
    };
    const controller = new AbortController();
    const auth = {
      key: async () => {
        controller.abort(reason);
        return Promise.resolve("t");
      },
    };
    const api = new TestApi(
      { baseUrl: server.url, auth, fetch },
      { securitySchemes: { key: { type: "oauth2" } } },
    );
    expect(
      await failureOf(api.call({ security: [{ key: [] }] }, { signal: controller.signal })),
    ).toBe(reason);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(isSent).toBe(false);
  });
});

describe("one signal for many calls", () => {
  it("10,000 calls leave no listener", { timeout: 60_000 }, async () => {
    const { signal } = new AbortController();
    const fetch = async () => Promise.resolve(Response.json({}));
    const failing = async () => Promise.reject(new TypeError("fetch failed"));
    let most = 0;
    for (let index = 0; index < 2500; index += 1) {
      const calls = [
        call({ signal }, { fetch }),
        call({ signal }, { fetch }).result(),
        call({ signal }, { fetch: failing }).catch(() => undefined),
        call({ signal, headers: { "a b": "" } }).catch(() => undefined),
      ];
      most = Math.max(most, listeners(signal));
      await Promise.all(calls);
      expect(listeners(signal)).toBe(0);
    }
    expect(most).toBeLessThanOrEqual(1);
  });

  it("real calls leave none either", async () => {
    const { signal } = new AbortController();
    for (let index = 0; index < 50; index += 1) {
      await Promise.all([
        call({ signal }),
        call({ signal }).withResponse(),
        call({ signal, timeout: 0 }).result(),
      ]);
      expect(listeners(signal)).toBe(0);
    }
  });

  it("a stream lets go when it ends", async () => {
    const { signal } = new AbortController();
    server.answer(always(200, { "content-type": "text/event-stream" }, "data: 1\n\ndata: 2\n\n"));
    const whole = await open(signal);
    expect(listeners(signal)).toBe(1);
    const seen: string[] = [];
    for await (const { data } of whole.events({ reconnect: false })) seen.push(data);
    expect(seen).toEqual(["1", "2"]);
    expect(listeners(signal)).toBe(0);
    for await (const { data } of await open(signal)) {
      if (data === "1") break;
    }
    expect(listeners(signal)).toBe(0);
    await (await open(signal)).cancel();
    expect(listeners(signal)).toBe(0);
  });

  describe.each<{ what: string; make: (signal: AbortSignal) => Promise<unknown> }>([
    { what: "awaited", make: async (signal) => call({ signal }) },
    {
      what: "not awaited",
      make: async (signal) => {
        call({ signal });
        return Promise.resolve();
      },
    },
    { what: "awaited failures", make: async (signal) => call({ signal, timeout: 1 }).catch(never) },
    {
      what: "asResponse, body read",
      make: async (signal) => (await call({ signal }).asResponse()).text(),
    },
    {
      what: "asResponse, body not read",
      make: async (signal) => {
        await call({ signal }).asResponse();
      },
    },
    {
      what: "a stream that nobody reads",
      make: async (signal) => {
        server.answer((_request, response) => {
          response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
        });
        await open(signal);
      },
    },
  ])("$what", ({ make }) => {
    it.each([
      { how: "at once", inTurn: false },
      { how: "one after the other", inTurn: true },
    ])("30 calls $how: never more than one listener, in the end none", async ({ inTurn }) => {
      const warnings: Error[] = [];
      const warn = (warning: Error): number => warnings.push(warning);
      process.on("warning", warn);
      const { signal } = new AbortController();
      const calls: Promise<unknown>[] = [];
      let most = 0;
      for (let index = 0; index < 30; index += 1) {
        const made = make(signal);
        most = Math.max(most, listeners(signal));
        if (inTurn) await made;
        else calls.push(made);
      }
      await Promise.all(calls.splice(0));
      await expect.poll(() => server.requests.length).toBe(30);
      most = Math.max(most, listeners(signal));
      expect(most).toBeLessThanOrEqual(1);
      await expect
        .poll(
          () => {
            collect();
            return listeners(signal);
          },
          { timeout: 5000 },
        )
        .toBe(0);
      expect(warnings).toEqual([]);
      process.off("warning", warn);
    });
  });

  it("bodies that nobody will read are closed", async () => {
    const { signal } = new AbortController();
    let closed = 0;
    server.answer((_request, response) => {
      response.on("close", () => (closed += 1));
      response.writeHead(200, JSON_TYPE).write(Buffer.alloc(5_000_000, " "));
    });
    for (let index = 0; index < 30; index += 1) void call({ signal });
    await expect.poll(() => server.requests.length).toBe(30);
    await expect
      .poll(
        () => {
          collect();
          return [closed, listeners(signal)];
        },
        { timeout: 5000 },
      )
      .toEqual([30, 0]);
  });

  it("an abort ends all of them, in whatever state they are", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new Error("enough");
    let closed = 0;
    server.answer((request, response) => {
      response.on("close", () => (closed += 1));
      half(request, response);
    });
    const waiting = Array.from({ length: 10 }, () => call({ signal }));
    const read = Array.from({ length: 10 }, async () => failureOf(call({ signal })));
    const given = Array.from({ length: 10 }, async () =>
      failureOf((await call({ signal }).asResponse()).text()),
    );
    await expect.poll(() => server.requests.length).toBe(30);
    await new Promise((resolve) => setTimeout(resolve, 50));
    collect();
    expect(listeners(signal)).toBe(1);
    controller.abort(reason);
    expect(listeners(signal)).toBe(0);
    await expect.poll(() => closed).toBe(30);
    const failures = await Promise.all([...waiting.map(failureOf), ...read, ...given]);
    expect(failures.filter((failure) => failure !== reason)).toEqual([]);
  });

  it("an empty body needs no signal", async () => {
    const { signal } = new AbortController();
    server.answer(always(204));
    await call({ signal }).asResponse();
    expect(listeners(signal)).toBe(0);
  });
});
