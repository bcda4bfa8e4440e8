import { describe, expect, it } from "vitest";
import { SFTPGo } from "../../generated/sftpgo/index.js";
import { partsOf } from "../runtime/support/multipart.js";
import { always, useServer } from "../runtime/support/server.js";
import { testCases } from "./support/cases.js";
import { JSON_ACCEPTED, seen } from "./support/script.js";

const server = useServer();

const create = (baseUrl: string): SFTPGo =>
  new SFTPGo({ baseUrl, retry: 0, auth: { BearerAuth: "jwt" } });
const BEARER = { authorization: "Bearer jwt" };
const HEADERS = { ...JSON_ACCEPTED, ...BEARER };
const JSON_SENT = { ...HEADERS, "content-type": "application/json" };
const DONE = { message: "done" };
const BYTES = Buffer.from([0, 255, 13, 10, 128]);
const FILE = BYTES.toString("latin1");

describe("requests and answers", () => {
  testCases<SFTPGo>(server, create, [
    {
      title: "list users, a page",
      call: ({ users }) => users.getUsers({ offset: 0, limit: 100, order: "DESC" }),
      expect: { line: "GET /api/v2/users?offset=0&limit=100&order=DESC", headers: HEADERS },
      answer: [{ username: "alice" }],
    },
    {
      title: "read one, whose name holds everything that a path could trip over",
      call: ({ users }) => users.getUserByUsername({ username: "a/b?c#d%2e@x y" }),
      expect: { line: "GET /api/v2/users/a%2Fb%3Fc%23d%252e%40x%20y", headers: HEADERS },
      answer: { username: "a/b?c#d%2e@x y" },
    },
    {
      title: "create",
      call: ({ users }) =>
        users.addUser({ body: { username: "bob", password: "pä", permissions: { "/": ["*"] } } }),
      expect: {
        line: "POST /api/v2/users",
        headers: JSON_SENT,
        body: '{"username":"bob","password":"pä","permissions":{"/":["*"]}}',
      },
      status: 201,
      headers: { location: "/api/v2/users/bob" },
      answer: { id: 1, username: "bob" },
    },
    {
      title: "update a network, whose slash stays a part of its name",
      call: ({ ipLists }) =>
        ipLists.updateIpListEntry({
          type: 2,
          ipornet: "10.0.0.0/8",
          body: { ipornet: "10.0.0.0/8", type: 2, mode: 1 },
        }),
      expect: {
        line: "PUT /api/v2/iplists/2/10.0.0.0%2F8",
        headers: JSON_SENT,
        body: '{"ipornet":"10.0.0.0/8","type":2,"mode":1}',
      },
      answer: DONE,
    },
    {
      title: "delete",
      call: ({ user }) => user.deleteUserFile({ path: "/dir/../ä.txt" }),
      expect: { line: "DELETE /api/v2/user/files?path=%2Fdir%2F..%2F%C3%A4.txt", headers: HEADERS },
      answer: DONE,
    },
    {
      title: "arrays with commas between, and none for an empty one",
      call: ({ events }) =>
        events.getFsEvents({
          actions: ["upload", "download"],
          statuses: [1, 3],
          instance_ids: ["a,b", "c"],
          protocols: [],
          limit: 5,
        }),
      expect: {
        line: "GET /api/v2/events/fs?actions=upload,download&statuses=1,3&instance_ids=a%2Cb,c&limit=5",
        headers: HEADERS,
      },
      answer: [{ id: "1", action: "upload" }],
    },
    {
      title: "CSV",
      call: ({ events }) => events.getFsEvents({ csv_export: true, accept: "text/csv" }),
      expect: {
        line: "GET /api/v2/events/fs?csv_export=true",
        headers: { ...BEARER, accept: "text/csv" },
      },
      headers: { "content-type": "text/csv" },
      answer: "id,action\r\n1,ä\r\n",
    },
    {
      title: "text with a charset, below another server, without a credential",
      call: ({ healthcheck }) => healthcheck.healthz(),
      expect: { line: "GET /healthz", headers: { accept: "text/plain; charset=utf-8" } },
      headers: { "content-type": "text/plain; charset=utf-8" },
      answer: "ok",
    },
    {
      title: "download",
      call: ({ user }) => user.downloadUserFile({ path: "/a.bin" }),
      expect: {
        line: "GET /api/v2/user/files?path=%2Fa.bin",
        headers: { ...BEARER, accept: "*/*" },
      },
      headers: { "content-type": "image/png", "content-disposition": "attachment" },
      answer: BYTES,
      value: { file: FILE, type: "image/png" },
    },
    {
      title: "download a part",
      call: ({ user }) => user.downloadUserFile({ path: "/a.bin", Range: "bytes=0-4" }),
      expect: {
        line: "GET /api/v2/user/files?path=%2Fa.bin",
        headers: { ...BEARER, accept: "*/*", range: "bytes=0-4" },
      },
      status: 206,
      headers: { "content-type": "application/octet-stream", "content-range": "bytes 0-4/100" },
      answer: BYTES,
      value: { file: FILE, type: "application/octet-stream" },
    },
    {
      title: "nothing new",
      call: ({ user }) =>
        user.downloadUserFile({ path: "/a", "If-Modified-Since": "Sun, 22 Nov 2026 00:00:00 GMT" }),
      expect: {
        line: "GET /api/v2/user/files?path=%2Fa",
        headers: {
          ...BEARER,
          accept: "*/*",
          "if-modified-since": "Sun, 22 Nov 2026 00:00:00 GMT",
          // fetch adds these to a conditional request, for caches on the way.
          "cache-control": "no-cache",
          pragma: "no-cache",
        },
      },
      status: 304,
      value: undefined,
    },
    {
      title: "an archive",
      call: ({ user }) => user.streamzip({ body: ["/a", "/b"] }),
      expect: {
        line: "POST /api/v2/user/streamzip",
        headers: { ...BEARER, accept: "application/zip", "content-type": "application/json" },
        body: '["/a","/b"]',
      },
      headers: { "content-type": "application/zip" },
      answer: BYTES,
      value: { file: FILE, type: "application/zip" },
    },
    {
      title: "upload bytes of a type that the caller names",
      call: ({ user }) =>
        user.createUserFile({
          path: "/a.txt",
          mkdir_parents: true,
          "X-SFTPGO-MTIME": 1_700_000_000_000,
          contentType: "text/markdown",
          body: new TextEncoder().encode("# ä"),
        }),
      expect: {
        line: "POST /api/v2/user/files/upload?path=%2Fa.txt&mkdir_parents=true",
        headers: {
          ...HEADERS,
          "content-type": "text/markdown",
          "x-sftpgo-mtime": "1700000000000",
        },
        body: "# ä",
      },
      status: 201,
      answer: DONE,
    },
    {
      title: "an error that the document lists",
      call: ({ users }) => users.getUserByUsername({ username: "nobody" }),
      expect: { line: "GET /api/v2/users/nobody", headers: HEADERS },
      status: 404,
      answer: { message: "not found", error: "no such user" },
    },
    {
      title: "an error that it does not list",
      call: ({ users }) => users.getUserByUsername({ username: "nobody" }),
      expect: { line: "GET /api/v2/users/nobody", headers: HEADERS },
      status: 503,
      headers: { "retry-after": "1" },
      answer: { message: "later" },
    },
    {
      title: "an error from a proxy, as text",
      call: ({ maintenance }) => maintenance.getStatus(),
      expect: { line: "GET /api/v2/status", headers: HEADERS },
      status: 502,
      headers: { "content-type": "text/html" },
      answer: "<h1>Bad Gateway</h1>",
    },
  ]);
});

