import { realpath, rename, rm } from "node:fs/promises";
import { isMissing, NODE_FILE_SYSTEM } from "./file-system.js";

/**
 * Writes all of a file or nothing of it: what stood there stays until the new text is on the disk. A symbolic link goes
 * on leading to the file. Fails as `node:fs` does, with a `code`.
 */
export function replaceFile(file: string, text: string): Promise<void> {
  return replaceFiles(new Map([[file, text]]));
}

/**
 * The same for several files, by path: none is replaced before the texts of all are on the disk, so that a full one
 * changes nothing.
 */
export async function replaceFiles(texts: ReadonlyMap<string, string>): Promise<void> {
  const staged: { readonly beside: string; readonly target: string }[] = [];
  try {
    for (const [file, text] of texts) {
      const target = await targetOf(file);
      const beside = `${target}.${process.pid}.tmp`;
      staged.push({ beside, target });
      await NODE_FILE_SYSTEM.write(beside, text);
    }
    for (const { beside, target } of staged) await rename(beside, target);
  } catch (error) {
    for (const { beside } of staged) await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function targetOf(file: string): Promise<string> {
  const target = await realpath(file).catch((error: unknown) => {
    if (isMissing(error)) return file;
    throw error;
  });
  const kind = await NODE_FILE_SYSTEM.kindOf(target);
  if (kind === "file" || kind === "nothing") return target;
  // A device, too, would be replaced by a file.
  throw Object.assign(new Error("It is no file."), {
    code: kind === "folder" ? "EISDIR" : "EINVAL",
    path: file,
  });
}
