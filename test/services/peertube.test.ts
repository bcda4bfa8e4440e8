import { describe, expect, it } from "vitest";
import { PeerTube, RedirectError } from "../../generated/peertube/index.js";
import { streamPart } from "../../generated/runtime/stream-part.js";
import { failureOf } from "../runtime/support/api.js";
import { partsOf } from "../runtime/support/multipart.js";
import { always, useServer } from "../runtime/support/server.js";
import { testCases } from "./support/cases.js";
import { JSON_ACCEPTED, seen } from "./support/script.js";

const server = useServer();

const create = (baseUrl: string): PeerTube =>
  new PeerTube({ baseUrl, retry: 0, auth: { OAuth2: "at" } });
const BEARER = { authorization: "Bearer at" };
const HEADERS = { ...JSON_ACCEPTED, ...BEARER };
const JSON_SENT = { ...HEADERS, "content-type": "application/json" };
const PROBLEM = { "content-type": "application/problem+json; charset=utf-8" };
const BYTES = Buffer.from([0, 255, 13, 10, 128]);
const PROBLEM_BODY = { type: "about:blank", title: "t", detail: "d", status: 404, code: "c" };

describe("requests and answers", () => {
  testCases<PeerTube>(server, create, [
    {
      title: "a page of a list, with arrays that repeat their name and single values",
      call: ({ video }) =>
        video.getVideos({
          start: 0,
          count: 100,
          sort: "-publishedAt",
          tagsOneOf: ["a b", "c,d"],
          categoryOneOf: 3,
          privacyOneOf: [1, 2],
          isLocal: true,
          include: 3,
        }),
      expect: {
        line: "GET /api/v1/videos?start=0&count=100&sort=-publishedAt&categoryOneOf=3&tagsOneOf=a%20b&tagsOneOf=c%2Cd&isLocal=true&include=3&privacyOneOf=1&privacyOneOf=2",
        headers: HEADERS,
      },
      answer: { total: 1, data: [{ id: 1 }] },
    },
    {
      title: "search",
      call: ({ search }) => search.searchVideos({ search: "käse & brot", nsfw: "both" }),
      expect: {
        line: "GET /api/v1/search/videos?search=k%C3%A4se%20%26%20brot&nsfw=both",
        headers: HEADERS,
      },
      answer: { total: 0, data: [] },
    },
    {
      title: "read by number",
      call: ({ video }) => video.getVideo({ id: 42, "x-peertube-video-password": "pw" }),
      expect: {
        line: "GET /api/v1/videos/42",
        headers: { ...HEADERS, "x-peertube-video-password": "pw" },
      },
      answer: { id: 42, name: "v" },
    },
    {
      title: "a handle with its host",
      call: ({ videoChannels }) =>
        videoChannels.getVideoChannel({ channelHandle: "user@host.example:9000" }),
      expect: {
        line: "GET /api/v1/video-channels/user%40host.example%3A9000",
        headers: JSON_ACCEPTED,
      },
      answer: { id: 1 },
    },
    {
      title: "create",
      call: ({ users }) =>
        users.addUser({ body: { username: "bob", email: "b@x.example", password: "", role: 2 } }),
      expect: {
        line: "POST /api/v1/users",
        headers: JSON_SENT,
        body: '{"username":"bob","email":"b@x.example","password":"","role":2}',
      },
      answer: { user: { id: 1 } },
    },
    {
      title: "update, answered with nothing",
      call: ({ myUser }) => myUser.putUserInfo({ body: { description: null, p2pEnabled: false } }),
      expect: {
        line: "PUT /api/v1/users/me",
        headers: JSON_SENT,
        body: '{"description":null,"p2pEnabled":false}',
      },
      status: 204,
      value: undefined,
    },
    {
      title: "delete",
      call: ({ video }) => video.delVideo({ id: "9c9de5e8-0a1e-484a-b099-e80766180a6d" }),
      expect: {
        line: "DELETE /api/v1/videos/9c9de5e8-0a1e-484a-b099-e80766180a6d",
        headers: HEADERS,
      },
      status: 204,
      value: undefined,
    },
    {
      title: "a feed as JSON",
      call: ({ videoFeeds }) => videoFeeds.getSyndicatedVideos({ format: "json", nsfw: "false" }),
      expect: { line: "GET /feeds/videos.json?nsfw=false", headers: JSON_ACCEPTED },
      answer: { version: "1", title: "t", items: [] },
    },
    {
      title: "a feed as XML",
      call: ({ videoFeeds }) =>
        videoFeeds.getSyndicatedVideos({ format: "rss2", accept: "application/rss+xml" }),
      expect: { line: "GET /feeds/videos.rss2", headers: { accept: "application/rss+xml" } },
      headers: { "content-type": "application/rss+xml; charset=utf-8" },
      answer: "<rss>ä</rss>",
    },
    {
      title: "a part of a file",
      call: ({ staticVideoFiles }) =>
        staticVideoFiles.getPrivateWebVideoFile({ filename: "a b.mp4", Range: "bytes=0-4" }),
      expect: {
        line: "GET /static/web-videos/private/a%20b.mp4",
        headers: { ...BEARER, accept: "application/octet-stream, video/*", range: "bytes=0-4" },
      },
      status: 206,
      headers: { "content-type": "video/mp4", "content-range": "bytes 0-4/9" },
      answer: BYTES,
      value: { file: BYTES.toString("latin1"), type: "video/mp4" },
    },
    {
      title: "a piece of an upload, of which more is wanted",
      call: ({ video }) =>
        video.uploadResumable({
          upload_id: "u/1",
          "Content-Range": "bytes 0-2/9",
          body: new TextEncoder().encode("abc"),
        }),
      expect: {
        line: "PUT /api/v1/videos/upload-resumable?upload_id=u%2F1",
        headers: {
          ...HEADERS,
          "content-type": "application/octet-stream",
          "content-range": "bytes 0-2/9",
        },
        body: "abc",
      },
      status: 308,
      headers: { range: "bytes=0-2" },
      value: undefined,
    },
    {
      title: "the last piece",
      call: ({ video }) =>
        video.uploadResumable({
          upload_id: "u",
          "Content-Range": "bytes 3-8/9",
          body: new TextEncoder().encode("defghi"),
        }),
      expect: {
        line: "PUT /api/v1/videos/upload-resumable?upload_id=u",
        headers: {
          ...HEADERS,
          "content-type": "application/octet-stream",
          "content-range": "bytes 3-8/9",
        },
        body: "defghi",
      },
      answer: { video: { id: 1 } },
    },
    {
      title: "the end of an upload",
      call: ({ video }) => video.uploadResumableCancel({ upload_id: "u" }),
      expect: {
        line: "DELETE /api/v1/videos/upload-resumable?upload_id=u",
        headers: HEADERS,
      },
      status: 204,
      value: undefined,
    },
    {
      title: "an error as a problem document",
      call: ({ video }) => video.getVideo({ id: 1 }),
      expect: { line: "GET /api/v1/videos/1", headers: HEADERS },
      status: 404,
      headers: PROBLEM,
      answer: PROBLEM_BODY,
    },
    {
      title: "too many requests, in words labelled as HTML",
      call: ({ video }) => video.getCategories(),
      expect: { line: "GET /api/v1/videos/categories", headers: JSON_ACCEPTED },
      status: 429,
      headers: { "content-type": "text/html; charset=utf-8", "retry-after": "5" },
      answer: "Too many requests, please try again later.",
    },
  ]);
});

