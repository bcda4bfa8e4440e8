import { Mastodon } from "../../../generated/mastodon/index.js";
import { PeerTube } from "../../../generated/peertube/index.js";
import type { Cases } from "./case.js";
import { holds, same } from "./check.js";
import { userOfPeerTube, userOfSFTPGo } from "./log-in.js";

/** What is sent, and what is made of what comes back. */
export const WIRE_FORMAT: Cases = {
  "sends any character in paths, queries and bodies": async (stage) => {
    const { video } = new PeerTube({ baseUrl: stage.baseUrl, retry: 0 });
    await video.getVideo({ id: "a/b?ü 🌍" }).result();
    await video.getVideos({ search: "ü & 🌍=+", tagsOneOf: ["x,y", "z"] });
    const { statuses } = new Mastodon({ baseUrl: stage.baseUrl, auth: { OAuth2: "token" } });
    const published = await statuses.createStatus({
      body: { status: "grüß 🌍\u2028" },
      "Idempotency-Key": "key-1",
    });
    same("content" in published && published.content, "grüß 🌍\u2028");
    const [first, second, third] = await stage.journal();
    same(first?.path, "/api/v1/videos/a%2Fb%3F%C3%BC%20%F0%9F%8C%8D", "path");
    const query = new URLSearchParams(second?.query);
    same(query.get("search"), "ü & 🌍=+", "search");
    same(query.getAll("tagsOneOf"), ["x,y", "z"], "tags");
    same(third?.headers["idempotency-key"], "key-1", "key");
  },
  "gives undefined for an answer without content": async (stage) => {
    const { myUser } = await userOfPeerTube(stage);
    const answer = await myUser.putUserInfo({ body: { description: "new" } }).withResponse();
    same([answer.status, answer.data], [204, undefined]);
  },
  "reads a large answer that is compressed": async (stage) => {
    const { user } = await userOfSFTPGo(stage);
    const entries = await user.getUserDirContents();
    same([entries.length, entries[19_999]?.name], [20_000, "файл-19999.txt"]);
  },
  "makes many calls at the same time": async (stage) => {
    const { video } = new PeerTube({ baseUrl: stage.baseUrl });
    const pages = await Promise.all(
      Array.from({ length: 50 }, (_, index) => video.getVideos({ start: index % 25, count: 1 })),
    );
    holds(
      pages.every(({ data }, index) => data[0]?.id === index % 25),
      "each call has its own answer",
    );
  },
  "runs middleware around each attempt": async (stage) => {
    const attempts: string[] = [];
    const { video } = new PeerTube({
      baseUrl: stage.baseUrl,
      retry: { baseDelay: 20 },
      middleware: [
        async ({ attempt, request, operation }, next) => {
          request.headers.set("x-trace", `${operation.operationId}-${attempt}`);
          const response = await next();
          attempts.push(`${attempt}: ${response.status}`);
          return response;
        },
      ],
    });
    await stage.fail({ kind: "answer", status: 502 });
    await video.getVideos();
    same(attempts, ["1: 502", "2: 200"]);
    const traces = (await stage.journal()).map(({ headers }) => headers["x-trace"]);
    same(traces, ["getVideos-1", "getVideos-2"]);
  },
};
