import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { GeneratedFile } from "../../../generator/output/generated-file.js";
import { NODE_FILE_SYSTEM } from "../../../generator/output/file-system.js";
import { MANIFEST_FILE, manifestOf } from "../../../generator/output/manifest.js";
import { writeOutputs, type Output, type WriteOptions } from "../../../generator/output/write.js";
import type { FileRecord } from "../../../generator/output/plan-record.js";
import { faultyFileSystem, type Fault } from "./faulty-file-system.js";

const HOST = "here";
const LOCK = { owner: { host: HOST, pid: 1000 }, isRunning: (pid: number) => pid === 2000 };

let root: string;
let folder: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "driftline-write-"));
  folder = path.join(root, "out");
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

function output(texts: Readonly<Record<string, string>>, name = "out"): Output {
  const files: GeneratedFile[] = Object.entries(texts).map(([file, text]) => ({
    path: file,
    text,
  }));
  return {
    folder: path.join(root, name),
    root,
    files,
    manifest: manifestOf("1", { generator: "g" }, files),
  };
}

/** A file that is read before and written after a run, in the folder around the others. */
function recordOutput(
  before: string | undefined,
  text: string,
): Output & { records: readonly [FileRecord] } {
  return {
    folder: root,
    root,
    files: [],
    manifest: undefined,
    records: [{ path: "names.lock", before, text }],
  };
}

async function write(
  outputs: readonly Output[],
  options: WriteOptions = {},
): Promise<readonly string[]> {
  const { value, diagnostics } = await writeOutputs(outputs, {
    lock: LOCK,
    system: faultyFileSystem(() => undefined),
    ...options,
  });
  const codes = diagnostics.map(({ code }) => code);
  return value === undefined ? ["failed", ...codes] : codes;
}

/** Every file below the test's folder with its text, manifests aside. */
async function tree(): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== MANIFEST_FILE);
  const texts = await Promise.all(
    files.map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(root, file), await readFile(file, "utf8")] as const;
    }),
  );
  return Object.fromEntries(texts);
}

async function folders(): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}

describe("a record", () => {
  const file = (): string => path.join(root, "names.lock");

  test("is made, replaced, and left as it is", async () => {
    expect(await write([recordOutput(undefined, "1\n")])).toEqual([]);
    await writeFile(file(), "1\r\n");
    const before = new Date(2000, 1, 1);
    await utimes(file(), before, before);
    expect(await write([recordOutput("1\n", "1\n")])).toEqual([]);
    expect((await stat(file())).mtime).toEqual(before);
    expect(await write([recordOutput("1\n", "2\n")])).toEqual([]);
    expect(await tree()).toEqual({ "names.lock": "2\n" });
    expect(await folders()).toEqual([]);
  });

  test("stands among generated files without being one", async () => {
    const first = { ...output({ "a.ts": "A" }), records: recordOutput(undefined, "1").records };
    expect(await write([first])).toEqual([]);
    expect(await write([output({ "b.ts": "B" })])).toEqual([]);
    expect(await tree()).toEqual({ "out/b.ts": "B", "out/names.lock": "1" });
  });

  test("stands beside others, and all are written or none", async () => {
    const [lock] = recordOutput(undefined, "1").records;
    const other = { path: "settings.yaml", before: undefined, text: "a\r\n" };
    const both = { ...recordOutput(undefined, "1"), records: [lock, other] };
    await writeFile(path.join(root, "settings.yaml"), "mine");
    expect(await write([both])).toEqual(["failed", "output-locked"]);
    expect(await tree()).toEqual({ "settings.yaml": "mine" });
    await rm(path.join(root, "settings.yaml"));
    expect(await write([both])).toEqual([]);
    expect(await tree()).toEqual({ "names.lock": "1", "settings.yaml": "a\r\n" });
  });

  test.each([
    ["has written", "2", "1"],
    ["has removed", undefined, "1"],
    ["has made", "2", undefined],
  ])(
    "that somebody %s meanwhile stays so, and nothing is written",
    async (_what, present, before) => {
      if (present !== undefined) await writeFile(file(), present);
      const outputs = [output({ "a.ts": "A" }), recordOutput(before, "3")];
      expect(await write(outputs)).toEqual(["failed", "output-locked"]);
      expect(await tree()).toEqual(present === undefined ? {} : { "names.lock": present });
    },
  );

  test("is not written through a link", async () => {
    await writeFile(path.join(root, "elsewhere"), "1");
    await symlink(path.join(root, "elsewhere"), file());
    expect(await write([recordOutput("1", "2")])).toEqual(["failed", "unsafe-path"]);
    expect(await readFile(path.join(root, "elsewhere"), "utf8")).toBe("1");
  });

  test("in a folder that another run has is not written", async () => {
    await mkdir(path.join(root, ".driftline-stage"));
    await writeFile(
      path.join(root, ".driftline-stage/owner.json"),
      '{ "host": "here", "pid": 2000 }',
    );
    expect(await write([recordOutput(undefined, "1")])).toEqual(["failed", "output-locked"]);
  });
});

