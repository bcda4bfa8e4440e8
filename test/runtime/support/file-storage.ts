import { open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { TokenSet, TokenStorage } from "../../../templates/runtime/token-storage.js";

/** Keeps tokens in a file that several processes share, with a lock file beside it. */
export function fileStorage(path: string): TokenStorage {
  return {
    load: async () => {
      const text = await readFile(path, "utf8").catch(() => "null");
      return JSON.parse(text) as TokenSet | null;
    },
    save: async (tokens) => {
      if (tokens === undefined) await rm(path, { force: true });
      else {
        const own = `${path}.${process.pid}`;
        await writeFile(own, JSON.stringify(tokens), { mode: 0o600 });
        await rename(own, path);
      }
    },
    lock: async (run) => {
      const lock = `${path}.lock`;
      for (;;) {
        try {
          await (await open(lock, "wx")).close();
          break;
        } catch {
          await wait(5);
        }
      }
      try {
        return await run();
      } finally {
        await rm(lock);
      }
    },
  };
}
