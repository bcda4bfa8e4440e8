import type { ApiClass, View } from "./api-class.js";
import { asUrl } from "./as-url.js";
import type { Call } from "./call.js";
import type { ParamsOf, ResponsesOf } from "./fake-types.js";
import type { CallOptions } from "./options.js";
import type { PagedPromise } from "./paged-promise.js";
import type { Page } from "./pages.js";
import type { Data } from "./responses.js";
import { startingAt } from "./starting-at.js";

/*
 * What the generated `tanstack-query.ts` is made of. It makes plain options, as every adapter of TanStack Query
 * takes them (React, Vue, Solid, Svelte, Angular), and needs no package itself.
 */

/** What a query is cached by: service, base URL, class, operation and parameters, from the widest to the narrowest. */
export type QueryKey = readonly [service: string, baseUrl: string, ...narrower: readonly unknown[]];

/** Options for `useQuery` and its like. */
export interface Query<Result> {
  readonly queryKey: QueryKey;
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<Result>;
}

/** Options for `useInfiniteQuery` and its like. */
export interface InfiniteQuery<Result> {
  readonly queryKey: QueryKey;
  readonly queryFn: (context: {
    readonly signal: AbortSignal;
    readonly pageParam: string | null;
  }) => Promise<Result>;
  readonly initialPageParam: string | null;
  readonly getNextPageParam: (last: Cursors) => string | undefined;
  readonly getPreviousPageParam: (first: Cursors) => string | undefined;
}

/** Options for `useMutation` and its like. */
export interface Mutation<Variables, Result> {
  readonly mutationKey: QueryKey;
  readonly mutationFn: (variables: Variables) => Promise<Result>;
}

interface Cursors {
  readonly next: string | undefined;
  readonly prev: string | undefined;
}

/** A page as it is cached: data only. */
export interface QueryPage<Body, Item> extends Cursors {
  readonly items: readonly Item[];
  /** How many items all pages have together, where the service says so. */
  readonly total: number | undefined;
  /** The decoded body. */
  readonly data: Body;
}

/** Makes the options of a query from the class, or its property of the client, and what its method takes. */
export interface QueryFactory<Api, Name extends keyof Api> {
  (api: Api, ...params: Arguments<Api[Name]>): Query<Cached<Data<ResponsesOf<Api[Name]>>>>;
  /** What the keys of all these queries begin with, whatever their parameters. */
  readonly key: (api: Api) => QueryKey;
}

/** Makes the options of a query that goes through the pages of a list. */
export interface InfiniteQueryFactory<Api, Name extends keyof Api> {
  (api: Api, ...params: Arguments<Api[Name]>): InfiniteQuery<PageOf<Api[Name]>>;
  /** What the keys of all these queries begin with, whatever their parameters. */
  readonly key: (api: Api) => QueryKey;
}

/** Makes the options of a mutation. Its variables are what the method takes. */
export type MutationFactory<Api, Name extends keyof Api> = (
  api: Api,
) => Mutation<Variables<Api[Name]>, Data<ResponsesOf<Api[Name]>>>;

/** What the keys of all queries of a class begin with. */
export type KeyFactory<Api> = (api: Api) => QueryKey;

/** What a method takes before its options. */
type Arguments<Method> = Method extends (...args: infer All extends readonly unknown[]) => unknown
  ? 2 extends All["length"]
    ? 0 extends All["length"]
      ? [params?: ParamsOf<Method>]
      : [params: ParamsOf<Method>]
    : []
  : never;

/** The variables of a mutation; those that may be left out may be left out of `mutate()`, too. */
type Variables<Method> =
  Arguments<Method> extends [unknown]
    ? ParamsOf<Method>
    : // Only `void` lets an argument be left out.
      (Arguments<Method> extends [] ? undefined : ParamsOf<Method> | undefined) | void;

/** A query cannot give `undefined`, which is how TanStack Query tells that there is no data yet. */
type Cached<Result> = Result extends undefined ? null : Result;

