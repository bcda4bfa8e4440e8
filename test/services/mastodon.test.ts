import { describe, expect, it } from "vitest";
import { ConnectionError, Mastodon, type UserStreamEvent } from "../../generated/mastodon/index.js";
import { failureOf } from "../runtime/support/api.js";
import { partsOf } from "../runtime/support/multipart.js";
import { always, useServer } from "../runtime/support/server.js";
import { testCases } from "./support/cases.js";
import { JSON_ACCEPTED } from "./support/script.js";

const server = useServer();

const create = (baseUrl: string): Mastodon =>
  new Mastodon({ baseUrl, retry: 0, auth: { OAuth2: "at" } });
const BEARER = { authorization: "Bearer at" };
const HEADERS = { ...JSON_ACCEPTED, ...BEARER };
const JSON_SENT = { ...HEADERS, "content-type": "application/json" };
const KEYED = {
  ...JSON_SENT,
  "idempotency-key": expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
};
const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };

describe("requests and answers", () => {
  testCases<Mastodon>(server, create, [
    {
      title: "a page of a timeline",
      call: ({ timelines }) => timelines.getTimelineHome({ max_id: "109", limit: 40 }),
      expect: { line: "GET /api/v1/timelines/home?max_id=109&limit=40", headers: HEADERS },
      headers: { link: '<https://x.example/api/v1/timelines/home?max_id=1>; rel="next"' },
      answer: [{ id: "1" }],
    },
    {
      title: "arrays, in the brackets that Rails wants",
      call: ({ accounts }) =>
        accounts.getAccountRelationships({ id: ["1", "2&3"], with_suspended: false }),
      expect: {
        line: "GET /api/v1/accounts/relationships?id%5B%5D=1&id%5B%5D=2%263&with_suspended=false",
        headers: HEADERS,
      },
      answer: [{ id: "1" }],
    },
    {
      title: "several arrays",
      call: ({ notifications }) =>
        notifications.getNotifications({ types: ["mention", "poll"], exclude_types: ["follow"] }),
      expect: {
        line: "GET /api/v1/notifications?types%5B%5D=mention&types%5B%5D=poll&exclude_types%5B%5D=follow",
        headers: HEADERS,
      },
      answer: [],
    },
    {
      title: "search",
      call: ({ search }) => search.getSearchV2({ q: "#ä @b+c", type: "statuses", resolve: true }),
      expect: {
        line: "GET /api/v2/search?q=%23%C3%A4%20%40b%2Bc&type=statuses&resolve=true",
        headers: HEADERS,
      },
      answer: { accounts: [], hashtags: [], statuses: [] },
    },
    {
      title: "create, with a key against doing it twice",
      call: ({ statuses }) =>
        statuses.createStatus({
          body: { status: "Hä?", visibility: "private" },
          "Idempotency-Key": "k-1",
        }),
      expect: {
        line: "POST /api/v1/statuses",
        headers: { ...JSON_SENT, "idempotency-key": "k-1" },
        body: '{"status":"Hä?","visibility":"private"}',
      },
      answer: { id: "1" },
    },
    {
      title: "read",
      call: ({ statuses }) => statuses.getStatus({ id: "109999999999999999" }),
      expect: { line: "GET /api/v1/statuses/109999999999999999", headers: HEADERS },
      answer: { id: "109999999999999999" },
    },
    {
      title: "update",
      call: ({ lists }) => lists.updateList({ id: "1", body: { title: "L", exclusive: true } }),
      expect: {
        line: "PUT /api/v1/lists/1",
        headers: JSON_SENT,
        body: '{"title":"L","exclusive":true}',
      },
      answer: { id: "1", title: "L" },
    },
    {
      title: "delete",
      call: ({ statuses }) => statuses.deleteStatus({ id: "1", delete_media: true }),
      expect: { line: "DELETE /api/v1/statuses/1?delete_media=true", headers: HEADERS },
      answer: { id: "1", text: "Hä?" },
    },
    {
      title: "delete with a body",
      call: ({ lists }) => lists.deleteListAccounts({ id: "1", body: { account_ids: ["2"] } }),
      expect: {
        line: "DELETE /api/v1/lists/1/accounts",
        headers: JSON_SENT,
        body: '{"account_ids":["2"]}',
      },
      answer: {},
    },
    {
      title: "a body that is left out",
      call: ({ accounts }) => accounts.postAccountFollow({ id: "1" }),
      expect: { line: "POST /api/v1/accounts/1/follow", headers: HEADERS },
      answer: { id: "1", following: true },
    },
    {
      title: "text, without a credential",
      call: ({ streaming }) => streaming.getStreamingHealth(),
      expect: { line: "GET /api/v1/streaming/health", headers: { accept: "text/plain" } },
      headers: { "content-type": "text/plain" },
      answer: "OK",
    },
    {
      title: "a file that is still being processed",
      call: ({ media }) => media.getMedia({ id: "1" }),
      expect: { line: "GET /api/v1/media/1", headers: HEADERS },
      status: 206,
      answer: { id: "1", url: null },
    },
    {
      title: "an error with details by field",
      call: ({ statuses }) => statuses.createStatus({ body: { status: "" } }),
      expect: { line: "POST /api/v1/statuses", headers: KEYED, body: '{"status":""}' },
      status: 422,
      answer: { error: "no", details: { text: [{ error: "ERR_BLANK", description: "blank" }] } },
    },
    {
      title: "too many requests",
      call: ({ polls }) => polls.getPoll({ id: "1" }),
      expect: { line: "GET /api/v1/polls/1", headers: HEADERS },
      status: 429,
      headers: { "x-ratelimit-reset": "2026-11-22T00:00:00Z" },
      answer: { error: "Too many requests" },
    },
    {
      title: "gone, with no content",
      call: ({ accounts }) => accounts.getAccount({ id: "1" }),
      expect: { line: "GET /api/v1/accounts/1", headers: HEADERS },
      status: 410,
      value: undefined,
    },
  ]);
});