describe("writing", () => {
  test("makes folders and leaves nothing of its own behind", async () => {
    expect(await write([output({ "a.ts": "A", "b/c/d.ts": "D" })])).toEqual([]);
    expect(await tree()).toEqual({ "out/a.ts": "A", "out/b/c/d.ts": "D" });
    expect(await folders()).toEqual(["out", "out/b", "out/b/c"]);
    const manifest = await readFile(path.join(folder, MANIFEST_FILE), "utf8");
    expect(Object.keys((JSON.parse(manifest) as { files: object }).files)).toEqual([
      "a.ts",
      "b/c/d.ts",
    ]);
  });

  test("replaces what changed, removes what is stale, keeps the time of the rest", async () => {
    await write([output({ "same.ts": "S", "changed.ts": "1", "old/stale.ts": "X" })]);
    const before = new Date(2000, 1, 1);
    await utimes(path.join(folder, "same.ts"), before, before);
    const result = await writeOutputs(
      [output({ "same.ts": "S", "changed.ts": "2", "new.ts": "N" })],
      { lock: LOCK },
    );
    expect(result.value).toEqual([
      {
        folder,
        written: ["changed.ts", "new.ts", MANIFEST_FILE],
        removed: ["old/stale.ts"],
        unchanged: 1,
      },
    ]);
    expect(await tree()).toEqual({ "out/same.ts": "S", "out/changed.ts": "2", "out/new.ts": "N" });
    expect(await folders()).toEqual(["out"]);
    expect((await stat(path.join(folder, "same.ts"))).mtime).toEqual(before);
  });

  test("changes nothing the second time", async () => {
    await write([output({ "a.ts": "A" })]);
    const result = await writeOutputs([output({ "a.ts": "A" })], { lock: LOCK });
    expect(result.value).toEqual([{ folder, written: [], removed: [], unchanged: 1 }]);
  });

  test("overwrites a generated file that was edited, but keeps one that is stale", async () => {
    await write([output({ "a.ts": "A", "stale.ts": "B" })]);
    await writeFile(path.join(folder, "a.ts"), "edited");
    await writeFile(path.join(folder, "stale.ts"), "edited");
    expect(await write([output({ "a.ts": "A" })])).toEqual(["kept-edited-file"]);
    expect(await tree()).toEqual({ "out/a.ts": "A", "out/stale.ts": "edited" });
  });

  test("never touches other files", async () => {
    await write([output({ "a/b.ts": "B" })]);
    await writeFile(path.join(folder, "a", "mine.ts"), "mine");
    await writeFile(path.join(folder, "notes.md"), "mine");
    expect(await write([output({ "c.ts": "C" })])).toEqual([]);
    expect(await tree()).toEqual({
      "out/a/mine.ts": "mine",
      "out/notes.md": "mine",
      "out/c.ts": "C",
    });
  });

  test.each([
    ["a file", async () => writeFile(path.join(folder, "a.ts"), "mine")],
    ["a folder", async () => mkdir(path.join(folder, "a.ts"))],
    ["a file in place of a folder", async () => writeFile(path.join(folder, "b"), "mine")],
    [
      "a file in place of the stage",
      async () => writeFile(path.join(folder, ".driftline-stage"), "mine"),
    ],
    ["a folder in place of the manifest", async () => mkdir(path.join(folder, MANIFEST_FILE))],
  ])(
    "refuses to replace %s of somebody else, and writes nothing at all",
    async (_name, arrange) => {
      await mkdir(folder);
      await arrange();
      const before = await tree();
      expect(
        await write([output({ "x.ts": "X" }, "first"), output({ "a.ts": "A", "b/c.ts": "C" })]),
      ).toContain("would-overwrite");
      expect(await tree()).toEqual(before);
      expect(await folders()).not.toContain("first");
    },
  );

  test("takes a file that is there already and has the right text", async () => {
    await mkdir(folder);
    await writeFile(path.join(folder, "a.ts"), "A");
    expect(await write([output({ "a.ts": "A" })])).toEqual([]);
  });

  test.each([
    ["invalid JSON", "{"],
    ["another shape", "{}"],
    [
      "a path that leaves the folder",
      JSON.stringify({ driftline: "1", generator: "g", files: { "../victim.ts": "0" } }),
    ],
    [
      "an absolute path",
      JSON.stringify({ driftline: "1", generator: "g", files: { "/etc/passwd": "0" } }),
    ],
  ])("refuses a manifest with %s", async (_name, text) => {
    await mkdir(folder);
    await writeFile(path.join(folder, MANIFEST_FILE), text);
    await writeFile(path.join(root, "victim.ts"), "victim");
    expect(await write([output({ "a.ts": "A" })])).toEqual(["failed", "invalid-manifest"]);
    expect(await tree()).toEqual({ "victim.ts": "victim" });
  });
});

