import { Mastodon } from "../../../generated/mastodon/index.js";
import type { Cases, Stage } from "./case.js";
import { eventually, reason, same } from "./check.js";

/** Streams of events. */
export const EVENTS: Cases = {
  "reads events, wherever they are cut": async (stage) => {
    const stream = await client(stage).streaming.getStreamingUser();
    const events: unknown[] = [];
    for await (const { event, data } of stream) {
      events.push([event, data]);
      if (events.length === 3) break;
    }
    same(events, [
      ["update", { id: "1", content: "grüß 🌍" }],
      ["delete", "2"],
      ["filters_changed", "undefined"],
    ]);
    await hasClosed(stage);
  },
  "opens a stream again where it ended or broke off": async (stage) => {
    // The head of the second answer arrives, and nothing after it.
    await stage.fail({ kind: "none" }, { kind: "lose", after: 0 });
    const stream = await client(stage).streaming.getStreamingPublic();
    const ids: string[] = [];
    for await (const { id } of stream) {
      ids.push(id);
      if (ids.length === 3) break;
    }
    same(ids, ["1", "2", "3"], "ids");
    const seen = (await stage.journal()).map(({ headers }) => headers["last-event-id"]);
    same(seen, [undefined, "1", "1", "2"], "where the requests go on");
  },
  "ends a stream from outside": async (stage) => {
    const stream = await client(stage).streaming.getStreamingUser();
    const events: string[] = [];
    for await (const { event } of stream) {
      events.push(event);
      if (events.length === 3) void stream.cancel();
    }
    same(events, ["update", "delete", "filters_changed"]);
    await hasClosed(stage);
  },
  "ends a stream by its signal": async (stage) => {
    const controller = new AbortController();
    const stop = new Error("enough");
    const { signal } = controller;
    const stream = await client(stage).streaming.getStreamingUser({ signal });
    const reading = (async () => {
      for await (const { event } of stream) {
        if (event === "filters_changed") controller.abort(stop);
      }
    })();
    same((await reason(reading)) === stop, true, "the reason of the signal");
    await hasClosed(stage);
  },
};

function client({ baseUrl }: Stage): Mastodon {
  return new Mastodon({ baseUrl, auth: { OAuth2: "token" }, retry: 0 });
}

/** The server learns that nobody listens any more. */
async function hasClosed(stage: Stage): Promise<void> {
  await eventually(async () => {
    const [entry] = await stage.journal();
    return entry?.isClosed === true;
  }, "the connection of the stream is closed");
}
