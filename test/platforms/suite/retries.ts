import { Mastodon } from "../../../generated/mastodon/index.js";
import { ApiError, PeerTube, RedirectError } from "../../../generated/peertube/index.js";
import type { Cases, Stage } from "./case.js";
import { failure, holds, same } from "./check.js";

const TOKEN = "token-of-one-origin";
const BUSY = { kind: "answer", status: 503 } as const;

/** Requests that are sent again. */
export const RETRIES: Cases = {
  "sends a request again until it is answered": async (stage) => {
    await stage.fail(BUSY, BUSY);
    const delays: number[] = [];
    const { video } = new PeerTube({
      baseUrl: stage.baseUrl,
      retry: { baseDelay: 20, onRetry: ({ delay }) => delays.push(delay) },
    });
    same((await video.getVideos()).total, 25);
    same((await stage.journal()).length, 3, "requests");
    holds(delays.length === 2 && delays.every((delay) => delay <= 40), "the delays are short");
  },
  "waits as long as the service asks for": async (stage) => {
    await stage.fail({ ...BUSY, status: 429, headers: { "retry-after": "1" } });
    const delays: number[] = [];
    const { video } = new PeerTube({
      baseUrl: stage.baseUrl,
      retry: { onRetry: ({ delay }) => delays.push(delay) },
    });
    await video.getVideos();
    same(delays, [1_000], "delays");
  },
  "sends a request again whose answer broke off": async (stage) => {
    await stage.fail({ kind: "lose", after: 100 });
    const { video } = new PeerTube({ baseUrl: stage.baseUrl, retry: { baseDelay: 20 } });
    same((await video.getVideos()).total, 25);
  },
  "publishes once, however often it is sent": async (stage) => {
    await stage.fail({ kind: "lose" });
    const { statuses } = new Mastodon({
      baseUrl: stage.baseUrl,
      auth: { OAuth2: TOKEN },
      retry: { baseDelay: 20 },
    });
    const published = await statuses.createStatus({ body: { status: "once" } });
    same(published.id, "1", "the id of the first status");
    const keys = (await stage.journal()).map(({ headers }) => headers["idempotency-key"]);
    holds(keys.length > 1 && keys[0] !== undefined, "the request is sent again, with a key");
    same(new Set(keys).size, 1, "keys");
  },
  "does not send again what is not to be repeated": async (stage) => {
    await stage.fail(BUSY);
    const { media } = new Mastodon({ baseUrl: stage.baseUrl, auth: { OAuth2: TOKEN } });
    await failure(media.createMediaV2({ body: { file: new Blob(["png"]) } }), ApiError);
    same((await stage.journal()).length, 1, "requests");
  },
};

/** Redirects, and where credentials go. */
export const REDIRECTS: Cases = {
  "takes no token to another origin": async (stage) => {
    await stage.fail(redirect(`${stage.otherUrl}/api/v1/videos`));
    const error = await failure(user(stage).video.getVideos(), RedirectError);
    const isHidden = stage.has("hides redirects");
    same(error.origin, isHidden ? undefined : new URL(stage.otherUrl).origin, "origin");
    same((await stage.journal()).length, 1, "requests");
  },
  "follows a redirect to the same origin": async (stage) => {
    await stage.fail(redirect(`${stage.baseUrl}/api/v1/videos?count=1`));
    const call = user(stage).video.getVideos();
    if (stage.has("hides redirects")) {
      await failure(call, RedirectError);
    } else {
      same((await call).data.length, 1, "videos");
    }
  },
  "follows any redirect with nothing to lose": async (stage) => {
    await stage.fail(redirect(`${stage.otherUrl}/api/v1/videos?count=1`));
    const { video } = new PeerTube({ baseUrl: stage.baseUrl });
    same((await video.getVideos()).data.length, 1, "videos");
    const ports = (await stage.journal()).map(({ port }) => String(port));
    same(ports, [new URL(stage.baseUrl).port, new URL(stage.otherUrl).port], "ports");
  },
  "takes no body to another place": async (stage) => {
    await stage.fail(redirect(`${stage.baseUrl}/api/v1/users/me`, 307));
    const call = user(stage).myUser.putUserInfo({ body: { description: "new" } });
    await failure(call, RedirectError);
    same((await stage.journal()).length, 1, "requests");
  },
};

function redirect(
  location: string,
  status = 302,
): { kind: "answer"; status: number; headers: { location: string } } {
  return { kind: "answer", status, headers: { location } };
}

function user({ baseUrl }: Stage): PeerTube {
  return new PeerTube({ baseUrl, auth: { OAuth2: TOKEN }, retry: 0 });
}
