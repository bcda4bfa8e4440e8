import { lstat, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";

/** What stands at a path; symbolic links are not followed. */
export type EntryKind = "file" | "folder" | "link" | "other" | "nothing";

/**
 * What writing needs of a file system, so that tests can make any step of it fail. Every function fails as
 * `node:fs` does, with a `code`.
 */
export interface FileSystem {
  readonly kindOf: (path: string) => Promise<EntryKind>;
  readonly list: (folder: string) => Promise<readonly string[]>;
  readonly read: (path: string) => Promise<string>;
  /** Writes a new file and waits until it is on the disk. */
  readonly write: (path: string, text: string) => Promise<void>;
  /** Makes one folder; fails with EEXIST where something stands. */
  readonly makeFolder: (path: string) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly removeFile: (path: string) => Promise<void>;
  /** Removes a folder that is empty. */
  readonly removeFolder: (path: string) => Promise<void>;
  /** Removes a folder with all that is in it. */
  readonly removeTree: (path: string) => Promise<void>;
}

/** The real file system. */
export const NODE_FILE_SYSTEM: FileSystem = {
  kindOf,
  list: (folder) => readdir(folder),
  read: (path) => readFile(path, "utf8"),
  write: writeSynced,
  makeFolder: (path) => mkdir(path),
  rename,
  removeFile: (path) => rm(path),
  removeFolder: (path) => rmdir(path),
  removeTree: (path) => rm(path, { recursive: true, force: true }),
};

/** The code of an error of the operating system, such as `ENOENT`; `undefined` for any other error. */
export function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}

/** Tells whether an error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "");
}

async function kindOf(path: string): Promise<EntryKind> {
  try {
    const entry = await lstat(path);
    if (entry.isSymbolicLink()) return "link";
    if (entry.isFile()) return "file";
    return entry.isDirectory() ? "folder" : "other";
  } catch (error) {
    if (isMissing(error)) return "nothing";
    throw error;
  }
}

/** Without a handle of its own: those of Yarn's Plug'n'Play cannot be told to reach the disk. */
function writeSynced(path: string, text: string): Promise<void> {
  return writeFile(path, text, { encoding: "utf8", flag: "wx", flush: true });
}
