import { beforeEach, describe, expect, it } from "vitest";
import { SFTPGo } from "../../generated/sftpgo/index.js";
import { uploadFile, uploadFiles } from "../../generated/sftpgo/sftpgo-upload.js";
import { failureOf } from "../runtime/support/api.js";
import { partsOf } from "../runtime/support/multipart.js";
import { always, useServer } from "../runtime/support/server.js";

const server = useServer();
const FILE = new File(["content"], "a.txt", {
  type: "text/plain",
  lastModified: 1_700_000_000_123,
});
const STORED = { message: "Upload completed" };

function user(): SFTPGo["user"] {
  return new SFTPGo({ baseUrl: server.url, auth: { BearerAuth: "token" } }).user;
}

beforeEach(() => {
  server.answer(always(201, { "content-type": "application/json" }, JSON.stringify(STORED)));
});

describe("uploading one file", () => {
  it.each([
    { what: "a File with its time", file: () => FILE, time: "1700000000123" },
    { what: "a Blob without one", file: () => new Blob(["content"]), time: undefined },
    { what: "a stream", file: () => new Blob(["content"]).stream(), time: undefined },
    {
      what: "a date",
      file: () => FILE,
      options: { modified: new Date("2026-11-22T08:00:00Z") },
      time: "1795334400000",
    },
    {
      what: "a time with a fraction, as of Node.js",
      file: () => new Blob(["content"]),
      options: { modified: 1_700_000_000_123.456 },
      time: "1700000000123",
    },
  ])("stores $what", async ({ file, options, time }) => {
    expect(await uploadFile(user(), "/dir/ä b.txt", file(), options)).toEqual(STORED);
    expect(server.request.url).toBe("/api/v2/user/files/upload?path=%2Fdir%2F%C3%A4%20b.txt");
    expect(server.request.headers["x-sftpgo-mtime"]).toBe(time);
    expect(server.request.headers["content-type"]).toBe("application/octet-stream");
    expect(server.request.body.toString()).toBe("content");
  });

  it("makes directories if it is told to, and tells how much is sent", async () => {
    const reports: [number, number | undefined][] = [];
    await uploadFile(user(), "/a/b.txt", FILE, {
      mkdirParents: true,
      onProgress: (...report) => reports.push(report),
    });
    expect(server.request.url).toContain("mkdir_parents=true");
    expect(server.request.headers["content-length"]).toBe("7");
    expect(reports).toEqual([
      [0, 7],
      [7, 7],
    ]);
  });

  it("fails like the call", async () => {
    server.answer(always(413, { "content-type": "application/json" }, '{"error":"quota"}'));
    const error = await failureOf(uploadFile(user(), "/a", FILE));
    expect(error).toMatchObject({ name: "ApiError", status: 413 });
  });

  it("ends with the signal", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    expect(await failureOf(uploadFile(user(), "/a", FILE, { signal }))).toEqual(
      new Error("enough"),
    );
    expect(server.requests).toHaveLength(0);
  });
});

describe("uploading several files", () => {
  it("sends them under their names with one request", async () => {
    const files = [FILE, new File(["two"], "ü.bin")];
    expect(await uploadFiles(user(), "/dir", files, { mkdirParents: true })).toEqual(STORED);
    expect(server.request.url).toBe("/api/v2/user/files?path=%2Fdir&mkdir_parents=true");
    expect(partsOf(server.request).map(({ name, fileName }) => [name, fileName])).toEqual([
      ["filenames", "a.txt"],
      ["filenames", "ü.bin"],
    ]);
  });
});
