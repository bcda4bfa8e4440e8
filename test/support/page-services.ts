import { Mastodon } from "../../generated/mastodon/index.js";
import { PeerTube } from "../../generated/peertube/index.js";
import { createFake } from "../../generated/runtime/fake.js";
import type { FakeHandlers } from "../../generated/runtime/fake-types.js";
import { SFTPGo } from "../../generated/sftpgo/index.js";

/*
 * Services for the programs of README.md and docs/client.md: they answer with as little as these look at, which is
 * less than the document promises.
 */

interface Context {
  readonly request: { readonly headers: Headers };
  readonly reply: (status: number, body?: unknown, headers?: Record<string, string>) => object;
}

type Handlers = Readonly<Record<string, unknown>>;

/** A file of 2,000 bytes, in parts and unless it is known. */
function fileAnswer(_params: object, { request: { headers }, reply }: Context): object {
  const bytes = new Uint8Array(2_000);
  const start = Number(/^bytes=(\d+)-$/.exec(headers.get("range") ?? "")?.[1] ?? NaN);
  const more = { etag: '"1"', "content-type": "application/octet-stream" };
  if (headers.get("if-none-match") === '"1"') return reply(304);
  if (Number.isNaN(start)) return reply(200, bytes, more);
  const range = `bytes ${start}-1999/2000`;
  return reply(206, bytes.slice(start), { ...more, "content-range": range });
}

/** A stream of one event, which is over when it is asked for again. */
function streamOf(event: object): (params: object, context: Context) => unknown {
  let isOver = false;
  return (_params, { reply }) => {
    if (isOver) return reply(204);
    isOver = true;
    return [event];
  };
}

const USERS = [{ username: "alice" }];
const VIDEOS = { total: 1, data: [{ id: 1, name: "A walk" }] };
const NOTIFICATION = { id: "1", type: "mention", account: { acct: "alice" } };
const announced = (_params: object, { reply }: Context): object =>
  reply(201, undefined, { location: "/?upload_id=1" });

function peertubeHandlers(): Handlers {
  return {
    "myUser.pickMyAvatar": { avatars: [] },
    "video.getVideo": { id: 1, name: "A walk" },
    "video.getVideoChannelVideos": VIDEOS,
    "video.getVideos": VIDEOS,
    "video.uploadResumable": { video: { id: 1 } },
    "video.uploadResumableInit": announced,
  };
}

function mastodonHandlers(): Handlers {
  return {
    "instance.getInstanceV2": {
      configuration: { urls: { streaming: "wss://streaming.example" } },
    },
    "media.createMediaV2": { id: "1" },
    "notifications.getNotifications": [NOTIFICATION],
    "statuses.createStatus": { id: "1" },
    "streaming.getStreamingUser": streamOf({ event: "notification", data: NOTIFICATION }),
    "streaming.getStreamingUserNotification": streamOf({
      event: "notification",
      data: NOTIFICATION,
    }),
    "timelines.getTimelineHome": [{ id: "1" }],
  };
}

function sftpgoHandlers(): Handlers {
  return {
    request: (_params: object, { reply, request }: Context) =>
      request.headers.get("accept")?.startsWith("text/") === true
        ? reply(200, "Hello")
        : reply(200, {}),
    "user.createUserFile": (_params: object, { reply }: Context) => reply(201, { message: "OK" }),
    "user.createUserFiles": (_params: object, { reply }: Context) => reply(201, { message: "OK" }),
    "user.downloadUserFile": fileAnswer,
    "users.getUserByUsername": USERS[0],
    "folders.getFolders": [],
    "users.getUsers": USERS,
  };
}

/** What the programs are given. */
export function pageServices(): Readonly<Record<string, unknown>> {
  const mastodon = createFake(Mastodon, mastodonHandlers() as FakeHandlers<Mastodon>);
  const peertube = createFake(PeerTube, peertubeHandlers() as FakeHandlers<PeerTube>);
  const sftpgo = createFake(SFTPGo, sftpgoHandlers() as FakeHandlers<SFTPGo>);
  return {
    baseUrl: "https://service.example",
    console: { log: () => undefined, error: () => undefined },
    destination: new WritableStream<Uint8Array>(),
    file: new File(["x"], "x.mp4"),
    mastodon: mastodon.client,
    peertube: peertube.client,
    sftpgo: sftpgo.client,
    username: "alice",
  };
}
