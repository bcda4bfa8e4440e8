import { execFile } from "node:child_process";
import { describe, expect, expectTypeOf, it } from "vitest";
import { ConnectionError, TimeoutError } from "../../templates/runtime/errors.js";
import { createFake, FakeError, type Fake } from "../../templates/runtime/fake.js";
import type { FakeHandlers } from "../../templates/runtime/fake-types.js";
import type { Middleware } from "../../templates/runtime/middleware.js";
import { repository } from "../support/repository.js";
import { failureOf } from "./support/api.js";
import { Pets, type Pet } from "./support/fake-client.js";

const CAT: Pet = { id: "1", kind: "cat" };

/** A fake whose calls without handlers only reject: one would fail this test, as it should. */
function quietFake(handlers: FakeHandlers<Pets>): Fake<Pets> {
  return createFake(Pets, handlers, { onUnmatched: () => undefined });
}

describe("a handler", () => {
  it("is the body of a success", async () => {
    const { client } = createFake(Pets, { "pets.get": CAT, "pets.list": [CAT] });
    expect(client).toBeInstanceOf(Pets);
    expect(await client.pets.get({ id: "1" }).result()).toMatchObject({ status: 200, data: CAT });
    expect(await client.pets.list()).toEqual([CAT]);
    // What arrives has been encoded and decoded: nobody shares it with the test.
    expect(await client.pets.get({ id: "1" })).not.toBe(CAT);
  });

  it("is undefined for a success without a body", async () => {
    const { client } = createFake(Pets, { "pets.get": undefined });
    expect(await client.pets.get({ id: "1" }).result()).toMatchObject({
      status: 204,
      data: undefined,
    });
  });

  it("is a function of the parameters", async () => {
    const { client } = createFake(Pets, {
      "pets.get": ({ id }) => ({ ...CAT, id }),
      "pets.list": ({ limit = 1 }) => Promise.resolve(new Array<Pet>(limit).fill(CAT)),
    });
    expect(await client.pets.get({ id: "7" })).toEqual({ ...CAT, id: "7" });
    expect(await client.pets.list({ limit: 3 })).toHaveLength(3);
    expect(await client.pets.list()).toHaveLength(1);
  });

  it("replies with any status and header", async () => {
    const { client } = createFake(Pets, {
      "pets.get": (_, { reply }) =>
        reply(404, { code: 7 }, { "x-request-id": "r", absent: undefined }),
      "pets.create": ({ body }, { reply }) => reply(201, body),
      "pets.list": (_, { reply }) => reply(503, "<p>", { "content-type": "text/html" }),
      "pets.photo": (_, { reply }) => reply(500, "broken"),
    });
    const result = await client.pets.get({ id: "1" }).result();
    if (result.ok || result.status !== 404) throw new Error("no 404");
    expect(result.error.body).toEqual({ code: 7 });
    expect(result.error.requestId).toBe("r");
    expect(await client.pets.create({ body: CAT }).result()).toMatchObject({
      status: 201,
      data: CAT,
    });
    expect(await failureOf(client.pets.list())).toMatchObject({ status: 503, body: "<p>" });
    expect(await failureOf(client.pets.photo())).toMatchObject({ status: 500, body: "broken" });
  });

  it("answers what the document does not have", async () => {
    const fake = createFake(Pets, {
      request: ({ path }, { reply }) => (path === "/new" ? { a: 1 } : reply(404, "no such path")),
    });
    expect(await fake.client.request({ method: "GET", path: "/new" })).toEqual({ a: 1 });
    const lost = fake.client.request({ method: "GET", path: "/old" });
    expect(await failureOf(lost)).toMatchObject({ status: 404, body: "no such path" });
    expect(fake.paramsOf("request").map(({ path }) => path)).toEqual(["/new", "/old"]);
    const error = await failureOf(quietFake({}).client.request({ method: "GET", path: "/new" }));
    expect(error).toMatchObject({ name: "FakeError", operationName: "request" });
  });

  it("throws what the caller gets", async () => {
    const { client } = createFake(Pets, {
      "pets.list": (_, { operation }) => {
        throw new ConnectionError(operation, new Error("reset"));
      },
    });
    expect(await failureOf(client.pets.list())).toBeInstanceOf(ConnectionError);
  });

  it("sees the request", async () => {
    const seen: unknown[] = [];
    const { client } = createFake(Pets, {
      "pets.create": (_, { request, reply, attempt, operation }) => {
        seen.push(request.method, request.url, request.body, attempt, operation.operationId);
        return reply(201, CAT);
      },
    });
    await client.pets.create({ body: CAT });
    expect(seen).toEqual(["POST", "https://fake.invalid/pets", JSON.stringify(CAT), 1, "create"]);
  });
});

