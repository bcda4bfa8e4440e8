import { createHash } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { member, stringMember } from "./json.js";
import { readRegularFile } from "./read-file.js";
import type { JsonValue } from "./source.js";

/** A file as it was fetched once. */
export interface StoredCopy {
  /** Where it was found in the end. */
  readonly url: string;
  readonly bytes: Uint8Array;
  /** What its server called this state of it (RFC 9110, 8.8). */
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** Copies of fetched files, by the URL that was asked for. */
export interface FetchCache {
  /** `undefined` where there is none, or none that can be used. */
  readonly read: (url: string, limit: number) => Promise<StoredCopy | undefined>;
  /** Keeps a copy where that is possible: one that cannot be kept is no reason to fail. */
  readonly write: (url: string, copy: StoredCopy) => Promise<void>;
}

/** A change of the form makes older copies unusable, which is all that has to happen to them. */
const VERSION = 1;
/** Bytes that the first line of a copy takes at most. */
const LONGEST_HEAD = 16 * 1024;

/**
 * Keeps copies in a folder. Each is one file with a name that is a hash, in which a line of JSON stands before the bytes
 * themselves; it is put in place in one step, and one that is not as it was written counts as none.
 */
export function folderCache(folder: string): FetchCache {
  const fileOf = (url: string): string => path.join(folder, `${sha256(url)}.copy`);
  return {
    read: async (url, limit) => {
      try {
        return parseCopy(url, await readRegularFile(fileOf(url), limit + LONGEST_HEAD));
      } catch (error) {
        if (isSystemError(error)) return undefined;
        throw error;
      }
    },
    write: async (url, copy) => {
      const file = fileOf(url);
      const beside = `${file}.${process.pid}.tmp`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(beside, printCopy(url, copy), { mode: 0o600 });
        await rename(beside, file);
      } catch (error) {
        if (!isSystemError(error)) throw error;
        await rm(beside, { force: true }).catch(() => undefined);
      }
    },
  };
}

function printCopy(asked: string, { url, bytes, etag, lastModified }: StoredCopy): Buffer {
  const head = { version: VERSION, asked, url, etag, lastModified, sha256: sha256(bytes) };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), bytes]);
}

function parseCopy(asked: string, file: Uint8Array): StoredCopy | undefined {
  const end = file.subarray(0, LONGEST_HEAD).indexOf(0x0a);
  const head = end < 0 ? undefined : parseHead(file.subarray(0, end));
  const url = stringMember(head, "url");
  const bytes = file.subarray(end + 1);
  if (head === undefined || url === undefined || !URL.canParse(url)) return undefined;
  if (member(head, "version") !== VERSION || stringMember(head, "asked") !== asked)
    return undefined;
  if (stringMember(head, "sha256") !== sha256(bytes)) return undefined;
  return {
    url,
    bytes,
    etag: stringMember(head, "etag"),
    lastModified: stringMember(head, "lastModified"),
  };
}

function parseHead(line: Uint8Array): JsonValue | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(line)) as JsonValue;
  } catch {
    return undefined;
  }
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "code" in error;
}
