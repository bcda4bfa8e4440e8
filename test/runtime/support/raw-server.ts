import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterAll, beforeAll } from "vitest";

export interface RawServer {
  readonly url: string;
  /** What is done with a connection once the request is there. */
  answer(handler: (socket: Socket) => void): void;
}

/** A TCP server for answers that an HTTP server would not give. */
export function useRawServer(): RawServer {
  let server: Server;
  let url = "";
  let handler: (socket: Socket) => void = (socket) => socket.destroy();
  const sockets = new Set<Socket>();
  beforeAll(async () => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
      socket.once("data", () => {
        handler(socket);
      });
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
    answer(next) {
      handler = next;
    },
  };
}
