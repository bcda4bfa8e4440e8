import { describe, expect, it } from "vitest";
import { Mastodon } from "../../generated/mastodon/index.js";
import { streamingUrl } from "../../generated/mastodon/mastodon-streaming.js";
import { failureOf } from "../runtime/support/api.js";

const instance = (streaming: string) => ({ configuration: { urls: { streaming } } });

describe("where the streams of an instance are", () => {
  it.each([
    ["wss://streaming.example", "https://streaming.example/"],
    ["WSS://streaming.example:4000/sub", "https://streaming.example:4000/sub"],
    ["ws://127.0.0.1:4000", "http://127.0.0.1:4000/"],
    ["https://social.example", "https://social.example/"],
  ])("%s", (streaming, url) => {
    expect(streamingUrl(instance(streaming)).href).toBe(url);
  });

  it.each(["", "streaming.example", "wss://"])("%j is no such place", (streaming) => {
    expect(() => streamingUrl(instance(streaming))).toThrow(/getInstanceV2: GET .* use `baseUrl`$/);
  });
});

describe("a stream on another host", () => {
  const BASE = "https://social.example";

  /** A client of an instance whose streams are there, and what it asks for with which credential. */
  function clientOf(streaming: string) {
    const asked: [url: string, authorization: string | null][] = [];
    const fetch = async (url: string, { headers }: RequestInit): Promise<Response> => {
      asked.push([url, new Headers(headers).get("authorization")]);
      if (url.endsWith("/instance")) return Promise.resolve(Response.json(instance(streaming)));
      const type = { "content-type": "text/event-stream" };
      return Promise.resolve(new Response("event: delete\ndata: 1\n\n", { headers: type }));
    };
    return { mastodon: new Mastodon({ baseUrl: BASE, auth: { OAuth2: "t" }, fetch }), asked };
  }

  it("gets the token, also when it is opened again", async () => {
    const { mastodon, asked } = clientOf("wss://streaming.example");
    const baseUrl = streamingUrl(await mastodon.instance.getInstanceV2());
    const stream = await mastodon.streaming.getStreamingUser({ baseUrl });
    let events = 0;
    for await (const { data } of stream.events({ reconnect: { delay: 0 } })) {
      expect(data).toBe("1");
      events += 1;
      if (events === 2) break;
    }
    const opened = ["https://streaming.example/api/v1/streaming/user", "Bearer t"];
    expect(asked.slice(1)).toEqual([opened, opened]);
  });

  it("gets none without TLS", async () => {
    const { mastodon, asked } = clientOf("ws://streaming.example");
    const baseUrl = streamingUrl(await mastodon.instance.getInstanceV2());
    const error = await failureOf(mastodon.streaming.getStreamingUser({ baseUrl }));
    expect(error).toMatchObject({ name: "ConfigurationError" });
    expect(asked).toHaveLength(1);
  });
});
