import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { Mastodon, type MediaAttachment } from "../../generated/mastodon/index.js";
import {
  uploadMedia,
  waitForMedia,
  type MediaUploadOptions,
} from "../../generated/mastodon/mastodon-media.js";
import { failureOf } from "../runtime/support/api.js";
import { partsOf } from "../runtime/support/multipart.js";
import { useServer } from "../runtime/support/server.js";

const server = useServer();
const FILE = new File(["video"], "a.mp4", { type: "video/mp4" });
const READY = { id: "22348641", type: "video", url: "https://files.test/a.mp4" };
const PENDING = { ...READY, url: null };

/** Answers with one status after the other; the last one counts for the rest. */
function script(...statuses: readonly number[]): void {
  server.answer((_request, response: ServerResponse) => {
    const status = statuses[Math.min(server.requests.length, statuses.length) - 1] ?? 500;
    const body = status >= 400 ? { error: "no" } : status === 200 ? READY : PENDING;
    response.writeHead(status, { "content-type": "application/json", "retry-after": "0" });
    response.end(JSON.stringify(body));
  });
}

function client(): Mastodon {
  return new Mastodon({ baseUrl: server.url, auth: { OAuth2: "token" } });
}

async function upload(options: MediaUploadOptions = {}): Promise<MediaAttachment> {
  const body = { file: FILE, description: "apples" };
  return uploadMedia(client().media, { body }, { interval: 1, ...options });
}

const lines = () => server.requests.map(({ method, url }) => `${method} ${url}`);

describe("uploading a file", () => {
  it("is done at once with a picture", async () => {
    script(200);
    expect(await upload()).toEqual(READY);
    expect(lines()).toEqual(["POST /api/v2/media"]);
    expect(partsOf(server.request).map(({ name }) => name)).toEqual(["file", "description"]);
  });

  it("waits for a video until it can be attached", async () => {
    script(202, 206, 206, 503, 200);
    expect(await upload()).toEqual(READY);
    expect(lines().slice(1)).toEqual(Array(4).fill("GET /api/v1/media/22348641"));
  });

  it.each([undefined, () => undefined])(
    "sends it as it is read (listener: %s)",
    async (onProgress) => {
      script(200);
      const bodies: unknown[] = [];
      const api = new Mastodon({
        baseUrl: server.url,
        auth: { OAuth2: "token" },
        fetch: (url, init) => {
          bodies.push(init.body);
          return fetch(url, init);
        },
      });
      await uploadMedia(api.media, { body: { file: FILE } }, { onProgress });
      expect(bodies).toEqual([expect.any(ReadableStream)]);
    },
  );

  it("tells how much has been sent", async () => {
    script(202, 200);
    const reports: [number, number | undefined][] = [];
    await upload({ onProgress: (...report) => reports.push(report) });
    const size = server.requests[0]?.body.length ?? 0;
    expect(reports[0]).toEqual([0, size]);
    expect(reports.at(-1)).toEqual([size, size]);
  });

  it("fails with what the server calls the file if it cannot be processed", async () => {
    script(202, 206, 422);
    expect(await failureOf(upload())).toMatchObject({
      name: "MediaProcessingError",
      id: READY.id,
      reason: "failed",
      message:
        "getMedia: GET /api/v1/media/{id} answered that the file cannot be processed: upload another form of it",
    });
  });

  it("does not wait for ever, and one can wait on", async () => {
    script(202, 206);
    const error = await failureOf(upload({ timeout: 60 }));
    expect(error).toMatchObject({ name: "MediaProcessingError", id: READY.id, reason: "late" });
    script(200);
    expect(await waitForMedia(client().media, READY.id, { interval: 1 })).toEqual(READY);
  });

  it.each([
    { what: "the upload", statuses: [422], status: 422, count: 1 },
    { what: "the upload, once", statuses: [503], status: 503, count: 1 },
    { what: "the question", statuses: [202, 404], status: 404, count: 2 },
  ])("fails like the call if $what fails", async ({ statuses, status, count }) => {
    script(...statuses);
    expect(await failureOf(upload())).toMatchObject({ name: "ApiError", status });
    expect(server.requests).toHaveLength(count);
  });

  it.each(["null", "{}", "[]", '"done"'])("fails if the server answers %s", async (body) => {
    server.answer((_request, response) => {
      response.writeHead(202, { "content-type": "application/json" }).end(body);
    });
    expect(await failureOf(upload())).toMatchObject({
      name: "ClientError",
      message:
        "createMediaV2: POST /api/v2/media answered without the id of the file, which is lost",
    });
    expect(server.requests).toHaveLength(1);
  });

  it("ends with the signal, also between two questions", async () => {
    const controller = new AbortController();
    server.answer((_request, response) => {
      response.writeHead(202, { "content-type": "application/json" }).end(JSON.stringify(PENDING));
      setTimeout(() => {
        controller.abort(new Error("enough"));
      }, 50);
    });
    const { signal } = controller;
    expect(await failureOf(upload({ signal, interval: 30_000 }))).toEqual(new Error("enough"));
    expect(server.requests).toHaveLength(1);
  });
});
