import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { repository } from "../support/repository.js";

const run = promisify(execFile);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "driftline-release-"));
  await writeFile(path.join(folder, "package.json"), '{ "version": "1.2.3" }');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("what is published", () => {
  test.each([
    ["is there", `echo '"1.2.3"'`, "new=\n"],
    ["is not there", `echo '{ "error": { "code": "E404" } }'; exit 1`, "new=1.2.3\n"],
    ["is not there, in silence", "exit 0", "new=1.2.3\n"],
  ])("is a version that npm says %s", async (_, npm, output) => {
    expect(await newVersion(npm)).toBe(output);
  });

  test.each([
    ["cannot be reached", `echo '{ "error": { "code": "ENOTFOUND" } }'; exit 1`],
    ["says nothing, and fails", "exit 1"],
    ["says something else", `echo '"1.2.4"'`],
  ])("is nothing where npm %s", async (_, npm) => {
    await expect(newVersion(npm)).rejects.toThrow();
  });

  test("is told by its part of the changelog", async () => {
    const changelog =
      "# driftline\n\n## 1.3.0\n\nlater\n\n## 1.2.3\n\n### Minor Changes\n\n- new\n\n## 1.2.2\n";
    await writeFile(path.join(folder, "CHANGELOG.md"), changelog);
    await stub("gh", `printf '%s\\n' "$@" > given`);
    await script("tell.sh", { VERSION: "1.2.3", GITHUB_SHA: "abc" });
    expect(await readFile(path.join(folder, "given"), "utf8")).toBe(
      "release\ncreate\nv1.2.3\n--target\nabc\n--title\nv1.2.3\n--notes\n\n### Minor Changes\n\n- new\n",
    );
  });
});

/** What the script gives where a command stands in for npm. */
async function newVersion(npm: string): Promise<string> {
  await stub("npm", npm);
  const output = path.join(folder, "output");
  await script("new-version.sh", { GITHUB_OUTPUT: output });
  return readFile(output, "utf8");
}

async function stub(name: string, command: string): Promise<void> {
  const file = path.join(folder, name);
  await writeFile(file, `#!/usr/bin/env bash\n${command}\n`);
  await chmod(file, 0o755);
}

async function script(name: string, env: Readonly<Record<string, string>>): Promise<void> {
  const search = [folder, path.dirname(process.execPath), process.env["PATH"]];
  await run("bash", [repository(`.github/release/${name}`)], {
    cwd: folder,
    env: { ...process.env, ...env, PATH: search.join(path.delimiter) },
  });
}