describe("an answer arrives as it does from a service", () => {
  it("a file", async () => {
    const png = new Blob(["x"], { type: "image/png" });
    for (const body of [png, new Uint8Array([120]), "x", png.stream()]) {
      const { client } = createFake(Pets, { "pets.photo": body });
      const photo = await client.pets.photo();
      expect(photo).toBeInstanceOf(Blob);
      expect(await photo.text()).toBe("x");
      expect(photo.type).toBe(body === png ? "image/png" : "application/octet-stream");
    }
  });

  it("one of several media types", async () => {
    const { client } = createFake(Pets, {
      "pets.export": ({ accept }) => (accept === "text/csv" ? "id;kind" : [CAT]),
    });
    expect(await client.pets.export({})).toEqual([CAT]);
    expect(await client.pets.export({ accept: "text/csv" })).toBe("id;kind");
  });

  it("events", async () => {
    const { client } = createFake(Pets, {
      "pets.watch": [
        { event: "born", data: "a\nb", id: "1" },
        { event: "born", data: "c" },
      ],
    });
    const events: unknown[] = [];
    for await (const event of await client.pets.watch()) {
      events.push(event);
      if (events.length === 2) break;
    }
    expect(events).toEqual([
      { event: "born", data: "a\nb", id: "1" },
      { event: "born", data: "c", id: "1" },
    ]);
  });

  it("events that are made one by one, until nobody listens", async () => {
    let made = 0;
    let isDone = false;
    const { client } = createFake(Pets, {
      "pets.watch": async function* () {
        try {
          for (;;)
            yield await Promise.resolve({ event: "born" as const, data: String((made += 1)) });
        } finally {
          isDone = true;
        }
      },
    });
    for await (const event of await client.pets.watch()) {
      // Time enough to make many more.
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (event.data === "3") break;
    }
    expect(made).toBeLessThan(6);
    expect(isDone).toBe(true);
  });

  it("an integer with all its digits", async () => {
    const { client } = createFake(Pets, { "pets.count": 9_007_199_254_740_993n });
    const response = await client.pets.count().asResponse();
    expect(await response.text()).toBe("9007199254740993");
  });
});

describe("a call without a handler", () => {
  it("rejects, says what is faked, and is told once more", async () => {
    const told: FakeError[] = [];
    const fake = createFake(
      Pets,
      { "pets.get": CAT, "pets.photo": "x" },
      { onUnmatched: (error) => told.push(error) },
    );
    fake.verify();
    const error = await failureOf(fake.client.pets.list({ limit: 1 }));
    expect(error).toBeInstanceOf(FakeError);
    expect(String(error)).toBe(
      "FakeError: list: GET /pets is not faked: createFake was given no pets.list, but pets.get, pets.photo",
    );
    expect(told).toEqual([error]);
    expect(fake.verify).toThrow(error);
  });

  it("is not sent again", async () => {
    const fake = createFake(Pets, {}, { retry: 2, onUnmatched: () => undefined });
    await failureOf(fake.client.pets.list());
    expect(fake.calls).toHaveLength(1);
  });

  it("fails a test that swallows the error", async () => {
    const file = repository("test/runtime/support/swallowed-call.ts");
    const loader = new URL("../../node_modules/tsx/dist/loader.mjs", import.meta.url).href;
    const args = ["--import", loader, "--test-reporter=tap", file];
    const { code, out } = await new Promise<{ code: unknown; out: string }>((resolve) => {
      execFile(process.execPath, args, (error, stdout) => {
        resolve({ code: error?.code, out: stdout });
      });
    });
    expect(code).toBe(1);
    expect(out).toMatch(/^not ok \d+ - swallows/m);
    expect(out).toMatch(/^ok \d+ - answers/m);
    expect(out).toContain("no pets.list");
  }, 30_000);
});

