import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { send, useServer } from "../runtime/support/server.js";
import { runExample, type Example } from "./program.js";

const server = useServer();
const folder = mkdtempSync(path.join(tmpdir(), "driftline-example-"));
const file = path.join(folder, "Harvest.mp4");
/** More than the chunk of 8 MiB that is sent at once. */
const bytes = randomBytes(8_388_608 + 1_000);
const JSON_TYPE = { "content-type": "application/json" };
const TOKENS = { access_token: "access", refresh_token: "refresh", token_type: "Bearer" };

/** What the server has of the upload. */
let received = Buffer.alloc(0);
/** Called when a chunk has begun to come that the server does not take. */
let onRefused: (() => void) | undefined;

beforeEach(() => {
  writeFileSync(file, bytes);
  server.answer(({ method, url, headers, body }, response) => {
    const range = String(headers["content-range"]);
    const json = (value: unknown): void => {
      send(response, 200, JSON_TYPE, JSON.stringify(value));
    };
    if (url === "/api/v1/oauth-clients/local") json({ client_id: "id", client_secret: "secret" });
    else if (url === "/api/v1/users/token") json({ ...TOKENS, expires_in: 86_400 });
    else if (url === "/api/v1/users/me") json({ id: 1, videoChannels: [{ id: 7, name: "walks" }] });
    else if (url === "/api/v1/users/revoke-token") json({});
    else if (method === "POST") send(response, 201, { location: `${url}?upload_id=one` });
    else if (onRefused !== undefined && received.length > 0) onRefused();
    else {
      if (!range.includes("*")) received = Buffer.concat([received, body]);
      const video = { id: 1, uuid: "u", shortUUID: "short" };
      if (received.length === bytes.length) json({ video });
      else send(response, 308, { range: `bytes=0-${received.length - 1}` });
    }
  });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it("uploads a video, and goes on after Ctrl+C where it was", async () => {
  const first = upload();
  onRefused = () => first.child.kill("SIGINT");
  expect([await first.ended, first.output()]).toEqual([
    130,
    "\r99 %\nInterrupted. The same command goes on from here.\n",
  ]);
  expect(existsSync(`${file}.upload.json`)).toBe(true);

  onRefused = undefined;
  const second = upload();
  expect([await second.ended, second.output()]).toEqual([
    0,
    `\r99 %\r100 %\n${server.url}/w/short\n`,
  ]);
  expect(received.equals(bytes)).toBe(true);
  expect(existsSync(`${file}.upload.json`)).toBe(false);
  const announced = server.requests.filter(({ url, method }) => method + url === `POST${PLACE}`);
  expect(announced.map(({ body }) => JSON.parse(body.toString()) as unknown)).toEqual([
    { name: "Harvest", filename: "Harvest.mp4", channelId: 7, privacy: 3 },
  ]);
});

const PLACE = "/api/v1/videos/upload-resumable";

function upload(): Example {
  return runExample("peertube-uploader/upload.ts", [file], {
    PEERTUBE_URL: server.url,
    PEERTUBE_USERNAME: "alice",
    PEERTUBE_PASSWORD: "secret",
  });
}
