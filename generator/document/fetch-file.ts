import type { LookupAddress, LookupAllOptions } from "node:dns";
import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import type { LookupFunction } from "node:net";
import { setTimeout } from "node:timers/promises";
import { quoted } from "../diagnostics/quoted.js";
import type { Limits } from "./limits.js";
import type { FetchCache, StoredCopy } from "./fetch-cache.js";
import { isPublicAddress } from "./public-address.js";
import { isLoopback } from "./reference-policy.js";

/** An origin from which files may be fetched. */
export interface AllowedOrigin {
  /** Scheme, host and port, as `URL` writes them. */
  readonly origin: string;
  /** Sent to this origin and to no other one, such as credentials. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether its name may lead to an address that is not public. Default: no. */
  readonly privateNetwork?: boolean;
}

/** What was fetched, or in a few words why nothing was; never a text of the server. */
export type Fetched =
  | {
      /** Where it was found in the end. */
      readonly url: string;
      readonly bytes: Uint8Array;
      /** What the server calls this state of the file (RFC 9110, 8.8.3). */
      readonly etag?: string | undefined;
    }
  | { readonly problem: string };

/** A host may send a file to another place this many times. */
const MOST_REDIRECTIONS = 5;
/** Requests that are open at the same time to one host. */
const MOST_SOCKETS = 8;
/** A request is made this many times where a server is busy or a connection breaks. */
const MOST_ATTEMPTS = 3;
/** Milliseconds before the second attempt; twice as long before each further one. */
const FIRST_PAUSE = 250;
/** Milliseconds: a server that asks for more patience is not asked again. */
const LONGEST_PAUSE = 30_000;

/** Resolves the name of a host to all its addresses. Default: as the system does. */
export type Lookup = (
  hostname: string,
  options: LookupAllOptions,
) => Promise<readonly LookupAddress[]>;

/** Fetches a file from one of the allowed origins. */
export type FetchFile = (url: string) => Promise<Fetched>;

