import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { translated } from "../../generator/javascript/javascript.js";
import { STRICTEST } from "../support/type-check.js";
import { repository } from "../support/repository.js";

/*
 * The three clients and the runtime as JavaScript: the programs of `test/types` compile against their declarations, and
 * Node.js runs them with no TypeScript in sight.
 */

const run = promisify(execFile);
const SERVICES = ["mastodon", "peertube", "sftpgo"];
const folder = mkdtempSync(path.join(tmpdir(), "driftline-javascript-"));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

beforeAll(async () => {
  // The folders of clients say for themselves that they have ECMAScript modules.
  write("package.json", '{ "type": "commonjs" }');
  write("test/package.json", '{ "type": "module" }');
  for (const name of ["runtime", ...SERVICES]) {
    const from = repository(`generated/${name}`);
    const files = readdirSync(from)
      .filter((file) => file.endsWith(".ts"))
      .map((file) => ({ path: file, text: readFileSync(path.join(from, file), "utf8") }));
    for (const { path: file, text } of await translated(files, "javascript"))
      write(`generated/${name}/${file}`, text);
  }
}, 180_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("clients in JavaScript", () => {
  it("have declarations that say what the TypeScript does", { timeout: 120_000 }, () => {
    const programs = readdirSync(repository("test/types")).filter((name) => name.endsWith(".ts"));
    for (const name of programs)
      write(`test/types/${name}`, readFileSync(repository(`test/types/${name}`), "utf8"));
    expect(programs.length).toBeGreaterThan(4);
    const program = ts.createProgram(
      programs.map((name) => path.join(folder, "test/types", name)),
      { ...STRICTEST, declaration: false, isolatedDeclarations: false, skipLibCheck: false },
    );
    const found = ts
      .getPreEmitDiagnostics(program)
      .map(({ file, messageText }) => [
        file?.fileName.slice(folder.length),
        ts.flattenDiagnosticMessageText(messageText, "\n"),
      ]);
    expect(found).toEqual([]);
  });

  it("run as they are", { timeout: 60_000 }, async () => {
    write(
      "program.mjs",
      `import { createFake } from "./generated/runtime/fake.js";
      import { isApiError, PeerTube } from "./generated/peertube/index.js";
      import { Mastodon } from "./generated/mastodon/index.js";
      import { SFTPGo } from "./generated/sftpgo/index.js";

      const page = (_params, { request }) => {
        const start = Number(new URL(request.url).searchParams.get("start") ?? 0);
        return { total: 3, data: [0, 1, 2].slice(start, start + 2).map((id) => ({ id })) };
      };
      const peertube = createFake(PeerTube, {
        "video.getVideos": page,
        "video.getVideo": (_params, { reply }) => reply(404, { title: "no" }),
      }).client;
      const ids = [];
      for await (const { id } of peertube.video.getVideos({ count: 2 }).items()) ids.push(id);
      const error = await peertube.video.getVideo({ id: 1 }).catch((error) => error);
      const events = [];
      const mastodon = createFake(Mastodon, {
        "streaming.getStreamingPublic": [{ event: "delete", data: "1" }],
      }).client;
      for await (const { event } of await mastodon.streaming.getStreamingPublic()) {
        events.push(event);
        break;
      }
      const sftpgo = createFake(SFTPGo, { "token.getToken": { access_token: "t" } }).client;
      console.log(JSON.stringify({
        ids,
        status: isApiError(error, "getVideo") ? error.status : "?",
        events,
        token: await sftpgo.token.getToken(),
      }));`,
    );
    const { stdout, stderr } = await run(process.execPath, [path.join(folder, "program.mjs")]);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      ids: [0, 1, 2],
      status: 404,
      events: ["delete"],
      token: { access_token: "t" },
    });
  });

  it("are laid out, and end where lines do", () => {
    const files = readdirSync(path.join(folder, "generated/sftpgo"));
    const texts = files.map((name) =>
      readFileSync(path.join(folder, "generated/sftpgo", name), "utf8"),
    );
    expect(files.filter((name) => name.endsWith(".js")).length).toBe(
      files.filter((name) => name.endsWith(".d.ts")).length,
    );
    expect(texts.filter((text) => /\n\n\n|[ \t]\n/.test(text))).toEqual([]);
  });

  it("stand beside the TypeScript where both are wanted", async () => {
    const files = [{ path: "a.ts", text: "export const a: number = 1;\n" }];
    const both = await translated([...files, { path: "docs/README.md", text: "# A\n" }], "both");
    expect(both.map(({ path: name }) => name)).toEqual([
      "a.ts",
      "a.js",
      "a.d.ts",
      "docs/README.md",
      "package.json",
    ]);
    expect(both[1]?.text).toBe("export const a = 1;\n");
    expect(both[2]?.text).toBe("export declare const a: number;\n");
  });
});
