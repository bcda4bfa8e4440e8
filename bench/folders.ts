import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/*
 * Whoever creates files soon after many were deleted waits for it on ext4, which walks over the inodes that were freed
 * a moment ago. A benchmark that clears up between its rounds measures that, the more so the more files a generator
 * writes. So every round gets a folder of its own, and all of them go after the last measurement.
 */

/** Gives a function a temporary folder, which goes with all below it when that ends. */
export async function inFolder<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), "driftline-bench-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A new empty folder in another one. */
export function newFolder(parent: string, name: string): string {
  return mkdtempSync(path.join(parent, `${name}-`));
}
