import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bridgedFiles, useClients } from "./support/bridged.js";

/* Handlers for Mock Service Worker, in the real library, asked by the real clients through the platform's fetch. */

const writeClient = useClients();
const server = setupServer();

type Factory = (answer: unknown, options?: { readonly baseUrl?: string }) => never;
type Call = (params?: object) => Promise<unknown>;
type Client = Readonly<Record<string, Readonly<Record<string, Call>>>>;

let handlers: Readonly<Record<string, Factory>>;
let newClient: (options: object) => Client;

beforeAll(async () => {
  server.listen({ onUnhandledRequest: "error" });
  const load = writeClient("sftpgo", await bridgedFiles("sftpgo", "SFTPGo", ["msw"]));
  const { SFTPGo } = (await load("index.ts")) as {
    SFTPGo: new (options: object) => Client;
  };
  newClient = (options) =>
    new SFTPGo({
      auth: { BearerAuth: "t", BasicAuth: { username: "u", password: "p" } },
      retry: 0,
      ...options,
    });
  handlers = (await load("msw.ts")) as Readonly<Record<string, Factory>>;
}, 60_000);
afterEach(() => {
  server.resetHandlers();
});
afterAll(() => {
  server.close();
});

function made(name: string, ...args: Parameters<Factory>): never {
  const factory = handlers[name];
  if (factory === undefined) throw new Error(`no ${name}`);
  return factory(...args);
}

const baseUrl = "https://files.example";

describe("a handler", () => {
  it("answers with a value", async () => {
    server.use(made("getUsersHandler", [{ username: "alice" }]));
    expect(await newClient({ baseUrl })["users"]?.["getUsers"]?.()).toEqual([
      { username: "alice" },
    ]);
  });

  it("is told path, query and body, decoded", async () => {
    const seen: unknown[] = [];
    server.use(
      made(
        "updateUserHandler",
        async (call: { params: object; query: URLSearchParams; json: () => Promise<unknown> }) => {
          seen.push(call.params, call.query.get("disconnect"), await call.json());
          return { message: "OK" };
        },
      ),
    );
    const body = { username: "a b" };
    await newClient({ baseUrl })["users"]?.["updateUser"]?.({
      username: "a/b ü",
      disconnect: 1,
      body,
    });
    expect(seen).toEqual([{ username: "a/b ü" }, "1", body]);
  });

  it.each([
    ["a status of its own", 404, { name: "ApiError", status: 404 }],
    ["a status that the document does not have", 503, { name: "ApiError", status: 503 }],
  ])("answers with %s", async (_title, status, error) => {
    server.use(
      made("getUserByUsernameHandler", ({ reply }: { reply: (...args: unknown[]) => unknown }) =>
        reply(status, { message: "no" }),
      ),
    );
    const call = newClient({ baseUrl })["users"]?.["getUserByUsername"]?.({ username: "x" });
    await expect(call).rejects.toMatchObject(error);
  });

  it("is for the client of one base URL, where it is given one", async () => {
    server.use(made("getUsersHandler", [], { baseUrl: "https://one.example/prefix" }));
    const calls = ["https://one.example/prefix", "https://two.example/prefix"].map((url) =>
      Promise.resolve(newClient({ baseUrl: url })["users"]?.["getUsers"]?.()),
    );
    const [first, second] = await Promise.allSettled(calls);
    expect(first?.status).toBe("fulfilled");
    expect(second?.status).toBe("rejected");
  });

  it("leaves other methods and longer paths of the same beginning to others", async () => {
    server.use(
      made("getUsersHandler", [{ username: "list" }]),
      made("getUserByUsernameHandler", { username: "one" }),
      made("deleteUserHandler", { message: "gone" }),
    );
    const { users } = newClient({ baseUrl });
    expect(await users?.["deleteUser"]?.({ username: "x" })).toEqual({ message: "gone" });
    expect(await users?.["getUserByUsername"]?.({ username: "x" })).toEqual({ username: "one" });
    expect(await users?.["getUsers"]?.()).toEqual([{ username: "list" }]);
  });

  it("in front of another one of the same operation counts", async () => {
    server.use(made("getUsersHandler", [{ username: "first" }]));
    server.use(made("getUsersHandler", [{ username: "second" }]));
    expect(await newClient({ baseUrl })["users"]?.["getUsers"]?.()).toEqual([
      { username: "second" },
    ]);
  });
});