describe("what was called", () => {
  it("is kept in order, with parameters", async () => {
    const fake = quietFake({ "pets.get": CAT, "pets.count": 1n, "pets.list": [] });
    const { pets } = fake.client;
    await pets.count({ timeout: 1_000 });
    await pets.get({ id: "1" }, { timeout: 1_000 });
    await pets.list();
    await pets.list(undefined, { timeout: 1_000 });
    await failureOf(pets.watch());
    expect(fake.calls).toEqual([
      { name: "pets.count", params: {} },
      { name: "pets.get", params: { id: "1" } },
      { name: "pets.list", params: {} },
      { name: "pets.list", params: {} },
      { name: "pets.watch", params: {} },
    ]);
    expect(fake.paramsOf("pets.get")).toEqual([{ id: "1" }]);
    expect(fake.paramsOf("pets.photo")).toEqual([]);
    expectTypeOf(fake.paramsOf("pets.get")).toEqualTypeOf<readonly { readonly id: string }[]>();
  });
});

describe("everything else is real", () => {
  it("a parameter that cannot be sent is refused", async () => {
    const fake = createFake(Pets, { "pets.get": CAT });
    expect(await failureOf(fake.client.pets.get({ id: ".." }))).toMatchObject({
      name: "ConfigurationError",
    });
  });

  it("middleware of client and call runs, around the answer", async () => {
    const seen: string[] = [];
    const note =
      (name: string): Middleware =>
      async (context, next) => {
        const response = await next();
        seen.push(`${name} ${context.operation.operationId} ${response.status}`);
        return response;
      };
    const { client } = createFake(Pets, { "pets.list": [] }, { middleware: [note("client")] });
    await client.pets.list({}, { middleware: [note("call")] });
    expect(seen).toEqual(["call list 200", "client list 200"]);
  });

  it("retries, where they are asked for", async () => {
    const handlers: FakeHandlers<Pets> = {
      "pets.list": (_, { attempt, reply }) => (attempt === 1 ? reply(503, "") : [CAT]),
    };
    const once = createFake(Pets, handlers);
    expect(await failureOf(once.client.pets.list())).toMatchObject({ status: 503 });
    const fake = createFake(Pets, handlers, { retry: { limit: 1, baseDelay: 1 } });
    expect(await fake.client.pets.list()).toEqual([CAT]);
    expect(fake.calls).toHaveLength(1);
  });

  it("timeouts and signals end a call that is not answered", async () => {
    const never = new Promise<never>(() => undefined);
    const { client } = createFake(Pets, { "pets.list": () => never });
    expect(await failureOf(client.pets.list({}, { timeout: 1 }))).toBeInstanceOf(TimeoutError);
    const signal = AbortSignal.abort("enough");
    expect(await failureOf(client.pets.list({}, { signal }))).toBe("enough");
  });

  it("a URL is a URL", () => {
    const { client, calls } = createFake(Pets, {}, { baseUrl: "https://a.example/b" });
    expect(client.pets.page().href).toBe("https://a.example/b/page");
    expect(calls).toEqual([]);
  });
});

describe("credentials", () => {
  const tokens: (string | null)[] = [];
  const handlers: FakeHandlers<Pets> = {
    "pets.get": (_, { request, reply }) => {
      const token = request.headers.get("authorization");
      tokens.push(token);
      return token === "Bearer old" ? reply(404, { code: 1 }) : CAT;
    },
  };

  it("are not needed", async () => {
    tokens.length = 0;
    const { client } = createFake(Pets, handlers);
    expect(await client.pets.get({ id: "1" })).toEqual(CAT);
    expect(tokens).toEqual([null]);
  });

  it("count once there are any", async () => {
    tokens.length = 0;
    const { client } = createFake(Pets, handlers, { auth: { Token: () => "old" } });
    expect(await failureOf(client.pets.get({ id: "1" }))).toMatchObject({ status: 404 });
    await client.pets.get({ id: "1" }, { auth: { Token: "own" } });
    const open = createFake(Pets, handlers);
    await open.client.pets.get({ id: "1" }, { auth: { Token: "call" } });
    const without = createFake(Pets, handlers, { auth: {} });
    expect(await failureOf(without.client.pets.get({ id: "1" }))).toMatchObject({
      name: "MissingCredentialsError",
    });
    expect(tokens).toEqual(["Bearer old", "Bearer own", "Bearer call"]);
  });
});
