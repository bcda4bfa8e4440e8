import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { keepKeys, readKnownFiles } from "../../../generator/commands/kept-keys.js";
import { manifestOf, manifestText } from "../../../generator/output/manifest.js";
import { inTemporaryFolder } from "../../cli/support.js";

const GENERATOR = "of this generator";
const KEYS = new Map([
  ["a.ts", "key of a"],
  ["docs/b.md", "key of b"],
]);
const TEXTS = { "a.ts": "// a\n", "docs/b.md": "b\n", "c.ts": "// c\n" };

interface Kept {
  readonly folder: string;
  readonly cache: string;
  readonly known: (generator?: string) => Promise<readonly string[]>;
}

/** A folder as it was written, of whose files two have a key. */
async function inKept(use: (kept: Kept) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (temporary) => {
    const [folder, cache] = [path.join(temporary, "client"), path.join(temporary, "cache")];
    await mkdir(path.join(folder, "docs"), { recursive: true });
    const files = Object.entries(TEXTS).map(([file, text]) => ({ path: file, text }));
    for (const { path: file, text } of files) await writeFile(path.join(folder, file), text);
    const manifest = manifestText(manifestOf("1.0.0", { generator: GENERATOR }, files));
    await writeFile(path.join(folder, "driftline-manifest.json"), manifest);
    await keepKeys(folder, cache, GENERATOR, KEYS);
    const known: Kept["known"] = async (generator = GENERATOR) => [
      ...(await readKnownFiles(folder, cache, generator)).keys(),
    ];
    await use({ folder, cache, known });
  });
}

async function recordIn(cache: string): Promise<string> {
  const [name = ""] = await readdir(path.join(cache, "made"));
  return path.join(cache, "made", name);
}

it("are those of the files that stand there as they were written", async () => {
  await inKept(async ({ folder, cache }) => {
    expect(await readKnownFiles(folder, cache, GENERATOR)).toEqual(
      new Map([
        ["a.ts", { key: "key of a", text: "// a\n" }],
        ["docs/b.md", { key: "key of b", text: "b\n" }],
      ]),
    );
  });
});

it("are not those of a file that was edited or is gone", async () => {
  await inKept(async ({ folder, known }) => {
    await writeFile(path.join(folder, "a.ts"), "// A\n");
    expect(await known()).toEqual(["docs/b.md"]);
    await rm(path.join(folder, "docs/b.md"));
    expect(await known()).toEqual([]);
  });
});

it("are none for another generator, another folder, or without a manifest", async () => {
  await inKept(async ({ folder, cache, known }) => {
    expect(await known("of another one")).toEqual([]);
    expect(await readKnownFiles(`${folder}2`, cache, GENERATOR)).toEqual(new Map());
    await rm(path.join(folder, "driftline-manifest.json"));
    expect(await known()).toEqual([]);
  });
});

it.each(["", "{", "[]", "null", '{"generator":"of this generator"}', '{"keys":{"a.ts":1}}'])(
  "are none in the record %j",
  async (text) => {
    await inKept(async ({ cache, known }) => {
      await writeFile(await recordIn(cache), text);
      expect(await known()).toEqual([]);
    });
  },
);

it("are not taken from what is no text", async () => {
  await inKept(async ({ cache, known }) => {
    const record = await recordIn(cache);
    const text = await readFile(record, "utf8");
    await writeFile(record, text.replace('"key of a"', "7"));
    expect(await known()).toEqual(["docs/b.md"]);
  });
});

it("are not kept where nothing can be written, and nothing is said of it", async () => {
  await inKept(async ({ folder, cache }) => {
    await rm(cache, { recursive: true });
    await writeFile(cache, "a file");
    await keepKeys(folder, cache, GENERATOR, KEYS);
    expect(await readKnownFiles(folder, cache, GENERATOR)).toEqual(new Map());
  });
});
