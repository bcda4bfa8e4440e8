import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { diagnostic } from "../diagnostics/codes.js";
import {
  outcome,
  type Diagnostic,
  type Outcome,
  type PathPlace,
} from "../diagnostics/diagnostic.js";
import type { Limits } from "./limits.js";
import type { SourceFile } from "./source.js";

/**
 * Reads the bytes of a file, or more than `limit` of any where it is larger; fails as `node:fs` does, with a `code`.
 */
export type ReadBytes = (path: string, limit: number) => Promise<Uint8Array>;

/**
 * Reads a text file: UTF-8, without byte order mark, with line feeds only, so that the same document gives the
 * same value however it was checked out.
 *
 * @param name the path as diagnostics show it
 * @param file the path to read
 */
export async function readSourceFile(
  name: string,
  file: string,
  limits: Limits,
  readBytes: ReadBytes,
): Promise<Outcome<SourceFile>> {
  try {
    return decode(name, await readBytes(file, limits.bytes), limits);
  } catch (error) {
    return failure(error, { path: name });
  }
}

/** Makes text of bytes. @param name as diagnostics show it */
export function decode(name: string, bytes: Uint8Array, limits: Limits): Outcome<SourceFile> {
  const place = { path: name };
  if (bytes.byteLength > limits.bytes) return tooLarge(limits, place);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return outcome({ path: name, text: text.replaceAll("\r\n", "\n") });
  } catch {
    return notUtf8(place);
  }
}

function tooLarge(limits: Limits, place: PathPlace): Outcome<SourceFile> {
  return failed(
    diagnostic("file-too-large", {
      message: `The file is larger than ${sizeText(limits.bytes)}.`,
      hint: "Name the OpenAPI document itself, and move large examples out of it, or raise limits.bytes in driftline.yaml.",
      place,
    }),
  );
}

/** A size in bytes as people read it. */
export function sizeText(bytes: number): string {
  const megabyte = 1024 * 1024;
  return bytes < megabyte ? `${bytes} bytes` : `${Math.round((bytes / megabyte) * 10) / 10} MB`;
}

function notUtf8(place: PathPlace): Outcome<SourceFile> {
  return failed(
    diagnostic("not-utf8", {
      message: "The file is not UTF-8 text.",
      hint: "Save it as UTF-8; a byte order mark is allowed.",
      place,
    }),
  );
}

function failure(error: unknown, place: PathPlace): Outcome<SourceFile> {
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  if (code === undefined) throw error;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return failed(
      diagnostic("file-not-found", {
        message: "There is no such file.",
        hint: "Check the path.",
        place,
      }),
    );
  }
  const reason = REASONS[code] ?? code;
  return failed(
    diagnostic("file-unreadable", {
      message: `The file cannot be read: ${reason}.`,
      hint: code === "EISDIR" ? "Name a file in it." : "Check the file and its permissions.",
      place,
    }),
  );
}

const REASONS: Readonly<Record<string, string>> = {
  EISDIR: "it is a folder",
  EACCES: "permission is missing",
  ELOOP: "it is a symbolic link that is not followed",
};

function failed(finding: Diagnostic): Outcome<SourceFile> {
  return outcome({ path: "", text: "" }, [finding]);
}

/** A path as diagnostics show it: relative to the working directory where that is shorter, with forward slashes. */
export function displayPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  const shorter = relative === "" || relative.startsWith("..") ? file : relative;
  return shorter.replaceAll(path.sep, "/");
}

/** Reads a file from disk, unless it is larger than it may be. */
export async function readRegularFile(file: string, limit: number): Promise<Uint8Array> {
  const { size } = await stat(file);
  return size > limit ? new Uint8Array(limit + 1) : readFile(file);
}
