import path from "node:path";
import { compareText } from "../document/json.js";

/** Names that Windows keeps for devices, whatever their extension. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,119}$/;

/** Tells whether a path stays below its folder and is a valid file name on every platform. */
export function isSafePath(file: string): boolean {
  return file
    .split("/")
    .every((segment) => SEGMENT.test(segment) && !segment.endsWith(".") && !DEVICE.test(segment));
}

/**
 * Checks the paths of files that are about to be written. Names come from `names/`, which has cleaned them, so
 * that a bad one is a bug and not a finding.
 *
 * @throws Error for a path that is unsafe, or that differs from another only in case
 */
export function assertWritablePaths(files: readonly string[]): void {
  const unsafe = files.find((file) => !isSafePath(file));
  if (unsafe !== undefined) throw new Error(`unsafe output path ${JSON.stringify(unsafe)}`);
  const folded = new Set(files.map((file) => file.toLowerCase()));
  if (folded.size !== files.length)
    throw new Error(`output paths differ only in case: ${files.join(", ")}`);
}

/** The folders between an output folder and its files, outermost first. */
export function foldersOf(files: readonly string[]): readonly string[] {
  const folders = files.flatMap((file) => parentsOf(file));
  return [...new Set(folders)].sort(compareText);
}

/** The absolute path of a file below a folder. */
export function below(folder: string, file: string): string {
  return path.join(folder, ...file.split("/"));
}

function parentsOf(file: string): readonly string[] {
  const segments = file.split("/").slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}
