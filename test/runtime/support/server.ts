import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll } from "vitest";

/** A request as it came in: nothing decoded. */
export interface RecordedRequest {
  readonly method: string;
  /** The request target, raw. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export type Handler = (
  request: RecordedRequest,
  response: ServerResponse,
  incoming: IncomingMessage,
) => void;

export interface TestServer {
  /** The origin, without a slash at its end. */
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** The only request; throws if there is none, or more. */
  readonly request: RecordedRequest;
  /** What answers from now on, until the end of the test. */
  answer(handler: Handler): void;
}

/** An HTTP server for all tests of a file, which records what it gets. */
export function useServer(): TestServer {
  let server: Server | undefined;
  let url = "";
  let requests: RecordedRequest[] = [];
  let handler: Handler = answerJson;
  beforeAll(async () => {
    server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", () => undefined);
      incoming.on("end", () => {
        const request = {
          method: incoming.method ?? "",
          url: incoming.url ?? "",
          headers: incoming.headers,
          rawHeaders: incoming.rawHeaders,
          body: Buffer.concat(chunks),
        };
        requests.push(request);
        handler(request, response, incoming);
      });
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    requests = [];
    handler = answerJson;
  });
  afterAll(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  });
  return {
    get url() {
      return url;
    },
    get requests() {
      return requests;
    },
    get request() {
      const [first, ...others] = requests;
      if (first === undefined || others.length > 0) throw new Error(`${requests.length} requests`);
      return first;
    },
    answer(next) {
      handler = next;
    },
  };
}

function answerJson(_request: RecordedRequest, response: ServerResponse): void {
  send(response, 200, { "content-type": "application/json" }, "{}");
}

/** Sends a whole answer. */
export function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body?: string | Uint8Array,
): void {
  response.writeHead(status, headers);
  response.end(body);
}

/** A handler that always gives the same answer. */
export function always(
  status: number,
  headers: Record<string, string> = {},
  body?: string | Uint8Array,
): Handler {
  return (_request, response) => {
    send(response, status, headers, body);
  };
}
