import { appendFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openFileWatcher, type FileWatcher } from "../../generator/watch/file-watcher.js";
import { inTemporaryFolder } from "../cli/support.js";

/** Gives an action a folder with a file, and a watcher that follows it. */
function watching(
  action: (watcher: FileWatcher, file: string, folder: string) => Promise<void>,
  options?: Parameters<typeof openFileWatcher>[0],
): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const file = path.join(folder, "api.yaml");
    await writeFile(file, "1");
    const watcher = await openFileWatcher(options);
    try {
      watcher.follow([file], Date.now() + 1000);
      await begun();
      await action(watcher, file, folder);
    } finally {
      await watcher.close();
    }
  });
}

/** Watching begins a little after it is asked for. */
function begun(): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}

async function names(watcher: FileWatcher): Promise<readonly string[]> {
  return [...((await watcher.changed()) ?? [])].map((file) => path.basename(file)).sort();
}

describe("a file watcher", () => {
  it.each([
    ["is written", (file: string) => appendFile(file, "2")],
    [
      "is replaced, as editors do",
      async (file: string) => {
        await writeFile(`${file}.new`, "2");
        await rename(`${file}.new`, file);
      },
    ],
    ["is gone", (file: string) => rm(file)],
  ])("tells when a file %s, and again", async (_what, change) => {
    await watching(async (watcher, file) => {
      await change(file);
      expect(await names(watcher)).toEqual(["api.yaml"]);
      await writeFile(file, "3");
      expect(await names(watcher)).toEqual(["api.yaml"]);
      await change(file);
      expect(await names(watcher)).toEqual(["api.yaml"]);
    });
  });

  it("tells when a file comes that was not there", async () => {
    await watching(async (watcher, _file, folder) => {
      const late = path.join(folder, "late.yaml");
      watcher.follow([late], Date.now());
      await begun();
      await writeFile(late, "1");
      expect(await names(watcher)).toEqual(["late.yaml"]);
    });
  });

  it("tells when a file comes with its folder", async () => {
    await watching(async (watcher, _file, folder) => {
      const late = path.join(folder, "one/two/late.yaml");
      watcher.follow([late], Date.now());
      await begun();
      await mkdir(path.dirname(late), { recursive: true });
      await writeFile(late, "1");
      expect(await names(watcher)).toEqual(["late.yaml"]);
    });
  });

  it("misses nothing while it begins", async () => {
    for (let delay = 0; delay < 60; delay += 15)
      await inTemporaryFolder(async (folder) => {
        const [file, late] = [path.join(folder, "api.yaml"), path.join(folder, "late.yaml")];
        await writeFile(file, "1");
        const watcher = await openFileWatcher();
        const since = Date.now();
        await new Promise((resolve) => setTimeout(resolve, 10));
        watcher.follow([file, late], since);
        await new Promise((resolve) => setTimeout(resolve, delay));
        await Promise.all([appendFile(file, "2"), writeFile(late, "1")]);
        const found = new Set<string>();
        while (found.size < 2) for (const name of await names(watcher)) found.add(name);
        await watcher.close();
      });
  });

  it("tells of a file that was written before it was watched, but after it was read", async () => {
    await watching(async (watcher, _file, folder) => {
      const other = path.join(folder, "other.yaml");
      const read = Date.now() - 1000;
      await writeFile(other, "1");
      watcher.follow([other], read);
      expect(await names(watcher)).toEqual(["other.yaml"]);
    });
  });

  it("looks at nothing else in the folder", async () => {
    await watching(async (watcher, file, folder) => {
      await mkdir(path.join(folder, "below"));
      await writeFile(path.join(folder, "mine.txt"), "1");
      await begun();
      await appendFile(file, "2");
      expect(await names(watcher)).toEqual(["api.yaml"]);
    });
  });

  it("tells all changes of a moment at once", async () => {
    await watching(
      async (watcher, file, folder) => {
        const other = path.join(folder, "other.yaml");
        await writeFile(other, "1");
        watcher.follow([other], Date.now() + 1000);
        await begun();
        await Promise.all([appendFile(file, "2"), appendFile(other, "2")]);
        expect(await names(watcher)).toEqual(["api.yaml", "other.yaml"]);
      },
      { quiet: 500 },
    );
  });

  it("looks at the files again and again where it is told to", async () => {
    await watching(
      async (watcher, file) => {
        await appendFile(file, "2");
        expect(await names(watcher)).toEqual(["api.yaml"]);
      },
      { usePolling: true },
    );
  });

  it("ends what waits for it when it is closed", async () => {
    await watching(async (watcher) => {
      const changed = watcher.changed();
      await watcher.close();
      expect(await changed).toBeUndefined();
      expect(await watcher.changed()).toBeUndefined();
    });
  });
});
