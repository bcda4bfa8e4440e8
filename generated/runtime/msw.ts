import { resolveTarget } from "./base-url.js";
import { fakeResponse, FakeReply } from "./fake-response.js";
import type { FakeAnswer, FakeContext, ParamsOf, ResponsesOf } from "./fake-types.js";
import { isJson, essence } from "./media-type.js";
import type { HeaderValues } from "./options.js";
import type { Service } from "./service.js";

/*
 * What the generated `msw.ts` is made of. It gets Mock Service Worker's `http` from there, and needs no package itself.
 */

/** The part of Mock Service Worker's `http` that is used. */
export interface Http<Handler> {
  readonly all: (
    path: RegExp,
    resolver: (info: { readonly request: Request }) => Promise<Response | undefined>,
  ) => Handler;
}

/**
 * Makes a handler of one operation from what it answers: the body of a 200, `undefined` for a 204, or a function that
 * gives one of these, or what its `reply` made. Where an operation has several handlers, the one in front counts.
 */
export type HandlerFactory<Api, Name extends keyof Api, Keys extends string, Handler> = (
  answer:
    | FakeAnswer<ResponsesOf<Api[Name]>>
    | ((
        call: HandledCall<Api[Name], Keys>,
      ) => FakeAnswer<ResponsesOf<Api[Name]>> | Promise<FakeAnswer<ResponsesOf<Api[Name]>>>),
  options?: HandlerOptions,
) => Handler;

/** Where requests of an operation are answered. */
export interface HandlerOptions {
  /**
   * The base URL of the client whose requests are answered. By default those to all origins are, with and without the
   * path of the document's server.
   */
  readonly baseUrl?: string | URL | undefined;
}

/** A request that is to be answered. */
export interface HandledCall<Method, Keys extends string> {
  readonly request: Request;
  /** The parameters in the path: decoded, but not read, so that numbers are texts. */
  readonly params: Readonly<Record<Keys, string>>;
  readonly query: URLSearchParams;
  /** The decoded body, if it is JSON; other bodies are read by the methods of `request`. It can be read once. */
  readonly json: () => Promise<
    ParamsOf<Method> extends { readonly body?: infer Body } ? Body : never
  >;
  /** Makes an answer of any documented status, or of any error, as in fakes. */
  readonly reply: FakeContext<ResponsesOf<Method>>["reply"];
}

/** What tells the requests of an operation from all others. */
export interface Route {
  readonly method: string;
  /** The document's path template, such as `/videos/{id}`. */
  readonly path: string;
  /** What its query always has. */
  readonly query?: Readonly<Record<string, string>>;
  /** The parameters of the path whose values may have slashes. */
  readonly wide?: readonly string[];
}

/** Makes what makes handlers of one operation. */
export function handler<Api, Name extends keyof Api, Keys extends string, Handler>(
  http: Http<Handler>,
  service: Service,
  route: Route,
): HandlerFactory<Api, Name, Keys, Handler> {
  const factory = (answer: unknown, { baseUrl }: HandlerOptions = {}): Handler => {
    const bases = baseUrl === undefined ? ANYWHERE : [baseUrl];
    const starts = bases.flatMap((base) => startsOf(service, base));
    const url = `^(?:${[...new Set(starts)].join("|")})`;
    return http.all(new RegExp(`${url}${pattern(route, "(?:")}$`), async ({ request }) => {
      const called = new URL(request.url);
      const values = new RegExp(`${pattern(route, "(")}$`).exec(called.pathname);
      if (values === null || !isOf(route, request.method, called.searchParams)) return undefined;
      const given =
        typeof answer === "function"
          ? await (answer as (call: object) => unknown)(callOf(request, called, route, values))
          : answer;
      return fakeResponse(given, request.headers.get("accept") ?? "*/*");
    });
  };
  return factory;
}

/** Stands for every origin. */
const ANYWHERE = ["https://any.invalid"];

/** How the URLs of a base begin, as regular expressions. */
function startsOf(service: Service, baseUrl: string | URL): readonly string[] {
  const refuse = (problem: string): Error => new TypeError(`${service.name}: ${problem}`);
  const { url } = resolveTarget(service, undefined, { baseUrl }, {}, refuse);
  if (baseUrl !== ANYWHERE[0]) return [escaped(url)];
  const { pathname } = new URL(url);
  return ["https?://[^/]+", `https?://[^/]+${escaped(pathname.replace(/\/$/, ""))}`];
}

function isOf({ method, query = {} }: Route, called: string, sent: URLSearchParams): boolean {
  const fixed = Object.entries(query);
  return method === called && fixed.every(([name, value]) => sent.get(name) === value);
}

/** The path as a regular expression, in which each value is a group of the kind that is given. */
function pattern({ path, wide = [] }: Route, group: "(" | "(?:"): string {
  return path
    .split(/(\{[^{}]*\})/)
    .map((part) => {
      const name = /^\{(.*)\}$/.exec(part)?.[1];
      if (name === undefined) return escaped(encoded(part));
      return wide.includes(name) ? `${group}.+?)` : `${group}[^/]+?)`;
    })
    .join("");
}

/** Text of a path as it stands in a URL. */
function encoded(text: string): string {
  return new URL(`https://any.invalid/${text}`).pathname.slice(1);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function callOf(
  request: Request,
  { searchParams }: URL,
  { path }: Route,
  [, ...values]: readonly string[],
): HandledCall<never, string> {
  const names = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
  const params = names.map((name, index) => [name, decoded(values[index] ?? "")] as const);
  return {
    request,
    params: Object.fromEntries(params),
    query: searchParams,
    json: async () => {
      const type = essence(request.headers.get("content-type") ?? "");
      if (!isJson(type))
        throw new TypeError(`The body is ${type || "missing"}, not JSON: read request.`);
      return request.json() as Promise<unknown>;
    },
    reply: (status: number, body?: unknown, headers?: HeaderValues) =>
      new FakeReply(status, body, headers),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
