import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import type { Environment } from "./loading.js";

/**
 * Where copies of fetched files are kept: in `node_modules/.cache` of the working directory, where there is such a
 * folder, as other tools of a project do; otherwise in the user's cache (XDG Base Directory Specification).
 *
 * @returns an absolute path
 */
export async function cacheFolder(environment: Environment): Promise<string> {
  const modules = path.resolve("node_modules");
  if (await isFolder(modules)) return path.join(modules, ".cache/driftline");
  const configured = environment["XDG_CACHE_HOME"] ?? "";
  // A relative path is invalid by that specification.
  const cache = path.isAbsolute(configured) ? configured : path.join(homedir(), ".cache");
  return path.join(cache, "driftline");
}

/**
 * Where is kept what nobody would miss and no other project can use: in `node_modules/.cache` of the innermost folder
 * around a file of the project that has packages.
 *
 * @param folder absolute path of a folder of the project
 * @returns an absolute path; `undefined` where there is no such folder
 */
export async function projectCacheFolder(folder: string): Promise<string | undefined> {
  const modules = path.join(folder, "node_modules");
  if (await isFolder(modules)) return path.join(modules, ".cache/driftline");
  const around = path.dirname(folder);
  return around === folder ? undefined : projectCacheFolder(around);
}

function isFolder(file: string): Promise<boolean> {
  return stat(file).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
