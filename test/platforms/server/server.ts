import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Origins } from "../suite/case.js";
import type { Fault } from "../suite/protocol.js";
import { mastodon } from "./mastodon.js";
import { peertube } from "./peertube.js";
import { sftpgo } from "./sftpgo.js";
import { entryOf, send, sendPart, Stage, type Answer, type StageRequest } from "./stage.js";

/** A running server. */
export interface PlatformServer {
  readonly origins: Origins;
  close(): Promise<void>;
}

/**
 * What the real services, all behind CORS, let a page read and send: PeerTube and Mastodon expose
 * their own headers by name, so this does, too.
 */
const EXPOSED = [
  "content-range",
  "last-modified",
  "link",
  "retry-after",
  "x-peertube-otp",
  "x-request-id",
].join(", ");

/**
 * Plays the three services on two origins of 127.0.0.1. The first segment of the path names the case,
 * and each case has a stage of its own: a journal, faults, tokens, files.
 */
export async function startServer(): Promise<PlatformServer> {
  const stages = new Map<string, Stage>();
  const answer = (incoming: IncomingMessage, response: ServerResponse): void => {
    void respond(stages, incoming, response).catch((error: unknown) => {
      send(response, { status: 500, body: String(error) });
    });
  };
  const servers = [createServer(answer), createServer(answer)];
  const [own = "", other = ""] = await Promise.all(servers.map(listen));
  // The port of a server that is gone again: nobody listens there.
  const gone = createServer();
  const closed = await listen(gone);
  await close(gone);
  return {
    origins: { own, other, closed },
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

/** Starts to listen on a free port of this machine, and gives the origin. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Stops a server, whoever is still connected. */
export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function respond(
  stages: Map<string, Stage>,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("access-control-expose-headers", EXPOSED);
  if (incoming.method === "OPTIONS") {
    preflight(incoming, response);
    return;
  }
  const { key, request } = await read(incoming);
  const stage = stages.get(key) ?? new Stage();
  stages.set(key, stage);
  if (request.path === "/-/journal") {
    send(response, { body: { entries: stage.journal } });
  } else if (request.path === "/-/faults") {
    stage.faults = JSON.parse(request.body.toString()) as readonly Fault[];
    send(response, { status: 204 });
  } else if (request.path === "/-/expire") {
    stage.tokens.clear();
    send(response, { status: 204 });
  } else {
    const entry = await entryOf(incoming, request);
    stage.journal.push(entry);
    response.on("close", () => (entry.isClosed = !response.writableFinished));
    play(stage, request, response);
  }
}

/** Says yes to a browser that asks whether it may send a request (Fetch, "CORS-preflight request"). */
function preflight({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader("access-control-allow-methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
  const asked = headers["access-control-request-headers"];
  if (asked !== undefined) response.setHeader("access-control-allow-headers", asked);
  send(response, { status: 204 });
}

async function read(
  incoming: IncomingMessage,
): Promise<{ readonly key: string; readonly request: StageRequest }> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(`http://${incoming.headers.host ?? ""}${incoming.url ?? ""}`);
  const [, key = "", ...segments] = url.pathname.split("/");
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  const request = {
    method: incoming.method ?? "",
    path: `/${segments.join("/")}`,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks),
    token: /^Bearer (.*)/.exec(headers["authorization"] ?? "")?.[1] ?? "",
    base: `${url.origin}/${key}`,
  };
  return { key, request };
}

/** Answers as the service would, unless something else is to happen. */
function play(stage: Stage, request: StageRequest, response: ServerResponse): void {
  const { kind, after, ...given } = stage.takeFault() ?? { kind: "none" };
  const reset = (): void => {
    response.socket?.resetAndDestroy();
  };
  if (kind === "reset") {
    reset();
    return;
  }
  const answer = kind === "answer" ? given : answerTo(request, stage);
  if (kind === "none" || kind === "answer") send(response, answer);
  else if (after !== undefined) sendPart(response, answer, after);
  // The client is to get what was sent before the connection ends.
  if (kind === "lose") setTimeout(reset, after === undefined ? 0 : 100);
}

function answerTo(request: StageRequest, stage: Stage): Answer {
  const missing = { status: 404, body: { error: "not found" } };
  return peertube(request, stage) ?? mastodon(request, stage) ?? sftpgo(request, stage) ?? missing;
}
