import {
  ApiError,
  ConnectionError,
  DecodeError,
  isApiError,
  PeerTube,
  TimeoutError,
} from "../../../generated/peertube/index.js";
import type { Cases, Stage } from "./case.js";
import { eventually, failure, holds, later, reason, same } from "./check.js";

const TOKEN = "token-that-nobody-may-see";

/** What goes wrong, and what is then known of it. */
export const ERRORS: Cases = {
  "tells what the service answered": async (stage) => {
    const error = await failure(client(stage).video.getVideo({ id: 7 }), ApiError);
    holds(isApiError(error, "getVideo"), "it is an error of this operation");
    same(
      [error.status, error.requestId, error.message],
      [404, "request-404", "getVideo: GET /api/v1/videos/{id} answered 404"],
    );
    same((error.body as { detail: string }).detail, "Vidéo inconnue – 見つかりません");
    harmless(error);
  },
  "tells that nobody listens": async (stage) => {
    const { video } = client(stage, stage.closedUrl);
    const error = await failure(video.getVideos({ search: TOKEN }), ConnectionError);
    same(error.code, stage.has("gives no error codes") ? undefined : "ECONNREFUSED", "code");
    harmless(error);
  },
  "tells that the connection was reset": async (stage) => {
    await stage.fail({ kind: "reset", always: true });
    const { video } = client(stage);
    harmless(await failure(video.getVideos({ search: TOKEN }), ConnectionError));
  },
  "tells that the answer broke off": async (stage) => {
    await stage.fail({ kind: "lose", after: 100, always: true });
    const { video } = client(stage);
    harmless(await failure(video.getVideos({ search: TOKEN }), ConnectionError));
  },
  "tells that the answer is no JSON": async (stage) => {
    const json = { "content-type": "application/json" };
    await stage.fail({ kind: "answer", headers: json, body: `{"${TOKEN}` });
    const error = await failure(client(stage).video.getVideos(), DecodeError);
    same(error.text, `{"${TOKEN}`, "text");
    harmless(error);
  },
  "tells that the answer is a page for humans": async (stage) => {
    const html = { "content-type": "text/html" };
    await stage.fail({ kind: "answer", headers: html, body: "<h1>Log in" });
    harmless(await failure(client(stage).video.getVideos(), DecodeError));
  },
  "tells that there was no answer in time": async (stage) => {
    await stage.fail({ kind: "stall" });
    const error = await failure(client(stage).video.getVideos({}, { timeout: 300 }), TimeoutError);
    same(error.timeout, 300, "timeout");
    await hasClosed(stage);
  },
  "tells that the body was not complete in time": async (stage) => {
    await stage.fail({ kind: "stall", after: 100 });
    await failure(client(stage).video.getVideos({}, { timeout: 300 }), TimeoutError);
    await hasClosed(stage);
  },
};

/** Calls that the caller ends. */
export const ABORTS: Cases = {
  "sends nothing for a signal that has aborted": async (stage) => {
    const stop = new Error("too late");
    const signal = AbortSignal.abort(stop);
    const error = await reason(client(stage).video.getVideos({}, { signal }));
    holds(error === stop, "the reason is the signal's own");
    same(await stage.journal(), [], "requests");
  },
  "ends a call that waits for an answer": async (stage) => {
    await stage.fail({ kind: "stall" });
    await abortsLater(stage, (signal) => client(stage).video.getVideos({}, { signal }));
    await hasClosed(stage);
  },
  "ends a call that reads its body": async (stage) => {
    await stage.fail({ kind: "stall", after: 100 });
    await abortsLater(stage, (signal) => client(stage).video.getVideos({}, { signal }));
    await hasClosed(stage);
  },
  "ends the reading of a body that was handed over": async (stage) => {
    await stage.fail({ kind: "stall", after: 100 });
    const error = await abortedLater(stage, async (signal) => {
      const response = await client(stage).video.getVideos({}, { signal }).asResponse();
      return response.text();
    });
    if (stage.has("copies the reason of an abort")) same(String(error), String(STOP), "reason");
    else holds(error === STOP, "the reason is the signal's own");
    await hasClosed(stage);
  },
  "ends a call that waits to be sent again": async (stage) => {
    await stage.fail({ kind: "answer", status: 503, headers: { "retry-after": "20" } });
    await abortsLater(stage, (signal) => client(stage).video.getVideos({}, { signal, retry: 2 }));
    same((await stage.journal()).length, 1, "requests");
  },
};

const STOP = new Error("changed my mind");

/** A call that is aborted rejects with the signal's own reason. */
async function abortsLater(
  stage: Stage,
  start: (signal: AbortSignal) => PromiseLike<unknown>,
): Promise<void> {
  const error = await abortedLater(stage, start);
  holds(error === STOP, `the reason is the signal's own, not ${String(error)}`);
}

/** Aborts a call when it has reached the server, and gives what it is then rejected with. */
async function abortedLater(
  stage: Stage,
  start: (signal: AbortSignal) => PromiseLike<unknown>,
): Promise<unknown> {
  const controller = new AbortController();
  const failed = reason(start(controller.signal));
  await eventually(async () => (await stage.journal()).length > 0, "the request arrives");
  // The beginning of a body is on its way.
  await later(200);
  controller.abort(STOP);
  return failed;
}

/** The server learns that nobody waits any more. */
async function hasClosed(stage: Stage): Promise<void> {
  await eventually(async () => {
    const [entry] = await stage.journal();
    return entry?.isClosed === true;
  }, "the connection is closed");
}

/** An error shows no credential, query or body, however it is printed. */
function harmless(error: Error): void {
  const texts = [String(error), error.stack ?? "", JSON.stringify(error), ...causes(error)];
  holds(!texts.join("\n").includes(TOKEN), "the error keeps what is secret to itself");
}

function causes({ cause }: Error): string[] {
  if (!(cause instanceof Error)) return [];
  const fields = JSON.stringify(Object.entries(cause));
  return [String(cause), cause.stack ?? "", fields, ...causes(cause)];
}

function client({ baseUrl }: Stage, place = baseUrl): PeerTube {
  return new PeerTube({ baseUrl: place, auth: { OAuth2: TOKEN }, retry: 0 });
}