describe("redirects", () => {
  it("gives the answer of a 308 without a place, which asks for more", async () => {
    server.answer(always(308, { range: "bytes=0-2" }));
    const { video } = create(server.url);
    const params = { upload_id: "u", "Content-Range": "bytes 0-2/9", body: new Blob(["abc"]) };
    const result = await video.uploadResumable(params).result();
    expect(result).toMatchObject({ ok: false, status: 308 });
    expect(result.headers.get("range")).toBe("bytes=0-2");
  });

  it("does not follow a 302 to another origin, and does not lose the token there", async () => {
    server.answer(always(302, { location: "http://evil.example/?x" }));
    const error = await failureOf(create(server.url).myUser.getUserInfo());
    expect(error).toBeInstanceOf(RedirectError);
    expect(error).toMatchObject({ status: 302, origin: "http://evil.example" });
    expect(server.requests).toHaveLength(1);
  });

  it("follows a 302 of the same origin", async () => {
    server.answer((request, response) => {
      const isFirst = request.url === "/api/v1/users/me";
      response.writeHead(isFirst ? 302 : 200, isFirst ? { location: "/me" } : {});
      response.end(isFirst ? "" : '{"id":1}');
    });
    expect(await create(server.url).myUser.getUserInfo()).toEqual({ id: 1 });
    expect(server.requests.map(({ url }) => url)).toEqual(["/api/v1/users/me", "/me"]);
  });
});

