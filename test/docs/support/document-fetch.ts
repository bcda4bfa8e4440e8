import { Buffer } from "node:buffer";
import type { RecordedRequest } from "../../runtime/support/server.js";
import { answersOf, type SampleAnswer } from "../../services/support/answers.js";
import type { ApiDocument, Operation } from "../../services/support/document.js";
import { fits, readRequest } from "../../services/support/read-request.js";

/** A request that was made, as the document understands it. */
export interface Exchange {
  /** The operation; `undefined` where the document has none like it. */
  readonly operationId: string | undefined;
  /** The schemes whose credentials it has, sorted. */
  readonly schemes: readonly string[];
  /** Whatever the document does not allow. */
  readonly problems: readonly string[];
}

/** A service that knows nothing but its document. */
export interface DocumentService {
  /** To be taken for the global `fetch`. */
  readonly fetch: typeof globalThis.fetch;
  /** Since it was asked last. */
  readonly takeExchanges: () => readonly Exchange[];
}

/** Answers every request with the first success that its document has, and reads it as the document describes it. */
export function documentService(document: ApiDocument): DocumentService {
  let exchanges: Exchange[] = [];
  const find = operationFinder(document);
  return {
    async fetch(input, init) {
      const request = await recorded(new Request(input, init));
      const operation = find(request);
      exchanges.push(exchangeOf(request, operation, document));
      const again = exchanges.filter(({ operationId }) => operationId === operation?.operationId);
      return operation === undefined
        ? new Response(null, { status: 404 })
        : answer(operation, request, document, again.length > 1);
    },
    takeExchanges() {
      const taken = exchanges;
      exchanges = [];
      return taken;
    },
  };
}

/** What a request that somebody else makes, such as a browser, is to the document. */
export async function visited(url: URL, document: ApiDocument): Promise<Exchange> {
  const request = await recorded(new Request(url));
  return exchangeOf(request, operationFinder(document)(request), document);
}

function exchangeOf(
  request: RecordedRequest,
  operation: Operation | undefined,
  document: ApiDocument,
): Exchange {
  const { method, url } = request;
  if (operation === undefined)
    return { operationId: undefined, schemes: [], problems: [`${method} ${url}: no operation`] };
  const schemes = schemesOf(request, operation, document);
  const keys = Object.values(document.securitySchemes).map(({ name }) => name ?? "");
  const { problems } = readRequest(request, operation, document, keys);
  return { operationId: operation.operationId, schemes, problems };
}

async function recorded(request: Request): Promise<RecordedRequest> {
  const { pathname, search } = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  return {
    method: request.method,
    url: pathname + search,
    headers,
    rawHeaders: Object.entries(headers).flat(),
    body: Buffer.from(await request.arrayBuffer()),
  };
}

/** Finds the operation of a request; of several that are like it, the one with most that is fixed. */
function operationFinder({
  operations,
}: ApiDocument): (request: RecordedRequest) => Operation | undefined {
  const routes = operations
    .map((operation) => ({ operation, route: routeOf(operation.path) }))
    .sort((one, other) => openParts(one.operation) - openParts(other.operation));
  return ({ method, url }) => {
    const [path = ""] = url.split("?");
    return routes.find((one) => one.operation.method === method && one.route.test(path))?.operation;
  };
}

function openParts({ path }: Operation): number {
  return path.split("{").length;
}

function routeOf(path: string): RegExp {
  const parts = path.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]+")}$`);
}

/** The schemes of an operation of which a request has credentials; those that look alike are all told. */
function schemesOf(
  { headers, url }: RecordedRequest,
  { security }: Operation,
  { securitySchemes }: ApiDocument,
): readonly string[] {
  const { searchParams } = new URL(url, "http://service.test");
  const [kind = ""] = String(headers["authorization"] ?? "").split(" ");
  const names = new Set(security.flatMap((alternative) => Object.keys(alternative)));
  const found = Object.entries(securitySchemes).filter(
    ([name, { type, scheme, in: place, name: key = "" }]) => {
      // Without security there is no scheme to have; whatever is there then is too much.
      if (names.size > 0 && !names.has(name)) return false;
      if (type === "apiKey")
        return place === "query" ? searchParams.has(key) : headers[key.toLowerCase()] !== undefined;
      return kind.toLowerCase() === (type === "http" ? scheme?.toLowerCase() : "bearer");
    },
  );
  return found.map(([name]) => name).sort();
}

/** The first success that is accepted. What is asked for again is over: a stream ends, and a list has no more. */
function answer(
  operation: Operation,
  { headers }: RecordedRequest,
  document: ApiDocument,
  isAgain: boolean,
): Response {
  const accepted = String(headers["accept"] ?? "*/*").split(/, */);
  const isWanted = ({ status, mediaType = "*/*" }: SampleAnswer): boolean =>
    status >= 200 &&
    status < 300 &&
    accepted.some((range) => fits(mediaType, range) || fits(range, mediaType));
  const found = answersOf(operation, document).find(isWanted);
  if (found === undefined) return new Response(null, { status: 406 });
  if (isAgain && found.mediaType === "text/event-stream")
    return new Response(null, { status: 204 });
  const { status, body } = found;
  const bytes = isAgain && found.mediaType === "application/json" ? lastPage(found.value) : body;
  return new Response(bytes === undefined ? null : new Uint8Array(Buffer.from(bytes)), {
    status,
    headers: found.headers,
  });
}

/** A page without items, as JSON. */
function lastPage(value: unknown): string {
  if (Array.isArray(value)) return "[]";
  return JSON.stringify(value, (key, member: unknown) =>
    key !== "" && Array.isArray(member) ? [] : member,
  );
}