/** How files are fetched. */
export interface FetchOptions {
  /** Where copies are kept. Default: nowhere. */
  readonly cache?: FetchCache | undefined;
  /** Whether nothing is fetched, and every file has to be in the cache. Default: no. */
  readonly isOffline?: boolean | undefined;
  readonly lookup?: Lookup | undefined;
  /** Waits some milliseconds before a request is repeated. */
  readonly wait?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

/**
 * Makes the function that fetches files. Each step of a redirection is held against the origins again and gets the
 * headers of its own origin only; the address to which a name leads is the one that is connected to, so that it
 * cannot change after it was checked. Nothing is decompressed or sent back.
 *
 * With a cache, a server is asked whether its file changed, and what it sends is kept, unless credentials were sent for
 * it. A copy never stands in for a file that cannot be fetched: it is used where the server says that it is the same,
 * or offline, where the user asked for copies.
 */
export function createFetchFile(
  origins: readonly AllowedOrigin[],
  limits: Limits,
  { cache, isOffline = false, lookup, wait = setTimeout }: FetchOptions = {},
): FetchFile {
  const byOrigin = new Map(origins.map((entry) => [entry.origin, entry]));
  const isAllowed = (url: string): boolean => byOrigin.has(new URL(url).origin);
  let loading: Promise<Network> | undefined;
  return async (start) => {
    const stored = await cache?.read(start, limits.bytes);
    const copy = stored !== undefined && isAllowed(stored.url) ? stored : undefined;
    if (isOffline) return isAllowed(start) && copy !== undefined ? copy : NO_COPY;
    const network = await (loading ??= loadNetwork(lookup));
    let url = start;
    let isShared = true;
    for (let count = 0; count <= MOST_REDIRECTIONS; count += 1) {
      const allowed = byOrigin.get(new URL(url).origin);
      if (allowed === undefined) return redirectedAway(url);
      isShared &&= allowed.headers === undefined;
      const known = copy?.url === url ? copy : undefined;
      const step = await fetchPatiently({ url, allowed, known, network, limits }, wait);
      if ("problem" in step) return step;
      if ("bytes" in step) {
        if (isShared && step !== known) await cache?.write(start, step);
        return step;
      }
      const next = URL.canParse(step.location, url) ? new URL(step.location, url) : undefined;
      if (next === undefined) return { problem: "is answered with a redirection to no URL" };
      next.hash = "";
      url = next.href;
    }
    return { problem: `is redirected more than ${MOST_REDIRECTIONS} times` };
  };
}

const NO_COPY = {
  problem: "is not fetched offline, and no earlier run has left a copy of it",
};

/** What of Node.js is needed to fetch. */
interface Network {
  readonly request: (
    url: string,
    options: RequestOptions,
    onAnswer: (answer: IncomingMessage) => void,
  ) => ClientRequest;
  readonly lookup: Lookup;
}

/** Hardly any document needs the network, and loading these modules takes longer than reading most documents. */
async function loadNetwork(lookup: Lookup | undefined): Promise<Network> {
  const [http, https, dns] = await Promise.all([
    import("node:http"),
    import("node:https"),
    import("node:dns/promises"),
  ]);
  const plain = new http.Agent({ maxSockets: MOST_SOCKETS });
  const safe = new https.Agent({ maxSockets: MOST_SOCKETS });
  return {
    lookup: lookup ?? ((hostname, options) => dns.lookup(hostname, options)),
    request: (url, options, onAnswer) =>
      new URL(url).protocol === "https:"
        ? https.request(url, { ...options, agent: safe }, onAnswer)
        : http.request(url, { ...options, agent: plain }, onAnswer),
  };
}

/** One request. */
interface Question {
  readonly url: string;
  readonly allowed: AllowedOrigin;
  /** A copy of what is asked for: the answer may be that it is still right. */
  readonly known: StoredCopy | undefined;
  readonly network: Network;
  readonly limits: Limits;
}

type Step = StoredCopy | { readonly location: string } | Failure;

interface Failure {
  readonly problem: string;
  /** Present where it may go better next time. */
  readonly again?: {
    /** Milliseconds that the server asks for. */
    readonly after?: number | undefined;
  };
}

/** Asks again, after a while, where a server is busy or a connection breaks: a GET may be repeated (RFC 9110, 9.2.2). */
async function fetchPatiently(
  question: Question,
  wait: (milliseconds: number) => Promise<unknown>,
): Promise<Exclude<Step, Failure> | { readonly problem: string }> {
  for (let attempt = 1; ; attempt += 1) {
    const step = await fetchOnce(question);
    if (!("problem" in step)) return step;
    const { problem, again } = step;
    const pause = Math.max(again?.after ?? 0, FIRST_PAUSE * 2 ** (attempt - 1));
    if (again === undefined || attempt === MOST_ATTEMPTS || pause > LONGEST_PAUSE)
      return { problem };
    await wait(pause);
  }
}

function fetchOnce({ url, allowed, known, network, limits }: Question): Promise<Step> {
  const refusal = refusalOfUrl(url, allowed);
  if (refusal !== undefined) return Promise.resolve(refusal);
  return new Promise((resolve) => {
    const options = {
      headers: {
        accept: "application/json, application/yaml, */*;q=0.5",
        "accept-encoding": "identity",
        "user-agent": "driftline",
        ...conditionOf(known),
        ...allowed.headers,
      },
      lookup: lookupFor(allowed, network),
      signal: AbortSignal.timeout(limits.fetchSeconds * 1000),
    };
    const onAnswer = (answer: IncomingMessage): void => {
      readAnswer(url, answer, known, limits).then(resolve, (error: unknown) => {
        resolve(failure(error, limits));
      });
    };
    const request = network.request(url, options, onAnswer);
    request.on("error", (error) => {
      resolve(failure(error, limits));
    });
    request.end();
  });
}

/** What makes a server answer 304 where its file is the one that is known (RFC 9110, 13.1). */
function conditionOf(known: StoredCopy | undefined): Readonly<Record<string, string>> {
  if (known?.etag !== undefined) return { "if-none-match": known.etag };
  return known?.lastModified === undefined ? {} : { "if-modified-since": known.lastModified };
}

const CREDENTIALS = { problem: "has a user name in its URL, which is never sent" };
const WITHOUT_TLS = { problem: "is a URL without TLS" };
const PRIVATE = {
  problem:
    "leads to an address that is not public, and neither privateNetwork: true nor --allow-private says that it may",
};

function refusalOfUrl(url: string, { origin }: AllowedOrigin): Failure | undefined {
  const { protocol, username, password } = new URL(url);
  if (username !== "" || password !== "") return CREDENTIALS;
  return protocol === "https:" || isLoopback(origin) ? undefined : WITHOUT_TLS;
}

/**
 * Resolves a name for a connection; fails where it leads to an address that is not allowed. An address in place of
 * a name is not resolved: it is one that the configuration names itself.
 */
function lookupFor(
  { origin, privateNetwork = false }: AllowedOrigin,
  { lookup }: Network,
): LookupFunction {
  const anyAddress = privateNetwork || isLoopback(origin);
  return (hostname, options, callback) => {
    lookup(hostname, { all: true, family: Number(options.family ?? 0) || 0 }).then(
      (addresses) => {
        const isAllowed = addresses.every(({ address }) => anyAddress || isPublicAddress(address));
        const [first] = addresses;
        if (!isAllowed || first === undefined) callback(new NotPublic(), "", 4);
        else if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(), "", 4);
      },
    );
  };
}