describe("symbolic links", () => {
  let outside: string;
  beforeEach(async () => {
    outside = await mkdtemp(path.join(tmpdir(), "driftline-outside-"));
    await writeFile(path.join(outside, "a.ts"), "outside");
  });
  afterEach(async () => {
    await rm(outside, { recursive: true, force: true });
  });

  test.each([
    ["the output folder", "", "out", { "a.ts": "A" }],
    ["a folder in it", "out", "out/b", { "b/a.ts": "A" }],
    ["a file in it", "out", "out/a.ts", { "a.ts": "A" }],
    ["the manifest", "out", `out/${MANIFEST_FILE}`, { "b.ts": "B" }],
  ])("%s may be none", async (_name, made, link, texts) => {
    await mkdir(path.join(root, made), { recursive: true });
    const target = link.endsWith("ts") ? path.join(outside, "a.ts") : outside;
    await symlink(target, path.join(root, link));
    const result = await write([output(texts)]);
    expect(result[0]).toBe("failed");
    expect(result).toContain("unsafe-path");
    expect(await readdir(outside)).toEqual(["a.ts"]);
    expect(await readFile(path.join(outside, "a.ts"), "utf8")).toBe("outside");
  });

  test("a stale file behind a link is not removed", async () => {
    await write([output({ "b/a.ts": "outside", "c.ts": "C" })]);
    await rm(path.join(folder, "b"), { recursive: true });
    await symlink(outside, path.join(folder, "b"));
    expect(await write([output({ "c.ts": "C" })])).toEqual([]);
    expect(await readdir(outside)).toEqual(["a.ts"]);
  });

  test("the folder that holds the output may be one", async () => {
    await symlink(outside, path.join(root, "link"));
    const linked = {
      ...output({ "x.ts": "X" }),
      folder: path.join(root, "link", "out"),
      root: path.join(root, "link"),
    };
    expect(await write([linked])).toEqual([]);
    expect(await readdir(path.join(outside, "out"))).toContain("x.ts");
  });
});

