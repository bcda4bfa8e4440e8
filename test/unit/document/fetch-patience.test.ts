import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { folderCache } from "../../../generator/document/fetch-cache.js";
import {
  createFetchFile,
  type Fetched,
  type FetchOptions,
} from "../../../generator/document/fetch-file.js";
import { LIMITS } from "../../../generator/document/limits.js";
import { inTemporaryFolder } from "../../cli/support.js";
import {
  body,
  startServer,
  status,
  validated,
  type Answer,
  type ScriptedServer,
} from "../../support/scripted-server.js";

let server: ScriptedServer;
let waited: number[];
beforeEach(async () => {
  server = await startServer();
  waited = [];
});
afterEach(() => {
  server.close();
});

/** What comes of `/a`, as a text. */
async function fetched(
  options: FetchOptions = {},
  headers?: Readonly<Record<string, string>>,
): Promise<string> {
  const origin = { origin: server.origin, ...(headers === undefined ? {} : { headers }) };
  const fetchFile = createFetchFile([origin], LIMITS, {
    wait: (milliseconds) => Promise.resolve(waited.push(milliseconds)),
    ...options,
  });
  return textOf(await fetchFile(`${server.origin}/a`));
}

function textOf(found: Fetched): string {
  return "problem" in found ? found.problem : new TextDecoder().decode(found.bytes);
}

const destroyed: Answer = (response) => void response.destroy();

describe("a request is repeated", () => {
  test.each<[string, Answer, readonly number[]]>([
    ["a busy server", status(503), [250]],
    ["a server that failed", status(500), [250]],
    ["too many requests, with seconds to wait", status(429, { "retry-after": "2" }), [2000]],
    ["too many requests, without patience", status(429, { "retry-after": "0" }), [250]],
    ["a date in the past", status(503, { "retry-after": "Sun, 06 Nov 1994 08:49:37 GMT" }), [250]],
    ["words for a time", status(503, { "retry-after": "soon" }), [250]],
    ["a negative time", status(503, { "retry-after": "-5" }), [250]],
    ["a connection that breaks", destroyed, [250]],
  ])("after %s", async (_name, first, pauses) => {
    server.answers.set("/a", [first, body("text")]);
    expect(await fetched()).toBe("text");
    expect(waited).toEqual(pauses);
  });

  test("three times in all, with longer pauses", async () => {
    server.answers.set("/a", [status(502)]);
    expect(await fetched()).toBe("is answered with status 502");
    expect(waited).toEqual([250, 500]);
    expect(server.requests.length).toBe(3);
  });
});

describe("a request is not repeated", () => {
  test.each<[string, Answer, string]>([
    ["a file that is not there", status(404), "is answered with status 404"],
    ["credentials that are missing", status(401), "is answered with status 401"],
    [
      "a server that asks for too much patience",
      status(503, { "retry-after": "31" }),
      "is answered with status 503",
    ],
    ["an answer that nobody asked for", status(304), "is answered with status 304"],
  ])("after %s", async (_name, answer, problem) => {
    server.answers.set("/a", [answer]);
    expect(await fetched()).toBe(problem);
    expect(server.requests.length).toBe(1);
    expect(waited).toEqual([]);
  });
});