describe("multipart", () => {
  const text = (name: string, value: string): object => ({ name, body: Buffer.from(value) });

  it("uploads a video with everything around it", async () => {
    server.answer(always(200, { "content-type": "application/json" }, '{"video":{"id":1}}'));
    const data = await create(server.url).video.uploadLegacy({
      body: {
        channelId: 3,
        name: "näme",
        videofile: new File([BYTES], "v.mp4", { type: "video/mp4" }),
        "tags[]": ["a,b", "c"],
        scheduleUpdate: { updateAt: "2026-12-01T00:00:00Z", privacy: 1 },
        thumbnailfile: new Blob(["png"]),
        waitTranscoding: false,
      },
    });
    expect(data).toEqual({ video: { id: 1 } });
    expect(partsOf(server.request)).toEqual([
      text("channelId", "3"),
      text("name", "näme"),
      { name: "videofile", fileName: "v.mp4", type: "video/mp4", body: BYTES },
      text("tags[]", "a,b"),
      text("tags[]", "c"),
      text("scheduleUpdate[updateAt]", "2026-12-01T00:00:00Z"),
      text("scheduleUpdate[privacy]", "1"),
      { name: "thumbnailfile", fileName: "blob", type: "image/png", body: Buffer.from("png") },
      text("waitTranscoding", "false"),
    ]);
    expect(seen(server.request).headers).toMatchObject(HEADERS);
  });

  it("uploads a video that comes as a stream", async () => {
    server.answer(always(200, { "content-type": "application/json" }, '{"video":{"id":1}}'));
    const stream = new Blob([BYTES]).stream();
    const videofile = streamPart(stream, { name: "v.mp4", type: "video/mp4" });
    await create(server.url).video.uploadLegacy({ body: { channelId: 3, name: "n", videofile } });
    expect(partsOf(server.request)).toContainEqual({
      name: "videofile",
      fileName: "v.mp4",
      type: "video/mp4",
      body: BYTES,
    });
  });

  it.each([
    { type: "text/vtt", sent: "text/vtt" },
    { type: "application/x-subrip", sent: "application/x-subrip" },
    // Not one of those that the document lists.
    { type: "image/png", sent: "text/vtt" },
    { type: "", sent: "text/vtt" },
  ])("sends a caption of the type $type as $sent", async ({ type, sent }) => {
    server.answer(always(204));
    const { videoCaptions } = create(server.url);
    const body = { captionfile: new File(["WEBVTT"], "c.vtt", { type }) };
    await videoCaptions.addVideoCaption({ id: 1, captionLanguage: "de", body });
    expect(server.request.url).toBe("/api/v1/videos/1/captions/de");
    expect(partsOf(server.request)).toEqual([
      { name: "captionfile", fileName: "c.vtt", type: sent, body: Buffer.from("WEBVTT") },
    ]);
  });

  it("begins an upload with JSON or a form, whichever the caller says", async () => {
    server.answer(always(201, { location: "/api/v1/videos/upload-resumable?upload_id=u" }));
    const { video } = create(server.url);
    const common = { "X-Upload-Content-Length": 9, "X-Upload-Content-Type": "video/mp4" };
    const body = { channelId: 1, filename: "f", name: "n" };
    const { data, headers } = await video.uploadResumableInit({ ...common, body }).withResponse();
    await video.uploadResumableInit({ ...common, contentType: "multipart/form-data", body });
    expect(data).toBeUndefined();
    expect(headers.get("location")).toContain("upload_id=u");
    const [json, form] = server.requests;
    if (json === undefined || form === undefined) throw new Error("no requests");
    expect(seen(json)).toEqual({
      line: "POST /api/v1/videos/upload-resumable",
      headers: {
        ...JSON_SENT,
        "x-upload-content-length": "9",
        "x-upload-content-type": "video/mp4",
      },
      body: JSON.stringify(body),
    });
    expect(partsOf(form)).toEqual([
      text("channelId", "1"),
      text("filename", "f"),
      text("name", "n"),
    ]);
  });
});

describe("credentials", () => {
  it("presents a file's token in the query", async () => {
    server.answer(always(200, { "content-type": "video/mp4" }, BYTES));
    const auth = { VideoFileToken: "t&1" };
    const { staticVideoFiles } = new PeerTube({ baseUrl: server.url, auth });
    await staticVideoFiles.getPrivateWebVideoFile({ filename: "f" });
    expect(server.request.url).toBe("/static/web-videos/private/f?videoFileToken=t%261");
    expect(server.request.headers["authorization"]).toBeUndefined();
  });

  it("goes without one where that is allowed, and takes one where there is one", async () => {
    await new PeerTube({ baseUrl: server.url }).video.getVideos();
    await create(server.url).video.getVideos();
    expect(server.requests.map(({ headers }) => headers["authorization"])).toEqual([
      undefined,
      "Bearer at",
    ]);
  });
});

it("has the first server of the document as its base URL", async () => {
  const urls: string[] = [];
  const peertube = new PeerTube({
    fetch: (url) => {
      urls.push(url);
      return Promise.resolve(Response.json({}));
    },
  });
  await peertube.session.getOAuthClient();
  expect(urls).toEqual(["https://peertube2.cpy.re/api/v1/oauth-clients/local"]);
});
