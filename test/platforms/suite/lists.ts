import { Mastodon } from "../../../generated/mastodon/index.js";
import { PeerTube } from "../../../generated/peertube/index.js";
import type { Cases } from "./case.js";
import { reason, same } from "./check.js";
import { userOfSFTPGo } from "./log-in.js";

/** Lists that come in pages. */
export const LISTS: Cases = {
  "goes through pages by offset and total": async (stage) => {
    const { video } = new PeerTube({ baseUrl: stage.baseUrl });
    const ids: (number | undefined)[] = [];
    for await (const { id } of video.getVideos({ count: 10 }).items()) ids.push(id);
    same(ids, [...Array(25).keys()], "ids");
    same((await stage.journal()).length, 3, "requests");
  },
  "goes through pages by the Link header": async (stage) => {
    const mastodon = new Mastodon({ baseUrl: stage.baseUrl, auth: { OAuth2: "token" } });
    const ids: string[] = [];
    const list = mastodon.timelines.getTimelineHome({ limit: 20 });
    for await (const { id } of list.items({ prefetch: true })) ids.push(id);
    same([ids.length, ids[0], ids[49]], [50, "110000000000000000", "109999999999999951"], "ids");
    same((await stage.journal()).length, 3, "requests");
  },
  "goes through pages by offset and limit": async (stage) => {
    const { users } = await userOfSFTPGo(stage);
    const sizes: number[] = [];
    for await (const page of users.getUsers({ limit: 3 }).pages()) sizes.push(page.items.length);
    same(sizes, [3, 3, 1], "pages");
  },
  "stops in the middle of a list": async (stage) => {
    const { video } = new PeerTube({ baseUrl: stage.baseUrl });
    const ids: (number | undefined)[] = [];
    for await (const { id } of video.getVideos({ count: 10 }).items({ limit: 12 })) ids.push(id);
    same(ids.length, 12, "videos");
    const stop = new Error("enough");
    const controller = new AbortController();
    const { signal } = controller;
    const reading = (async () => {
      for await (const { id } of video.getVideos({ count: 10 }, { signal }).items()) {
        if (id === 3) controller.abort(stop);
      }
    })();
    same((await reason(reading)) === stop, true, "the reason of the signal");
    same((await stage.journal()).length, 3, "requests");
  },
};