describe("bugs", () => {
  test.each([
    ["../a.ts"],
    ["/a.ts"],
    ["a\\b.ts"],
    ["a/../b.ts"],
    ["con.ts"],
    ["a./b.ts"],
    [".hidden"],
    [""],
    ["a:b.ts"],
  ])("the path %j throws", async (file) => {
    await expect(writeOutputs([output({ [file]: "x" })])).rejects.toThrow("unsafe output path");
  });

  test("paths that differ in case throw", async () => {
    await expect(writeOutputs([output({ "a.ts": "x", "A.ts": "y" })])).rejects.toThrow(
      "only in case",
    );
  });
});

describe("faults", () => {
  const FIRST = { "a.ts": "A1", "b.ts": "B1", "stale/x.ts": "X", "same.ts": "S" };
  const SECOND = { "a.ts": "A2", "b.ts": "B2", "new/n.ts": "N", "same.ts": "S" };

  async function arrange(): Promise<Readonly<Record<string, string>>> {
    await write([output(FIRST), output(FIRST, "other")]);
    await writeFile(path.join(folder, "mine.md"), "mine");
    return tree();
  }

  /** Runs with the n-th changing operation failing; tells whether there was such an operation. */
  async function failAt(
    count: number,
    code: string,
  ): Promise<{ readonly hit: boolean; readonly result: readonly string[] }> {
    let seen = 0;
    const fault: Fault = () => ((seen += 1) === count ? code : undefined);
    const result = await write([output(SECOND), output(SECOND, "other")], {
      system: faultyFileSystem(fault),
    });
    return { hit: seen >= count, result };
  }

  test(
    "a failure at any step leaves all as it was or as it should be",
    { timeout: 30_000 },
    async () => {
      const failures: number[] = [];
      for (let count = 1; ; count += 1) {
        await rm(root, { recursive: true, force: true });
        await mkdir(root);
        const before = await arrange();
        const { hit, result } = await failAt(count, count % 2 === 0 ? "ENOSPC" : "EACCES");
        if (!hit) break;
        const after = await visibleTree();
        const isFailure = result[0] === "failed" && result.includes("write-failed");
        if (isFailure) failures.push(count);
        const done = {
          "out/mine.md": "mine",
          ...inFolder(SECOND, "out"),
          ...inFolder(SECOND, "other"),
        };
        expect([before, done]).toContainEqual(after);
        expect(
          await write([output(SECOND), output(SECOND, "other")], {
            lock: { ...LOCK, isRunning: () => false },
          }),
        ).not.toContain("failed");
        expect(await tree()).toEqual(done);
      }
      expect(failures.length).toBeGreaterThan(20);
    },
  );

  test("when even putting back fails, the next run does it", async () => {
    const before = await arrange();
    let renamed = 0;
    const fault: Fault = (operation, file) => {
      if (operation !== "rename" || file.includes("journal") || file.endsWith("-1000"))
        return undefined;
      return (renamed += 1) > 3 ? "EIO" : undefined;
    };
    const result = await writeOutputs([output(SECOND)], {
      lock: LOCK,
      system: faultyFileSystem(fault),
    });
    expect(result.diagnostics[0]?.message).toContain("the next run tries again");
    const again = await write([output(FIRST)], {
      lock: { ...LOCK, owner: { host: HOST, pid: 1001 } },
    });
    expect(again).toEqual(["recovered-interrupted-run"]);
    expect(await tree()).toEqual(before);
  });

  test("a record is written with the other files or not at all", { timeout: 30_000 }, async () => {
    const before = { ...(await arrange()), "names.lock": "1" };
    const outputs = [output(SECOND), recordOutput("1", "2")];
    let failures = 0;
    for (let count = 1; ; count += 1) {
      await rm(root, { recursive: true, force: true });
      await mkdir(root);
      await arrange();
      await writeFile(path.join(root, "names.lock"), "1");
      let seen = 0;
      const fault: Fault = () => ((seen += 1) === count ? "ENOSPC" : undefined);
      const result = await write(outputs, { system: faultyFileSystem(fault) });
      if (seen < count) break;
      const texts = await visibleTree();
      if (result.length === 0) expect(texts["names.lock"]).toBe("2");
      else expect(texts).toEqual(before);
      failures += 1;
    }
    expect(failures).toBeGreaterThan(15);
    expect((await tree())["names.lock"]).toBe("2");
  });

  test("a crash at any step is undone by the next run", { timeout: 30_000 }, async () => {
    let recovered = 0;
    for (let count = 1; ; count += 1) {
      await rm(root, { recursive: true, force: true });
      await mkdir(root);
      const before = await arrange();
      let seen = 0;
      // From the n-th operation on nothing works any more, which is what the next process finds after a crash.
      const fault: Fault = () => ((seen += 1) >= count ? "EIO" : undefined);
      await write([output(SECOND)], { system: faultyFileSystem(fault) });
      if (seen < count) break;
      const again = await write([output(FIRST)], {
        lock: { ...LOCK, owner: { host: HOST, pid: 1001 } },
      });
      expect(again.filter((code) => code !== "recovered-interrupted-run")).toEqual([]);
      recovered += again.length;
      expect(withoutLeftovers(await tree())).toEqual(before);
    }
    expect(recovered).toBeGreaterThan(5);
  });

  /** What a user sees: hidden folders left out. */
  async function visibleTree(): Promise<Readonly<Record<string, string>>> {
    return withoutLeftovers(await tree());
  }
});

