import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { newFolder } from "./folders.js";
import { driftline, NODE, type Command, type Source } from "./tools.js";

/** A folder with finished clients, and the command that makes them. */
export interface Project {
  readonly folder: string;
  readonly generate: Command;
}

/**
 * Makes clients with pages in a new folder, by the published program.
 *
 * @throws Error if that fails
 */
export function madeProject(sources: readonly Source[], parent: string): Project {
  const folder = newFolder(parent, "made");
  // Projects have one. What files were made of is kept there.
  mkdirSync(path.join(folder, "node_modules"));
  const [generate = []] = driftline(true).prepare(folder, sources);
  const { status, stderr } = spawnSync(NODE, generate, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`generate failed:\n${stderr}`);
  return { folder, generate };
}
