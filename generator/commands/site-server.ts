import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SITE_POLICY } from "../site/layout.js";
import type { SiteFile } from "../site/site.js";
import { SITE_FILES } from "../site/site-paths.js";

/** A site that is being served. */
export interface SiteServer {
  /** Where it is, such as `http://127.0.0.1:40123/`. */
  readonly url: string;
  /** Ends it, with all connections. */
  readonly stop: () => Promise<void>;
}

/** The only address that is listened on: nobody else's machine gets at it. */
const ADDRESS = "127.0.0.1";

const TYPES: ReadonlyMap<string, string> = new Map([
  ["html", "text/html; charset=utf-8"],
  ["css", "text/css; charset=utf-8"],
  ["js", "text/javascript; charset=utf-8"],
  ["svg", "image/svg+xml"],
]);

const HEADERS = {
  "content-security-policy": `${SITE_POLICY}; frame-ancestors 'none'`,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  // The next run on this port may have other pages.
  "cache-control": "no-store",
};

/** What is answered to a request. */
interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Serves a site on this machine. Nothing is read from the disk: a path is looked up among the files of the site, and
 * one that none of them has is not there.
 *
 * @param port 0: any that is free
 * @throws an error of the operating system, such as `EADDRINUSE`
 */
export async function serveSite(files: readonly SiteFile[], port: number): Promise<SiteServer> {
  const textOf = remembered(new Map(files.map(({ path, text }) => [path, text])));
  const server = createServer((request, response) => {
    send(request, response, answerTo(request, textOf));
  });
  await listen(server, port);
  const { port: given } = server.address() as AddressInfo;
  return { url: `http://${ADDRESS}:${given}/`, stop: () => stop(server) };
}

/** Makes each text once, when it is asked for first. */
function remembered(
  makers: ReadonlyMap<string, () => string>,
): (path: string) => string | undefined {
  const made = new Map<string, string>();
  return (path) => {
    const text = made.get(path) ?? makers.get(path)?.();
    if (text !== undefined) made.set(path, text);
    return text;
  };
}

function answerTo(request: IncomingMessage, textOf: (path: string) => string | undefined): Answer {
  if (!isOwnHost(request)) return plain(403, "This site answers to 127.0.0.1 and localhost only.");
  if (request.method !== "GET" && request.method !== "HEAD")
    return { ...plain(405, "This site can only be read."), headers: { allow: "GET, HEAD" } };
  const asked = (request.url ?? "").replace(/[?#].*$/s, "").replace(/^\//, "");
  const path = asked === "" || asked.endsWith("/") ? `${asked}${SITE_FILES.start}` : asked;
  const text = textOf(path);
  if (text === undefined) return plain(404, "There is no such page.");
  const type = TYPES.get(path.slice(path.lastIndexOf(".") + 1)) ?? "text/plain; charset=utf-8";
  return { status: 200, type, text };
}

/** A page of another site whose name leads to this machine (DNS rebinding) tells that name in `Host`. */
function isOwnHost({ headers, socket }: IncomingMessage): boolean {
  const port = socket.localPort ?? 0;
  return [ADDRESS, "localhost"].some((name) => {
    const host = headers.host?.toLowerCase();
    return host === `${name}:${port}` || (port === 80 && host === name);
  });
}

function plain(status: number, text: string): Answer {
  return { status, type: "text/plain; charset=utf-8", text: `${text}\n` };
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(answer.text);
  response.writeHead(answer.status, {
    ...HEADERS,
    ...answer.headers,
    "content-type": answer.type,
    "content-length": body.length,
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, ADDRESS, resolve);
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
