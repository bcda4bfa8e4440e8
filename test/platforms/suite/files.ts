import { Mastodon } from "../../../generated/mastodon/index.js";
import { ConnectionError } from "../../../generated/sftpgo/index.js";
import type { Cases } from "./case.js";
import { failure, holds, same } from "./check.js";
import { userOfPeerTube, userOfSFTPGo } from "./log-in.js";

/** More than the platforms keep in their buffers, and no two pieces are alike. */
export const BYTES = Uint8Array.from(
  { length: 1_500_000 },
  (_, index) => (index * 31 + index / 251) % 256,
);

export const PLACE = {
  path: "/d/файл & #1?.bin",
  contentType: "application/octet-stream",
} as const;

/** Uploads and downloads. */
export const FILES: Cases = {
  "uploads a form with files": async (stage) => {
    const peertube = await userOfPeerTube(stage);
    const { video } = await peertube.video.uploadLegacy({
      body: {
        name: "Vidéo №1",
        channelId: 3,
        "tags[]": ["a", "b & c"],
        videofile: new File([BYTES], "vidéo.mp4", { type: "video/mp4" }),
      },
    });
    holds(video.id > 0, "the video has an id");
    const entry = (await stage.journal()).at(-1);
    same(entry?.parts, [
      { name: "name", value: "Vidéo №1" },
      { name: "channelId", value: "3" },
      { name: "tags[]", value: "a" },
      { name: "tags[]", value: "b & c" },
      { name: "videofile", file: "vidéo.mp4", type: "video/mp4", length: BYTES.length },
    ]);
  },
  "uploads a form with a Blob": async (stage) => {
    const mastodon = new Mastodon({ baseUrl: stage.baseUrl, auth: { OAuth2: "token" } });
    const file = new Blob(["png"], { type: "image/png" });
    const answer = await mastodon.media
      .createMediaV2({ body: { file, description: "grüß 🌍" } })
      .withResponse();
    same(answer.status, 202, "status");
    const [entry] = await stage.journal();
    same(entry?.parts, [
      { name: "file", file: "blob", type: "image/png", length: 3 },
      { name: "description", value: "grüß 🌍" },
    ]);
  },
  "uploads bytes and downloads them": async (stage) => {
    const { user } = await userOfSFTPGo(stage);
    await user.createUserFile({ ...PLACE, body: BYTES, "X-SFTPGO-MTIME": 1_700_000_000_000 });
    const { data, headers } = await user.downloadUserFile({ path: PLACE.path }).withResponse();
    holds(data instanceof Blob, "the file is a Blob");
    same(headers.get("last-modified"), "Tue, 14 Nov 2023 22:13:20 GMT");
    await sameBytes(data, BYTES);
  },
  "uploads a Blob and downloads a part of it": async (stage) => {
    const { user } = await userOfSFTPGo(stage);
    await user.createUserFile({ ...PLACE, body: new Blob([BYTES]) });
    const Range = "bytes=1000-1999";
    const part = await user.downloadUserFile({ path: PLACE.path, Range }).withResponse();
    same([part.status, part.headers.get("content-range")], [206, "bytes 1000-1999/1500000"]);
    await sameBytes(part.data, BYTES.subarray(1_000, 2_000));
  },
  "uploads a stream": async (stage) => {
    const { user } = await userOfSFTPGo(stage);
    const upload = user.createUserFile({ ...PLACE, body: new Blob([BYTES]).stream() });
    if (stage.has("streams uploads over HTTP/2 only")) {
      await failure(upload, ConnectionError);
    } else {
      await upload;
      await sameBytes(await user.downloadUserFile({ path: PLACE.path }), BYTES);
    }
  },
  "downloads a stream": async (stage) => {
    const { user } = await userOfSFTPGo(stage);
    await user.createUserFile({ ...PLACE, body: BYTES });
    const response = await user.downloadUserFile({ path: PLACE.path }).asResponse();
    const pieces = await piecesOf(response.body);
    holds(pieces.length > 1, "the file comes in pieces");
    await sameBytes(new Blob(pieces), BYTES);
  },
  "deletes a file": async (stage) => {
    const { user } = await userOfSFTPGo(stage);
    await user.createUserFile({ ...PLACE, body: BYTES });
    await user.deleteUserFile({ path: PLACE.path });
    const result = await user.downloadUserFile({ path: PLACE.path }).result();
    same([result.ok, result.status], [false, 404]);
  },
};

/** Reads a body piece by piece. */
export async function piecesOf(
  stream: ReadableStream<Uint8Array> | null,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const reader = stream?.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value as Uint8Array<ArrayBuffer>);
  }
  return pieces;
}

/** Fails unless a file is made of these bytes. */
export async function sameBytes(file: Blob | undefined, expected: Uint8Array): Promise<void> {
  const bytes = new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer());
  same(bytes.length, expected.length, "bytes");
  const wrong = bytes.findIndex((byte, index) => byte !== expected[index]);
  same(wrong, -1, "the first wrong byte");
}
