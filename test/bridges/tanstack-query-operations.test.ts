import { MutationObserver, QueryClient } from "@tanstack/query-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type {
  InfiniteQuery,
  Mutation,
  Query,
  QueryPage,
} from "../../templates/runtime/tanstack-query.js";
import { answersOf, comparable, type SampleAnswer } from "../services/support/answers.js";
import { argumentsFor } from "../services/support/arguments.js";
import { authFor, CREDENTIALS } from "../services/support/calls.js";
import { findMethods, methodName } from "../services/support/client.js";
import { readDocument, type Operation } from "../services/support/document.js";
import { bridgedFiles, useClients } from "./support/bridged.js";
import { acceptOf, isPage, isSuccess, NAMED_SERVICES } from "./support/operations.js";

/*
 * Every operation of every client through its options for TanStack Query, in the real library: the data in the cache
 * are what the document says.
 */

const BASE = "https://service.example";

type Api = object;
type Client = new (options: object) => object;
type Factories = Readonly<Record<string, (api: Api, params?: object) => object>>;

const writeClient = useClients();
const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
afterEach(() => {
  queryClient.clear();
});

describe.each(NAMED_SERVICES)("$service", ({ service, className }) => {
  const document = readDocument(service);
  const called = document.operations.filter((one) => !isPage(one) && !isStream(one));
  let create: Client;
  let factories: Factories;

  beforeAll(async () => {
    const load = writeClient(service, await bridgedFiles(service, className, ["tanstack-query"]));
    create = (await load("index.ts"))[className] as Client;
    factories = (await load("tanstack-query.ts")) as Factories;
  }, 60_000);

  it("has options for these operations, and for no others", () => {
    const names = Object.keys(factories).filter((name) => !/(?:Key|Infinite)$/.test(name));
    expect(names.sort()).toEqual(called.map(optionsName).sort());
  });

  it.each(called)("$operationId", async (operation) => {
    const answers = answersOf(operation, document);
    const sample = argumentsFor(operation, document, false).params;
    const takesParams = operation.parameters.length > 0 || operation.body !== undefined;
    for (const answer of answers.filter(isSuccess)) {
      queryClient.clear();
      const api = apiOf(create, operation, answer);
      const params = takesParams ? { ...sample, ...acceptOf(answer, answers) } : undefined;
      const value = await throughLibrary(factories[optionsName(operation)]?.(api, params), params);
      expect(await comparable(value)).toEqual(answer.value ?? emptyOf(operation));
      const list = factories[`${methodName(operation.operationId)}Infinite`]?.(api, params);
      if (list === undefined) continue;
      const { pages } = await queryClient.infiniteQuery({ ...(list as Infinite), pages: 1 });
      expect(pages.map(({ data }) => data)).toEqual([answer.value]);
      expect(pages.map(({ items }) => Array.isArray(items))).toEqual([true]);
    }
  });
});

type Infinite = InfiniteQuery<QueryPage<unknown, unknown>>;

/** What a component would get, by a query or by a mutation. */
async function throughLibrary(options: object | undefined, params?: object): Promise<unknown> {
  if (options === undefined) throw new Error("no options");
  if ("mutationFn" in options) {
    const mutation = options as Mutation<object | undefined, unknown>;
    return new MutationObserver(queryClient, mutation).mutate(params);
  }
  const query = options as Query<unknown>;
  const key = JSON.stringify(query.queryKey);
  for (const { sent } of Object.values(CREDENTIALS)) expect(key).not.toContain(sent);
  const data = await queryClient.query(query);
  expect(queryClient.getQueryData(query.queryKey)).toBe(data);
  return data;
}

/** The class that has an operation, in a client to which everything is answered alike. */
function apiOf(create: Client, operation: Operation, { status, headers, body }: SampleAnswer): Api {
  const bytes = body === undefined ? null : new Uint8Array(Buffer.from(body));
  const client = new create({
    baseUrl: BASE,
    auth: authFor(operation.security[0] ?? {}),
    retry: 0,
    fetch: () => Promise.resolve(new Response(bytes, { status, headers })),
  });
  const [found] = findMethods(client, methodName(operation.operationId));
  return Reflect.get(client, found?.property ?? "") as Api;
}

function optionsName({ operationId, method }: Operation): string {
  return `${methodName(operationId)}${method === "GET" ? "Query" : "Mutation"}`;
}

/** What stands for no body: queries cannot give `undefined`. */
function emptyOf({ method }: Operation): null | undefined {
  return method === "GET" ? null : undefined;
}

function isStream({ responses }: Operation): boolean {
  return Object.keys(responses["200"]?.content ?? {}).includes("text/event-stream");
}
