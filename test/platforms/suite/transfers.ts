import { ConnectionError } from "../../../generated/peertube/index.js";
import { download } from "../../../generated/runtime/download.js";
import { downloadProgress, uploadProgress } from "../../../generated/runtime/progress.js";
import { streamPart } from "../../../generated/runtime/stream-part.js";
import type { Cases } from "./case.js";
import { failure, holds, same } from "./check.js";
import { BYTES, piecesOf, PLACE, sameBytes } from "./files.js";
import { userOfPeerTube, userOfSFTPGo } from "./log-in.js";

const { path } = PLACE;

/** Files that are large, or come over bad connections. */
export const TRANSFERS: Cases = {
  "goes on with a download that broke off": async (stage) => {
    const { user } = await userOfSFTPGo(stage);
    await user.createUserFile({ ...PLACE, body: BYTES, "X-SFTPGO-MTIME": 1_700_000_000_000 });
    await stage.fail({ kind: "lose", after: 400_000 }, { kind: "lose", after: 300_000 });
    const seen: (number | undefined)[] = [];
    const file = await download((options) => user.downloadUserFile({ path }, options), {
      retry: { baseDelay: 20 },
      onProgress: (done, total) => seen.push(done, total),
    });
    same(file.size, BYTES.length, "size");
    await sameBytes(new Blob(await piecesOf(file.stream)), BYTES);
    same([seen[0], seen.at(-2), seen.at(-1)], [0, BYTES.length, BYTES.length], "progress");
    const ranges = (await stage.journal()).slice(2).map(({ headers }) => headers["range"]);
    holds(ranges.length === 3, `there are three requests, not ${ranges.length}`);
    holds(
      ranges.slice(1).every((range) => /^bytes=\d+-$/.test(range ?? "")),
      "two ask for the rest",
    );
  },
  "uploads a form with a stream": async (stage) => {
    const { video } = await userOfPeerTube(stage);
    const videofile = streamPart(new Blob([BYTES]).stream(), {
      name: "vidéo.mp4",
      type: "video/mp4",
    });
    const upload = video.uploadLegacy({
      body: { name: "Vidéo №1", channelId: 3, videofile: videofile },
    });
    if (stage.has("streams uploads over HTTP/2 only")) {
      await failure(upload, ConnectionError);
    } else {
      await upload;
      const entry = (await stage.journal()).at(-1);
      same(entry?.parts, [
        { name: "name", value: "Vidéo №1" },
        { name: "channelId", value: "3" },
        { name: "videofile", file: "vidéo.mp4", type: "video/mp4", length: BYTES.length },
      ]);
    }
  },
  "tells how far transfers have come": async (stage) => {
    const { user } = await userOfSFTPGo(stage);
    const sent: (number | undefined)[] = [];
    await user.createUserFile(
      { ...PLACE, body: new Blob([BYTES]) },
      { middleware: [uploadProgress((done, total) => sent.push(done, total))] },
    );
    same([sent[0], sent.at(-2), sent.at(-1)], [0, BYTES.length, BYTES.length], "sent");
    const read: (number | undefined)[] = [];
    const file = await user.downloadUserFile(
      { path },
      { middleware: [downloadProgress((done, total) => read.push(done, total))] },
    );
    await sameBytes(file, BYTES);
    same([read[0], read.at(-2), read.at(-1)], [0, BYTES.length, BYTES.length], "read");
  },
};
