import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterAll, beforeAll } from "vitest";

/** A request, as it came in. */
export interface SeenRequest {
  readonly method: string;
  readonly target: string;
  /** The whole of it. */
  readonly text: string;
}

/** What is done with a request: `count` is its number, from 1. */
export type Answer = (socket: Socket, request: SeenRequest, count: number) => void;

export interface FaultServer {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /**
   * How many connections are open on which there has been a request. Node.js opens another one after a request
   * that was aborted, and closes it after some seconds.
   */
  readonly open: number;
  /**
   * Starts over: no request has been seen, and this is how they are answered.
   *
   * @param mark part of each request; others come late, and are not counted.
   */
  reset(answer: Answer, mark: string): void;
}

/** A TCP server for answers that an HTTP server would not give. Each connection brings one request. */
export function useFaultServer(): FaultServer {
  let server: Server;
  let url = "";
  let answer: Answer = (socket) => socket.destroy();
  let requests: SeenRequest[] = [];
  let ours = "";
  const sockets = new Set<Socket>();
  const used = new Set<Socket>();
  beforeAll(async () => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => sockets.delete(socket) && used.delete(socket));
      let text = "";
      const read = (chunk: Buffer): void => {
        used.add(socket);
        text += chunk.toString("latin1");
        if (!isWhole(text)) return;
        socket.off("data", read).resume();
        if (!text.includes(ours)) {
          socket.destroy();
          return;
        }
        const [method = "", target = ""] = text.split(" ", 2);
        requests.push({ method, target, text });
        answer(socket, { method, target, text }, requests.length);
      };
      socket.on("data", read);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    get url() {
      return url;
    },
    get requests() {
      return requests;
    },
    get open() {
      return used.size;
    },
    reset(next, mark) {
      answer = next;
      ours = mark;
      requests = [];
    },
  };
}

/** A TCP server that does the same with every connection; gives its port. */
export function usePort(welcome: (socket: Socket) => void): () => number {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    welcome(socket);
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return () => (server.address() as AddressInfo).port;
}

/** Whether a request is there to its end (RFC 9112, section 6). */
function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = /^content-length: *(\d+)/im.exec(text.slice(0, end))?.[1];
  if (/^transfer-encoding:/im.test(text.slice(0, end))) return text.endsWith("\r\n0\r\n\r\n");
  return text.length >= end + 4 + Number(length ?? 0);
}