function withoutLeftovers(
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).filter(([file]) => !file.includes(".driftline-stage")),
  );
}

function inFolder(
  texts: Readonly<Record<string, string>>,
  name: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([file, text]) => [`${name}/${file}`, text]));
}

describe("locks", () => {
  async function occupy(owner: object | string): Promise<void> {
    await mkdir(path.join(folder, ".driftline-stage"), { recursive: true });
    await writeFile(
      path.join(folder, ".driftline-stage", "owner.json"),
      typeof owner === "string" ? owner : JSON.stringify(owner),
    );
  }

  test.each([
    ["a running process", { host: HOST, pid: 2000 }],
    ["another machine", { host: "elsewhere", pid: 1 }],
  ])("%s keeps others out", async (_name, owner) => {
    await occupy(owner);
    const before = await tree();
    expect(await write([output({ "b.ts": "B" }, "first"), output({ "a.ts": "A" })])).toEqual([
      "failed",
      "output-locked",
    ]);
    expect(await tree()).toEqual(before);
    expect(await folders()).not.toContain("first");
  });

  test.each([
    ["a process that is gone", { host: HOST, pid: 3000 }],
    ["nobody", "not JSON"],
  ])("%s does not", async (_name, owner) => {
    await occupy(owner);
    expect(await write([output({ "a.ts": "A" })])).toEqual([]);
    expect(await tree()).toEqual({ "out/a.ts": "A" });
  });

  test("a journal with foreign paths is not followed", async () => {
    await writeFile(path.join(root, "victim.ts"), "victim");
    await occupy({ host: HOST, pid: 3000 });
    const journal = {
      steps: [{ path: "../victim.ts", action: "write", replaces: false }],
      newFolders: [],
    };
    await writeFile(path.join(folder, ".driftline-stage", "journal.json"), JSON.stringify(journal));
    await write([output({ "a.ts": "A" })]);
    expect(await tree()).toMatchObject({ "victim.ts": "victim" });
  });

  test("two runs at once do not mix", async () => {
    const lock = { owner: { host: HOST, pid: 2000 }, isRunning: LOCK.isRunning };
    const results = await Promise.all([
      write([output({ "a.ts": "A" })], { lock }),
      write([output({ "a.ts": "B" })], {
        lock: { ...lock, owner: { host: HOST, pid: 2001 }, isRunning: () => true },
      }),
    ]);
    expect(results.filter((codes) => codes.length === 0).length).toBeGreaterThanOrEqual(1);
    expect(["A", "B"]).toContain((await tree())["out/a.ts"]);
    expect(await NODE_FILE_SYSTEM.kindOf(path.join(folder, ".driftline-stage"))).toBe("nothing");
  });
});
