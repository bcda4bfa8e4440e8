import { writeFile } from "node:fs/promises";
import { NODE_FILE_SYSTEM, type FileSystem } from "../../../generator/output/file-system.js";

/** Names of the operations of a file system that change something. */
export type Operation =
  "write" | "makeFolder" | "rename" | "removeFile" | "removeFolder" | "removeTree";

/** Decides, before each operation, whether it fails and with which code. */
export type Fault = (
  operation: Operation,
  path: string,
  target: string | undefined,
) => string | undefined;

/** The real file system with faults; it does not wait for the disk. */
export function faultyFileSystem(fault: Fault): FileSystem {
  const check = (operation: Operation, path: string, target?: string): void => {
    const code = fault(operation, path, target);
    if (code !== undefined) throw Object.assign(new Error(code), { code, path });
  };
  return {
    ...NODE_FILE_SYSTEM,
    write: async (path, text) => {
      check("write", path);
      // Without waiting for the disk: what is tested here is the order of things.
      await writeFile(path, text, { flag: "wx" });
    },
    makeFolder: async (path) => {
      check("makeFolder", path);
      await NODE_FILE_SYSTEM.makeFolder(path);
    },
    rename: async (from, to) => {
      check("rename", from, to);
      await NODE_FILE_SYSTEM.rename(from, to);
    },
    removeFile: async (path) => {
      check("removeFile", path);
      await NODE_FILE_SYSTEM.removeFile(path);
    },
    removeFolder: async (path) => {
      check("removeFolder", path);
      await NODE_FILE_SYSTEM.removeFolder(path);
    },
    removeTree: async (path) => {
      check("removeTree", path);
      await NODE_FILE_SYSTEM.removeTree(path);
    },
  };
}