type PageOf<Method> = Method extends (...args: never) => PagedPromise<infer Responses, infer Item>
  ? QueryPage<Data<Responses>, Item>
  : never;

/** Makes what gives the beginning of all keys of a class, which is a property of the client. */
export function queryKey<Api extends ApiClass>(service: string, property: string): KeyFactory<Api> {
  return (api) => [service, baseUrlOf(api), property];
}

/** Makes what gives the options of queries of one operation. */
export function query<Api extends ApiClass, Name extends keyof Api & string>(
  classKey: KeyFactory<Api>,
  name: Name,
  shape?: MethodShape,
): QueryFactory<Api, Name> {
  const key = operationKey(classKey, name);
  const factory = (api: Api, params?: object): Query<unknown> => ({
    queryKey: [...key(api), keyed(params)],
    queryFn: async ({ signal }) => (await send(api, name, shape, params, { signal })) ?? null,
  });
  return Object.assign(factory, { key }) as QueryFactory<Api, Name>;
}

/** Makes what gives the options of queries that go through the pages of one list. */
export function infiniteQuery<Api extends ApiClass, Name extends keyof Api & string>(
  classKey: KeyFactory<Api>,
  name: Name,
  shape?: MethodShape,
): InfiniteQueryFactory<Api, Name> {
  const key = operationKey(classKey, name);
  const factory = (api: Api, params?: object): InfiniteQuery<unknown> => ({
    queryKey: [...key(api), keyed(params), "pages"],
    queryFn: async ({ signal, pageParam }) => {
      const options = startingAt(pageParam, { signal });
      return firstPage(send(api, name, shape, params, options) as Paged);
    },
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
    getPreviousPageParam: ({ prev }) => prev,
  });
  return Object.assign(factory, { key }) as InfiniteQueryFactory<Api, Name>;
}

/** Makes what gives the options of mutations of one operation. */
export function mutation<Api extends ApiClass, Name extends keyof Api & string>(
  classKey: KeyFactory<Api>,
  name: Name,
  shape?: MethodShape,
): MutationFactory<Api, Name> {
  const key = operationKey(classKey, name);
  const factory = (api: Api): Mutation<object | undefined, unknown> => ({
    mutationKey: key(api),
    mutationFn: (params) => Promise.resolve(send(api, name, shape, params, {})),
  });
  return factory as MutationFactory<Api, Name>;
}

/** What of a method cannot be seen at run time. */
export interface MethodShape {
  /** `false` where it takes options alone. */
  readonly params: false;
}

function operationKey<Api>(classKey: KeyFactory<Api>, name: string): KeyFactory<Api> {
  return (api) => [...classKey(api), name];
}

function send(
  api: ApiClass,
  name: string,
  shape: MethodShape | undefined,
  params: object | undefined,
  options: CallOptions,
): unknown {
  const methods = api as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>;
  return shape === undefined ? methods[name]?.(params, options) : methods[name]?.(options);
}

/** What is needed here of a promise of pages. */
interface Paged {
  readonly pages: () => AsyncIterator<Page<unknown, unknown>>;
}

async function firstPage(list: Paged): Promise<QueryPage<unknown, unknown>> {
  const first = (await list.pages().next()) as IteratorYieldResult<Page<unknown, unknown>>;
  const { data, items, total, cursors } = first.value;
  return { data, items, total, ...cursors };
}

/** Tells the data of two servers apart; what is wrong with the options, the call itself tells. */
function baseUrlOf(api: ApiClass): string {
  try {
    // The way of the class to its transport, which is nobody else's business.
    const { request } = api as unknown as {
      readonly request: (call: Call, options: undefined, view: View<URL>) => URL;
    };
    return request.call(api, NOWHERE, undefined, asUrl).href;
  } catch {
    return "";
  }
}

const NOWHERE: Call = { operationId: "", method: "GET", path: "/", security: [] };

/** The parameters as they are cached: a key is written as JSON, which has no integers of any size. */
function keyed(params: object = {}): unknown {
  const text = JSON.stringify(params, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  return JSON.parse(text) as unknown;
}
