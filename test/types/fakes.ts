import { Mastodon } from "../../generated/mastodon/index.js";
import { PeerTube, type OAuthClient } from "../../generated/peertube/index.js";
import { createFake } from "../../generated/runtime/fake.js";
import { SFTPGo, type Admin } from "../../generated/sftpgo/index.js";
import { exactly, use } from "./equal.js";

/* Nothing here runs: the compiler is the test. */

const CLIENT: OAuthClient = { client_id: "i", client_secret: "s" };
const PROBLEM = { type: "about:blank", title: "Not Found", status: 404, detail: "no video" };

export function fakes(admin: Admin): void {
  const fake = createFake(
    PeerTube,
    {
      "session.getOAuthClient": CLIENT,
      "video.getVideos": ({ count, sort }) => {
        exactly<number | undefined>()(count);
        use(sort);
        return Promise.resolve({ total: 0, data: [] });
      },
      "video.getVideo": ({ id }, { reply }) => {
        exactly<number | string>()(id);
        return reply(404, PROBLEM, { "retry-after": "1" });
      },
      "video.delVideo": undefined,
      "videoFeeds.getSyndicatedVideos": ({ accept }) =>
        accept === "application/rss+xml" ? "<rss/>" : { version: "1", title: "", items: [] },
      "videoDownload.downloadGeneratedVideoFile": new Blob([]),
    },
    { auth: { OAuth2: "t" }, timeout: 1_000 },
  );
  exactly<PeerTube>()(fake.client);
  fake.paramsOf("video.getVideo").forEach(({ id }) => {
    exactly<number | string>()(id);
  });
  // @ts-expect-error -- no such operation
  fake.paramsOf("video.getVide");

  createFake(Mastodon, { "streaming.getStreamingPublic": [{ event: "delete", data: "1" }] });
  createFake(Mastodon, { "streaming.getStreamingPublic": (_, { reply }) => reply(204) });
  createFake(SFTPGo, { "admins.addAdmin": (_, { reply }) => reply(201, admin) });
  createFake(PeerTube, { request: ({ path }, { reply }) => (path === "/x" ? {} : reply(404)) });
  // An error that the document does not have, with any body or none.
  createFake(PeerTube, { "video.getVideo": (_, { reply }) => reply(502) });
  createFake(PeerTube, { "video.getVideo": (_, { reply }) => reply(502, "<html>") });
}

export function mistakes(admin: Admin): void {
  // @ts-expect-error -- no such operation
  createFake(PeerTube, { "video.getVide": undefined });
  // @ts-expect-error -- a member is missing
  createFake(PeerTube, { "session.getOAuthClient": { client_id: "i" } });
  // @ts-expect-error -- there is no such member
  createFake(PeerTube, { "session.getOAuthClient": { ...CLIENT, scope: "x" } });
  // @ts-expect-error -- a number is no text
  createFake(PeerTube, { "session.getOAuthClient": () => ({ client_id: 1, client_secret: "s" }) });
  // @ts-expect-error -- there is a body
  createFake(PeerTube, { "session.getOAuthClient": () => undefined });
  // @ts-expect-error -- there is none
  createFake(PeerTube, { "video.delVideo": "done" });
  // @ts-expect-error -- 201 is not what a plain body is answered with
  createFake(SFTPGo, { "admins.addAdmin": admin });
  // @ts-expect-error -- a success that the document does not have
  createFake(SFTPGo, { "admins.addAdmin": (_, { reply }) => reply(200, admin) });
  // @ts-expect-error -- not what this status comes with
  createFake(PeerTube, { "video.getVideo": (_, { reply }) => reply(404, CLIENT) });
  // @ts-expect-error -- it comes with something
  createFake(PeerTube, { "video.getVideo": (_, { reply }) => reply(404) });
  // @ts-expect-error -- no such parameter
  createFake(PeerTube, { "session.getOAuthClient": ({ id }) => id as never });
  // @ts-expect-error -- no event of this stream
  createFake(Mastodon, { "streaming.getStreamingPublic": [{ event: "notification", data: "" }] });
  // @ts-expect-error -- nothing is sent
  createFake(Mastodon, { "oauth.getOauthAuthorize": () => new URL("https://a.example") });
  // @ts-expect-error -- no such option
  createFake(PeerTube, {}, { retries: 1 });
}
