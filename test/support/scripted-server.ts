import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers one request. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A server on this machine whose answers a test sets, and what it was asked. */
export interface ScriptedServer {
  readonly origin: string;
  /** By path: the answers to the first, second and further requests; the last one goes on. Anything else is a 404. */
  readonly answers: Map<string, readonly Answer[]>;
  readonly requests: IncomingMessage[];
  readonly close: () => void;
}

/** Starts a server that knows no path yet. */
export async function startServer(): Promise<ScriptedServer> {
  const answers = new Map<string, readonly Answer[]>();
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const path = request.url ?? "";
    const count = requests.filter(({ url }) => url === path).length;
    const script = answers.get(path) ?? [];
    const answer = script[Math.min(count, script.length) - 1];
    if (answer === undefined) response.writeHead(404).end();
    else answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** An answer with a body. */
export function body(text: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => void response.writeHead(200, headers).end(text);
}

/** An answer without one. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => void response.writeHead(code, headers).end("SECRET");
}

/** The body, or 304 where the client has it already. */
export function validated(text: string, etag: string): Answer {
  return (response, request) => {
    if (request.headers["if-none-match"] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { etag }).end(text);
  };
}
