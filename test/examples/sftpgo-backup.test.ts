import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { send, useServer } from "../runtime/support/server.js";
import { runExample } from "./program.js";

const server = useServer();
const folder = mkdtempSync(path.join(tmpdir(), "driftline-example-"));

/** What the server keeps: files by path, each with the time that it was given. */
const files = new Map<string, { readonly text: string; readonly modified: number }>();
/** A file that the server does not take. */
let refused: string | undefined;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it("sends a folder, then only what has changed, and goes on after a file that fails", async () => {
  serve();
  mkdirSync(path.join(folder, "b"));
  writeFileSync(path.join(folder, "a.txt"), "one");
  writeFileSync(path.join(folder, "b", "c #1.txt"), "two");
  expect(await backup()).toEqual([0, "2 sent, 0 unchanged, 0 failed"]);
  expect(texts()).toEqual({ "/kept/a.txt": "one", "/kept/b/c #1.txt": "two" });

  writeFileSync(path.join(folder, "a.txt"), "three");
  expect(await backup()).toEqual([0, "1 sent, 1 unchanged, 0 failed"]);
  expect(texts()).toEqual({ "/kept/a.txt": "three", "/kept/b/c #1.txt": "two" });

  writeFileSync(path.join(folder, "a.txt"), "seven");
  writeFileSync(path.join(folder, "d.txt"), "four");
  refused = "/kept/d.txt";
  expect((await backup())[0]).toBe(1);
  expect(texts()).not.toHaveProperty("/kept/d.txt");
});

/** Runs the example, and gives its exit code and the last line that it wrote. */
async function backup(): Promise<readonly [number | null, string | undefined]> {
  const { ended, output } = runExample("sftpgo-backup/backup.ts", [folder, "/kept"], {
    SFTPGO_URL: server.url,
    SFTPGO_USERNAME: "alice",
    SFTPGO_PASSWORD: "secret",
  });
  return [await ended, output().trim().split("\n").at(-1)];
}

function texts(): object {
  return Object.fromEntries([...files].map(([name, { text }]) => [name, text]));
}

function serve(): void {
  server.answer(({ method, url, headers, body }, response) => {
    const { pathname, searchParams } = new URL(url, server.url);
    const target = searchParams.get("path") ?? "";
    const answer = (status: number, value: unknown): void => {
      send(response, status, { "content-type": "application/json" }, JSON.stringify(value));
    };
    if (pathname === "/api/v2/user/token")
      answer(200, { access_token: "token", expires_at: "2099-01-01T00:00:00Z" });
    else if (pathname === "/api/v2/user/logout") answer(200, { message: "bye" });
    else if (headers["authorization"] !== "Bearer token") answer(401, { error: "no token" });
    else if (method === "GET") {
      const entries = entriesOf(target);
      if (entries.length === 0) answer(404, { error: "no such folder" });
      else answer(200, entries);
    } else if (target === refused) answer(403, { error: "not this one" });
    else {
      const modified = Number(headers["x-sftpgo-mtime"]);
      files.set(target, { text: body.toString(), modified });
      answer(201, { message: "Upload completed" });
    }
  });
}

/** The folder as SFTPGo lists it: times without milliseconds. */
function entriesOf(target: string): readonly object[] {
  return [...files].flatMap(([name, { text, modified }]) => {
    if (path.posix.dirname(name) !== target) return [];
    const last_modified = new Date(modified).toISOString().replace(/\.\d+Z$/, "Z");
    return [{ name: path.posix.basename(name), size: text.length, mode: 420, last_modified }];
  });
}
