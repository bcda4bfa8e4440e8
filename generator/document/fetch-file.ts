import type { LookupAddress, LookupAllOptions } from "node:dns";
import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import type { LookupFunction } from "node:net";
import { quoted } from "../diagnostics/quoted.js";
import type { Limits } from "./limits.js";
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
  { readonly url: string; readonly bytes: Uint8Array } | { readonly problem: string };

/** A host may send a file to another place this many times. */
const MOST_REDIRECTIONS = 5;
/** Requests that are open at the same time to one host. */
const MOST_SOCKETS = 8;

/** Resolves the name of a host to all its addresses. Default: as the system does. */
export type Lookup = (
  hostname: string,
  options: LookupAllOptions,
) => Promise<readonly LookupAddress[]>;

/** Fetches a file from one of the allowed origins. */
export type FetchFile = (url: string) => Promise<Fetched>;

/**
 * Makes the function that fetches files. Each step of a redirection is held against the origins again and gets the
 * headers of its own origin only; the address to which a name leads is the one that is connected to, so that it
 * cannot change after it was checked. Nothing is decompressed, stored or sent back.
 */
export function createFetchFile(
  origins: readonly AllowedOrigin[],
  limits: Limits,
  lookup?: Lookup,
): FetchFile {
  const byOrigin = new Map(origins.map((entry) => [entry.origin, entry]));
  let loading: Promise<Network> | undefined;
  return async (start) => {
    const network = await (loading ??= loadNetwork(lookup));
    let url = start;
    for (let count = 0; count <= MOST_REDIRECTIONS; count += 1) {
      const allowed = byOrigin.get(new URL(url).origin);
      if (allowed === undefined) return redirectedAway(url);
      const step = await fetchOnce(url, allowed, network, limits);
      if (!("location" in step)) return step;
      const next = URL.canParse(step.location, url) ? new URL(step.location, url) : undefined;
      if (next === undefined) return { problem: "is answered with a redirection to no URL" };
      next.hash = "";
      url = next.href;
    }
    return { problem: `is redirected more than ${MOST_REDIRECTIONS} times` };
  };
}

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

type Step = Fetched | { readonly location: string };

function fetchOnce(
  url: string,
  allowed: AllowedOrigin,
  network: Network,
  limits: Limits,
): Promise<Step> {
  const refusal = refusalOfUrl(url, allowed);
  if (refusal !== undefined) return Promise.resolve(refusal);
  return new Promise((resolve) => {
    const options = {
      headers: {
        accept: "application/json, application/yaml, */*;q=0.5",
        "accept-encoding": "identity",
        "user-agent": "driftline",
        ...allowed.headers,
      },
      lookup: lookupFor(allowed, network),
      signal: AbortSignal.timeout(limits.fetchSeconds * 1000),
    };
    const onAnswer = (answer: IncomingMessage): void => {
      readAnswer(url, answer, limits).then(resolve, (error: unknown) => {
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

const CREDENTIALS = { problem: "has a user name in its URL, which is never sent" };
const WITHOUT_TLS = { problem: "is a URL without TLS" };
const PRIVATE = {
  problem:
    "leads to an address that is not public, and privateNetwork: true does not stand beside its origin",
};

function refusalOfUrl(url: string, { origin }: AllowedOrigin): Fetched | undefined {
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

async function readAnswer(url: string, answer: IncomingMessage, limits: Limits): Promise<Step> {
  const { statusCode = 0, headers } = answer;
  const { location } = headers;
  if ([301, 302, 303, 307, 308].includes(statusCode) && location !== undefined) {
    answer.destroy();
    return { location };
  }
  if (statusCode !== 200) {
    answer.destroy();
    return { problem: `is answered with status ${statusCode}` };
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
  return { url, bytes: Buffer.concat(chunks) };
}

/** What went wrong, without a word that a server could choose. */
function failure(error: unknown, { fetchSeconds }: Limits): Fetched {
  if (error instanceof NotPublic) return PRIVATE;
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  if (code === "ABORT_ERR") return { problem: `was not answered within ${fetchSeconds} seconds` };
  return { problem: `cannot be fetched (${/^[A-Z_0-9]{1,60}$/.test(code) ? code : "unknown"})` };
}

function redirectedAway(url: string): Fetched {
  return {
    problem: `is redirected to ${quoted(new URL(url).origin)}, from where nothing may be fetched`,
  };
}
