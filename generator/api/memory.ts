import path from "node:path";
import type { FileReader } from "../document/file-reader.js";
import { systemError } from "../document/system-error.js";

/* Files that are on no disk have absolute paths all the same, so that what reads files knows no other kind. */

/** Texts of files by absolute path. */
export type Memory = ReadonlyMap<string, string>;

/** The absolute path of a folder in memory. */
export function folderInMemory(name: string): string {
  return path.resolve("/driftline", name);
}

/** The folder in memory that a file is in. */
export function memoryFolderOf(file: string): string {
  const [name = ""] = path.relative(folderInMemory(""), file).split(path.sep);
  return folderInMemory(name);
}

/** The absolute path of a file below a folder in memory, by its path as programs write it. */
export function fileInMemory(folder: string, file: string): string {
  return path.join(folder, ...file.split("/"));
}

/** Reads files in memory, and nothing else. Findings call a file by its path below its folder. */
export function memoryReader(files: Memory): FileReader {
  const textOf = (file: string): string => {
    const text = files.get(file);
    if (text === undefined) throw systemError("ENOENT");
    return text;
  };
  return {
    // In a promise, so that what is thrown rejects.
    readBytes: async (file) => Promise.resolve(Buffer.from(textOf(file))),
    realPath: async (file) => {
      textOf(file);
      return Promise.resolve(file);
    },
    nameOf: (file) => path.relative(memoryFolderOf(file), file).replaceAll(path.sep, "/"),
    isComplete: true,
  };
}