it("asks without a credential where that is allowed", async () => {
  await new Mastodon({ baseUrl: server.url }).accounts.getAccount({ id: "1" });
  expect(server.request.headers["authorization"]).toBeUndefined();
});

it("gives the headers of an answer with its data", async () => {
  const link = '<https://x.example/?max_id=1>; rel="next"';
  server.answer(always(200, { ...JSON_TYPE, link, "x-ratelimit-remaining": "299" }, "[]"));
  const { timelines } = create(server.url);
  const { data, headers, status } = await timelines.getTimelinePublic().withResponse();
  expect({ data, status }).toEqual({ data: [], status: 200 });
  expect(headers.get("link")).toBe(link);
  expect(headers.get("x-ratelimit-remaining")).toBe("299");
});

describe("multipart", () => {
  const PNG = Buffer.from([137, 80, 78, 71, 0, 255]);

  it("uploads a file with its text", async () => {
    server.answer(always(202, JSON_TYPE, '{"id":"1"}'));
    const file = new File([PNG], "ä.png", { type: "image/png" });
    const { media } = create(server.url);
    const result = await media
      .createMediaV2({ body: { file, description: "dä\r\n--", focus: "0,1" } })
      .result();
    expect(result).toMatchObject({ ok: true, status: 202, data: { id: "1" } });
    expect(partsOf(server.request)).toEqual([
      { name: "file", fileName: "ä.png", type: "image/png", body: PNG },
      { name: "description", body: Buffer.from("dä\r\n--") },
      { name: "focus", body: Buffer.from("0,1") },
    ]);
  });

  it("nests objects in brackets, and repeats the names of arrays", async () => {
    server.answer(always(200, JSON_TYPE, '{"id":"1"}'));
    await create(server.url).accounts.patchAccountsUpdateCredentials({
      contentType: "multipart/form-data",
      body: {
        avatar: new Blob([PNG]),
        "attribution_domains[]": ["a.example", "b.example"],
        fields_attributes: { 0: { name: "n", value: "v" }, 1: { name: "o", value: "w" } },
        source: { privacy: "private", sensitive: false },
        bot: true,
      },
    });
    const text = (name: string, value: string): object => ({ name, body: Buffer.from(value) });
    expect(partsOf(server.request)).toEqual([
      { name: "avatar", fileName: "blob", type: "image/png", body: PNG },
      text("attribution_domains[]", "a.example"),
      text("attribution_domains[]", "b.example"),
      text("fields_attributes[0][name]", "n"),
      text("fields_attributes[0][value]", "v"),
      text("fields_attributes[1][name]", "o"),
      text("fields_attributes[1][value]", "w"),
      text("source[privacy]", "private"),
      text("source[sensitive]", "false"),
      text("bot", "true"),
    ]);
  });
});