class NotPublic extends Error {}

async function readAnswer(
  url: string,
  answer: IncomingMessage,
  known: StoredCopy | undefined,
  limits: Limits,
): Promise<Step> {
  const { statusCode = 0, headers } = answer;
  const { location } = headers;
  if ([301, 302, 303, 307, 308].includes(statusCode) && location !== undefined) {
    answer.destroy();
    return { location };
  }
  if (statusCode === 304 && known !== undefined) {
    answer.destroy();
    return known;
  }
  if (statusCode !== 200) {
    answer.destroy();
    return refusedWith(statusCode, headers["retry-after"]);
  }
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    answer.destroy();
    return { problem: "is answered with a compressed file, which was not asked for" };
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limits.bytes) return { problem: `is larger than ${limits.bytes} bytes` };
    chunks.push(chunk);
  }
  return {
    url,
    bytes: Buffer.concat(chunks),
    etag: validator(headers.etag, /^(?:W\/)?"[\x21\x23-\x7e]*"$/),
    lastModified: validator(headers["last-modified"], /^[A-Za-z0-9,: -]+$/),
  };
}

/** What a server gives to be sent back to it, where it has the form of such a thing. */
function validator(text: string | undefined, form: RegExp): string | undefined {
  return text !== undefined && text.length <= 200 && form.test(text) ? text : undefined;
}

function refusedWith(status: number, retryAfter: string | undefined): Failure {
  const problem = `is answered with status ${status}`;
  return [429, 500, 502, 503, 504].includes(status)
    ? { problem, again: { after: retryAfterOf(retryAfter) } }
    : { problem };
}

/** Milliseconds; `undefined` where there is none that can be read: seconds, or a date (RFC 9110, 10.2.3). */
function retryAfterOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const milliseconds = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(milliseconds) ? milliseconds : undefined;
}

/** Errors of a connection that may be gone with the next one; a name that nobody has is not among them. */
const PASSING = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
]);

/** What went wrong, without a word that a server could choose. */
function failure(error: unknown, { fetchSeconds }: Limits): Failure {
  if (error instanceof NotPublic) return PRIVATE;
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  if (code === "ABORT_ERR") return { problem: `was not answered within ${fetchSeconds} seconds` };
  const problem = `cannot be fetched (${/^[A-Z_0-9]{1,60}$/.test(code) ? code : "unknown"})`;
  return PASSING.has(code) ? { problem, again: {} } : { problem };
}

function redirectedAway(url: string): { readonly problem: string } {
  return {
    problem: `is redirected to ${quoted(new URL(url).origin)}, from where nothing may be fetched`,
  };
}