describe("copies", () => {
  const withCache = (action: (folder: string) => Promise<void>): Promise<void> =>
    inTemporaryFolder((folder) => action(path.join(folder, "cache")));

  test("are asked for changes by their ETag", () =>
    withCache(async (folder) => {
      server.answers.set("/a", [validated("first", '"1"')]);
      expect(await fetched({ cache: folderCache(folder) })).toBe("first");
      expect(await fetched({ cache: folderCache(folder) })).toBe("first");
      expect(server.requests.map(({ headers }) => headers["if-none-match"])).toEqual([
        undefined,
        '"1"',
      ]);
      server.answers.set("/a", [validated("second", '"2"')]);
      expect(await fetched({ cache: folderCache(folder) })).toBe("second");
      expect(await fetched({ cache: folderCache(folder), isOffline: true })).toBe("second");
      expect(server.requests.length).toBe(3);
    }));

  test("are asked for changes by their date, where there is nothing else", () =>
    withCache(async (folder) => {
      const date = "Sun, 06 Nov 1994 08:49:37 GMT";
      server.answers.set("/a", [body("text", { "last-modified": date }), status(304)]);
      expect(await fetched({ cache: folderCache(folder) })).toBe("text");
      expect(await fetched({ cache: folderCache(folder) })).toBe("text");
      expect(server.requests[1]?.headers["if-modified-since"]).toBe(date);
    }));

  test("are relative to where a redirection led", () =>
    withCache(async (folder) => {
      server.answers.set("/a", [status(302, { location: "/b" })]);
      server.answers.set("/b", [validated("text", '"1"')]);
      await fetched({ cache: folderCache(folder) });
      await fetched({ cache: folderCache(folder) });
      expect(server.requests.map(({ url, headers }) => [url, headers["if-none-match"]])).toEqual([
        ["/a", undefined],
        ["/b", undefined],
        ["/a", undefined],
        ["/b", '"1"'],
      ]);
      const offline = createFetchFile([{ origin: server.origin }], LIMITS, {
        cache: folderCache(folder),
        isOffline: true,
      });
      expect(await offline(`${server.origin}/a`)).toMatchObject({ url: `${server.origin}/b` });
    }));

  test("never stand in for what cannot be fetched", () =>
    withCache(async (folder) => {
      server.answers.set("/a", [body("text")]);
      await fetched({ cache: folderCache(folder) });
      server.answers.set("/a", [status(500)]);
      expect(await fetched({ cache: folderCache(folder) })).toBe("is answered with status 500");
    }));

  test("offline, have to be there", () =>
    withCache(async (folder) => {
      expect(await fetched({ cache: folderCache(folder), isOffline: true })).toContain(
        "no earlier run has left a copy",
      );
      expect(server.requests).toEqual([]);
    }));

  test("of what was got with credentials are not kept", () =>
    withCache(async (folder) => {
      server.answers.set("/a", [body("text")]);
      expect(await fetched({ cache: folderCache(folder) }, { "x-api-key": "KEY" })).toBe("text");
      await expect(readdir(folder)).rejects.toThrow("ENOENT");
    }));

  test("are for this user only", () =>
    withCache(async (folder) => {
      server.answers.set("/a", [body("text")]);
      await fetched({ cache: folderCache(folder) });
      const [name = ""] = await readdir(folder);
      expect(name).toMatch(/^[0-9a-f]{64}\.copy$/);
      expect((await stat(folder)).mode & 0o077).toBe(0);
      expect((await stat(path.join(folder, name))).mode & 0o077).toBe(0);
    }));

  test("that cannot be kept are no reason to fail", () =>
    withCache(async (folder) => {
      await writeFile(folder, "a file where the folder should be");
      server.answers.set("/a", [body("text")]);
      expect(await fetched({ cache: folderCache(folder) })).toBe("text");
    }));

  test.each([
    ["cut off", (text: string) => text.slice(0, -1)],
    ["changed", (text: string) => text.replace(/text$/, "tixt")],
    ["without its first line", (text: string) => text.slice(text.indexOf("\n") + 1)],
    ["of another URL", (text: string) => text.replace('/a","url"', '/b","url"')],
    ["with another form", (text: string) => text.replace('"version":1', '"version":2')],
    ["with no URL", (text: string) => text.replace(/"url":"[^"]*"/, '"url":"nowhere"')],
    ["empty", () => ""],
    ["no JSON", () => "{\ntext"],
    [
      "from an origin that is not allowed any more",
      (text: string) => text.replace(/"url":"http:\/\/127/, '"url":"http://128'),
    ],
  ])("that are %s count as none", (_name, damage) =>
    withCache(async (folder) => {
      server.answers.set("/a", [validated("text", '"1"')]);
      await fetched({ cache: folderCache(folder) });
      const [name = ""] = await readdir(folder);
      const file = path.join(folder, name);
      await writeFile(file, damage(await readFile(file, "utf8")));
      expect(await fetched({ cache: folderCache(folder), isOffline: true })).toContain(
        "no earlier run",
      );
      expect(await fetched({ cache: folderCache(folder) })).toBe("text");
      expect(server.requests[1]?.headers["if-none-match"]).toBeUndefined();
      expect(await fetched({ cache: folderCache(folder), isOffline: true })).toBe("text");
    }),
  );
});