describe("streams", () => {
  const STREAM = { "content-type": "text/event-stream" };

  it("gives the events of a stream as they come", async () => {
    server.answer((_, response) => {
      response.writeHead(200, STREAM);
      response.write(':)\nevent: update\ndata: {"id":\ndata: "1"}\n\n');
      response.write("event: filters_changed\ndata: undefined\n\nevent: news\ndata: {}\n\n");
      setTimeout(() => response.end("event: delete\ndata: 109\n\nevent: update\ndata: cut"), 5);
    });
    const events: UserStreamEvent[] = [];
    const stream = await create(server.url).streaming.getStreamingUser();
    for await (const event of stream.events({ reconnect: false })) events.push(event);
    expect(events).toEqual([
      { event: "update", data: { id: "1" }, id: "" },
      { event: "filters_changed", data: "undefined", id: "" },
      // One that the document does not mention.
      { event: "news", data: "{}", id: "" },
      { event: "delete", data: "109", id: "" },
    ]);
    expect(server.request.headers["accept"]).toBe("text/event-stream");
  });

  it("goes on after a break, and says where something may be missing", async () => {
    server.answer((_, response) => {
      const status = server.requests.length;
      response.writeHead(200, STREAM);
      response.write(`event: update\ndata: {"id":"${status}"}\n\nevent: update\ndata: {`, () =>
        response.destroy(),
      );
    });
    const stream = await create(server.url).streaming.getStreamingUser();
    const seen: string[] = [];
    const onReconnected = (): unknown => seen.push("a gap");
    for await (const event of stream.events({ reconnect: { delay: 1, onReconnected } })) {
      if (event.event === "update") seen.push(event.data.id);
      if (seen.length === 5) break;
    }
    expect(seen).toEqual(["1", "a gap", "2", "a gap", "3"]);
  });

  it("ends the connection when the loop is left", async () => {
    const closed = new Promise<void>((resolve) => {
      server.answer((_, response) => {
        response.on("close", resolve);
        response.writeHead(200, STREAM);
        response.write("event: delete\ndata: 1\n\n");
      });
    });
    const result = await create(server.url).streaming.getStreamingPublic().result();
    if (!result.ok) throw result.error;
    for await (const event of result.data) {
      expect(event.event).toBe("delete");
      break;
    }
    await closed;
  });

  it("rejects when a stream that is not to go on breaks off", async () => {
    server.answer((_, response) => {
      response.writeHead(200, STREAM);
      response.write("event: delete\ndata: 1\n\n", () => response.destroy());
    });
    const events = await create(server.url).streaming.getStreamingHashtag({ tag: "ä" });
    const all = async (): Promise<void> => {
      for await (const event of events.events({ reconnect: false })) {
        expect(event.data).toBe("1");
      }
    };
    expect(await failureOf(all())).toBeInstanceOf(ConnectionError);
    expect(server.request.url).toBe("/api/v1/streaming/hashtag?tag=%C3%A4");
  });

  it("is refused like any other call", async () => {
    server.answer(always(401, JSON_TYPE, '{"error":"no"}'));
    const result = await create(server.url).streaming.getStreamingDirect().result();
    expect(result).toMatchObject({ ok: false, status: 401, error: { body: { error: "no" } } });
  });
});
