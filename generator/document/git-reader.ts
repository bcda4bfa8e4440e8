import { execFile } from "node:child_process";
import path from "node:path";
import type { FileReader } from "./file-reader.js";
import { systemError } from "./system-error.js";

/** A commit of the repository around the working directory, as files to read. */
export interface Commit {
  readonly reader: FileReader;
  /** The absolute path that a file of the commit has in the working tree, whether or not it is there now. */
  readonly fileOf: (path: string) => string;
}

/** Why there is no such commit, in a few words that complete "The commit ...". */
export interface NoCommit {
  readonly problem: string;
  readonly hint: string;
}

/**
 * Opens a commit. Files are read as Git stores them: no filter, no hook and no program that a repository names is run,
 * and nothing is fetched for a clone that lacks an object.
 *
 * @param ref a name that is no option: see `location.ts`
 */
export async function openCommit(ref: string): Promise<Commit | NoCommit> {
  const top = await git(["rev-parse", "--show-toplevel"], SHORT);
  if ("problem" in top) return noRepository(top.problem);
  const commit = await git(
    ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`],
    SHORT,
  );
  const hash = "problem" in commit ? "" : lineOf(commit.bytes);
  if (!/^[0-9a-f]{40,64}$/.test(hash)) return NO_SUCH_COMMIT;
  const folder = path.resolve(lineOf(top.bytes));
  return {
    reader: commitReader(ref, hash, folder),
    fileOf: (name) =>
      path.resolve(/^\.\.?\//.test(name) ? process.cwd() : folder, ...name.split("/")),
  };
}

/** Bytes that a name of a commit or a folder may take. */
const SHORT = 64 * 1024;

function commitReader(ref: string, commit: string, folder: string): FileReader {
  const nameIn = (file: string): string => path.relative(folder, file).replaceAll(path.sep, "/");
  const entries = new Map<string, Promise<Entry>>();
  const entryOf = (file: string): Promise<Entry> => {
    const known = entries.get(file) ?? findEntry(commit, nameIn(file));
    entries.set(file, known);
    return known;
  };
  return {
    readBytes: async (file, limit) => {
      const { hash, size } = await entryOf(file);
      if (size > limit) return new Uint8Array(limit + 1);
      const read = await git(["cat-file", "blob", hash], limit + 1);
      if ("problem" in read) throw systemError("EIO");
      return read.bytes;
    },
    realPath: async (file) => {
      await entryOf(file);
      return file;
    },
    nameOf: (file) => `git:${ref}:${nameIn(file)}`,
  };
}

/** A file of a commit. */
interface Entry {
  readonly hash: string;
  /** In bytes. */
  readonly size: number;
}

/** Fails as `node:fs` does. A symbolic link is no file: what it leads to need not be in the commit. */
async function findEntry(commit: string, name: string): Promise<Entry> {
  if (name === "" || name.startsWith("../") || path.isAbsolute(name)) throw systemError("ENOENT");
  const listed = await git(["ls-tree", "-z", "-l", "--full-tree", commit, "--", name], SHORT);
  if ("problem" in listed) throw systemError("EIO");
  // git-ls-tree: mode, type, hash and size, a tab, and the path up to a NUL.
  const found = /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t([^\0]*)\0$/.exec(listed.bytes.toString());
  if (found?.[5] !== name) throw systemError("ENOENT");
  const [, mode = "", type, hash = "", size] = found;
  if (type === "tree") throw systemError("EISDIR");
  if (type !== "blob" || !mode.startsWith("100")) throw systemError("ELOOP");
  return { hash, size: Number(size) };
}

type GitAnswer = { readonly bytes: Buffer } | { readonly problem: string };

/** Longest time for one question to Git, in milliseconds. */
const PATIENCE = 60_000;

/** Asks Git, without a shell. What Git says of an error is not told: it repeats names as they are. */
function git(args: readonly string[], maxBuffer: number): Promise<GitAnswer> {
  return new Promise((resolve) => {
    execFile(
      "git",
      // Paths are names and no patterns; a partial clone fetches nothing.
      ["--literal-pathspecs", "--no-replace-objects", "-c", "protocol.allow=never", ...args],
      {
        encoding: "buffer",
        env: { ...process.env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" },
        maxBuffer,
        timeout: PATIENCE,
        windowsHide: true,
      },
      (error, bytes) => {
        if (error === null) resolve({ bytes });
        else resolve({ problem: error.code === "ENOENT" ? "ENOENT" : "failed" });
      },
    );
  });
}

function lineOf(bytes: Buffer): string {
  return bytes.toString().replace(/\r?\n$/, "");
}

const NO_SUCH_COMMIT: NoCommit = {
  problem: "is not known to Git here",
  hint: "Check the name; in a shallow clone, fetch it first: git fetch origin NAME, or fetch-depth: 0 of actions/checkout.",
};

function noRepository(problem: string): NoCommit {
  return problem === "ENOENT"
    ? { problem: "cannot be read, for there is no program git", hint: "Install Git." }
    : {
        problem: "cannot be read, for the working directory is in no working tree of Git",
        hint: "Run driftline in the repository that has the document.",
      };
}