describe("uploads", () => {
  it("sends several files as parts of one name", async () => {
    server.answer(always(201, { "content-type": "application/json" }, '{"message":"done"}'));
    const body = {
      filenames: [new File([BYTES], 'ä"1.bin', { type: "image/png" }), new Blob(["two"])],
    };
    const data = await create(server.url).user.createUserFiles({ path: "/in", body });
    expect(data).toEqual(DONE);
    expect(server.request.url).toBe("/api/v2/user/files?path=%2Fin");
    expect(partsOf(server.request)).toEqual([
      { name: "filenames", fileName: "ä%221.bin", type: "image/png", body: BYTES },
      {
        name: "filenames",
        fileName: "blob",
        type: "application/octet-stream",
        body: Buffer.from("two"),
      },
    ]);
  });

  it.each([
    {
      what: "a Blob with a type",
      body: () => new Blob([BYTES], { type: "image/gif" }),
      type: "image/gif",
    },
    { what: "an ArrayBuffer", body: () => Uint8Array.from(BYTES).buffer, type: "audio/ogg" },
    { what: "a stream", body: () => new Blob([BYTES]).stream(), type: "video/mp4" },
  ] as const)("sends $what as it is", async ({ body, type }) => {
    server.answer(always(201, { "content-type": "application/json" }, '{"message":"done"}'));
    const { user } = create(server.url);
    await user.createUserFile({ path: "/a", body: body(), contentType: type });
    expect(server.request.headers["content-type"]).toBe(type);
    expect(server.request.body).toEqual(BYTES);
  });
});

describe("credentials", () => {
  const basic = { username: "owner", password: "secret" };
  const AUTHORIZATION = `Basic ${btoa("owner:secret")}`;

  it.each([
    { what: "a token", auth: { BearerAuth: "jwt" }, sent: { authorization: "Bearer jwt" } },
    { what: "a key", auth: { APIKeyAuth: "key.alice" }, sent: { "x-sftpgo-api-key": "key.alice" } },
    {
      what: "both: the first that the document names",
      auth: { APIKeyAuth: "key", BearerAuth: "jwt" },
      sent: { authorization: "Bearer jwt" },
    },
    {
      what: "a token that there is none of, and a key",
      auth: { APIKeyAuth: () => "key", BearerAuth: () => undefined },
      sent: { "x-sftpgo-api-key": "key" },
    },
  ])("sends of $what one", async ({ auth, sent }) => {
    await new SFTPGo({ baseUrl: server.url, auth }).folders.getFolders();
    expect(seen(server.request).headers).toEqual({ ...JSON_ACCEPTED, ...sent });
  });

  it("opens a share with the owner's password, or without", async () => {
    const { publicShares } = new SFTPGo({ baseUrl: server.url });
    const answer = always(200, { "content-type": "application/zip" }, BYTES);
    server.answer(answer);
    await publicShares.getShare({ id: "s" });
    await publicShares.getShare({ id: "s" }, { auth: { BasicAuth: basic } });
    expect(server.requests.map(({ headers }) => headers["authorization"])).toEqual([
      undefined,
      AUTHORIZATION,
    ]);
  });

  it("sends no token where the document asks for none", async () => {
    const { users } = create(server.url);
    await users.userForgotPassword({ username: "alice" });
    expect(server.request.headers["authorization"]).toBeUndefined();
  });
});

it.each([".", "..", "%2e%2e", ""])("refuses a path value that is %j", async (username) => {
  const promise = create(server.url).users.deleteUser({ username });
  // The third is encoded once more, and then is as good as any other.
  if (username.startsWith("%")) {
    await promise;
    expect(server.request.url).toBe("/api/v2/users/%252e%252e");
  } else {
    await expect(promise).rejects.toMatchObject({ name: "ConfigurationError" });
    expect(server.requests).toHaveLength(0);
  }
});
