import path from "node:path";
import { diagnostic } from "../diagnostics/codes.js";
import { outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { displayPath } from "../document/read-file.js";
import type { FileSystem } from "./file-system.js";
import { blockedBy } from "./plan-write.js";
import { acquire, hasJournal, ownerOf, release, rollBack, stageOf, type Owner } from "./stage.js";

export interface LockOptions {
  /** This process. */
  readonly owner: Owner;
  /** Tells whether a process of this host still runs. */
  readonly isRunning: (pid: number) => boolean;
}

/**
 * Takes an output folder for this run. The folders on the way to it are made where they are missing; one that is a
 * symbolic link below `root` is refused. What an interrupted run left is put back first.
 *
 * @param made gets the absolute paths of folders that were made
 */
export async function lockFolder(
  folder: string,
  root: string,
  options: LockOptions,
  system: FileSystem,
  made: string[],
): Promise<Outcome<true>> {
  const blocked = await makeFolders(folder, root, system, made);
  if (blocked !== undefined) return { value: undefined, diagnostics: [blocked] };
  const stage = await system.kindOf(stageOf(folder));
  if (stage !== "folder" && stage !== "nothing") {
    return { value: undefined, diagnostics: [blockedBy(stage, stageOf(folder))] };
  }
  const findings = await recover(folder, options, system);
  if (await acquire(folder, options.owner, system)) return outcome(true as const, findings);
  return outcome(true as const, [...findings, locked(folder)]);
}

/** Gives an output folder up, unless it still has to be put back. */
export async function unlockFolder(folder: string, system: FileSystem): Promise<void> {
  if (!(await hasJournal(folder, system))) await release(folder, system);
}

async function makeFolders(
  folder: string,
  root: string,
  system: FileSystem,
  made: string[],
): Promise<Diagnostic | undefined> {
  for (const step of stepsTo(folder)) {
    const kind = await system.kindOf(step);
    if (kind === "nothing") {
      await system.makeFolder(step);
      made.push(step);
    } else if (kind === "file" || kind === "other" || (kind === "link" && isInside(step, root))) {
      return blockedBy(kind, step);
    }
  }
  return undefined;
}

/** The absolute paths from the root of the file system to a folder, outermost first. */
function stepsTo(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [] : [...stepsTo(parent), folder];
}

function isInside(file: string, folder: string): boolean {
  return file !== folder && file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}

async function recover(
  folder: string,
  { owner, isRunning }: LockOptions,
  system: FileSystem,
): Promise<readonly Diagnostic[]> {
  const previous = await ownerOf(folder, system);
  if (previous === undefined) return [];
  // A stage gets its name together with its owner, so that one without belongs to nobody.
  if (previous !== "unknown" && (previous.host !== owner.host || isRunning(previous.pid)))
    return [];
  const hadJournal = await rollBack(folder, system);
  await release(folder, system);
  return hadJournal ? [recovered(folder)] : [];
}

function recovered(folder: string): Diagnostic {
  return diagnostic("recovered-interrupted-run", {
    message: "An earlier run was interrupted while it wrote here; its changes were undone first.",
    hint: "Nothing needs to be done.",
    place: { path: displayPath(folder) },
  });
}

function locked(folder: string): Diagnostic {
  const record = displayPath(path.join(stageOf(folder), "owner.json"));
  return diagnostic("output-locked", {
    message: "Another run of driftline is writing to this folder.",
    hint: `Wait until it ends. If it was interrupted on another machine, delete ${record}; the next run then undoes its changes.`,
    place: { path: displayPath(folder) },
  });
}
