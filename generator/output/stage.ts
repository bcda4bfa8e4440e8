import path from "node:path";
import { isObject, arrayMember, member, stringMember, stringsMember } from "../document/json.js";
import type { JsonValue } from "../document/source.js";
import { isMissing, type FileSystem } from "./file-system.js";
import { below, foldersOf, isSafePath } from "./paths.js";

/**
 * The folder in which a run prepares its files, inside the output folder and so on the same file system. While it
 * exists the output folder belongs to the run that made it. It holds
 *
 * - `owner.json`: which process that is;
 * - `new/`: the files to be put in place, `old/`: the files that they replaced;
 * - `journal.json`: what is being done, from just before the first change until just after the last.
 */
export const STAGE_FOLDER = ".driftline-stage";

/** The process that writes to an output folder. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
}

/** One change of an output folder. */
export interface Step {
  /** Relative to the output folder. */
  readonly path: string;
  readonly action: "write" | "remove";
  /** Whether a file stands there before. */
  readonly replaces: boolean;
}

/** All changes of an output folder, in order. */
export interface Journal {
  readonly steps: readonly Step[];
  /** Folders that the changes need and that are not there yet, outermost first. */
  readonly newFolders: readonly string[];
}

/** Takes an output folder for this process; `false` when another one has it. */
export async function acquire(folder: string, owner: Owner, system: FileSystem): Promise<boolean> {
  const own = path.join(folder, `${STAGE_FOLDER}-${owner.pid}`);
  await system.removeTree(own);
  await system.makeFolder(own);
  try {
    await system.write(path.join(own, "owner.json"), `${JSON.stringify(owner)}\n`);
    // Renaming is atomic and fails when a stage with an owner is there, so that of two runs one gets the folder.
    await system.rename(own, stageOf(folder));
    return true;
  } catch (error) {
    await system.removeTree(own);
    if ((await system.kindOf(stageOf(folder))) !== "nothing") return false;
    throw error;
  }
}

/** The process that has an output folder; `undefined` when none has, `"unknown"` when its record is unreadable. */
export async function ownerOf(
  folder: string,
  system: FileSystem,
): Promise<Owner | "unknown" | undefined> {
  if ((await system.kindOf(stageOf(folder))) === "nothing") return undefined;
  const value = await readJson(path.join(stageOf(folder), "owner.json"), system);
  const host = stringMember(value, "host");
  const pid = member(value, "pid");
  return host !== undefined && typeof pid === "number" ? { host, pid } : "unknown";
}

/** Gives an output folder up. */
export async function release(folder: string, system: FileSystem): Promise<void> {
  await system.removeTree(stageOf(folder));
}

/** Puts the texts of new files into the stage. */
export async function stageFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
  system: FileSystem,
): Promise<void> {
  const stage = stageOf(folder);
  await system.makeFolder(path.join(stage, "new"));
  for (const subfolder of foldersOf([...files.keys()]))
    await system.makeFolder(below(stage, `new/${subfolder}`));
  const waiting = files.entries();
  const write = async (): Promise<void> => {
    for (const [file, text] of waiting) await system.write(below(stage, `new/${file}`), text);
  };
  await Promise.all(Array.from({ length: OPEN_FILES }, write));
}

/** How many files are open at a time: a large client has more of them than some systems let a process open. */
const OPEN_FILES = 64;

/** Records what is about to be done, and makes room for the files that will be replaced. */
export async function writeJournal(
  folder: string,
  journal: Journal,
  system: FileSystem,
): Promise<void> {
  const stage = stageOf(folder);
  const replaced = journal.steps.filter((step) => step.replaces).map((step) => step.path);
  await system.makeFolder(path.join(stage, "old"));
  for (const subfolder of foldersOf(replaced))
    await system.makeFolder(below(stage, `old/${subfolder}`));
  await system.write(path.join(stage, "journal.tmp"), `${JSON.stringify(journal)}\n`);
  await system.rename(path.join(stage, "journal.tmp"), journalOf(folder));
}

/** Does what the journal says. */
export async function applyJournal(
  folder: string,
  journal: Journal,
  system: FileSystem,
): Promise<void> {
  for (const subfolder of journal.newFolders) await system.makeFolder(below(folder, subfolder));
  for (const step of journal.steps) {
    const target = below(folder, step.path);
    if (step.replaces) await system.rename(target, staged(folder, "old", step));
    if (step.action === "write") await system.rename(staged(folder, "new", step), target);
  }
}

/** Ends a journal that was carried out: from here on there is nothing to put back. */
export async function closeJournal(folder: string, system: FileSystem): Promise<void> {
  await system.removeFile(journalOf(folder));
}

/** Tells whether an output folder has changes that are neither complete nor put back. */
export async function hasJournal(folder: string, system: FileSystem): Promise<boolean> {
  return (await system.kindOf(journalOf(folder))) === "file";
}

/**
 * Puts an output folder back to how it was before its journal, however far that had come, and says whether there
 * was one. Can itself be interrupted and repeated.
 */
export async function rollBack(folder: string, system: FileSystem): Promise<boolean> {
  const journal = journalFrom(await readJson(journalOf(folder), system));
  if (journal === undefined) return false;
  for (const step of [...journal.steps].reverse()) await undo(folder, step, system);
  for (const subfolder of [...journal.newFolders].reverse())
    await removeIfEmpty(below(folder, subfolder), system);
  await closeJournal(folder, system);
  return true;
}

/** Removes a folder unless something is in it, or it is gone. */
export async function removeIfEmpty(folder: string, system: FileSystem): Promise<void> {
  if ((await system.kindOf(folder)) !== "folder") return;
  if ((await system.list(folder)).length === 0) await system.removeFolder(folder);
}

async function undo(folder: string, step: Step, system: FileSystem): Promise<void> {
  const target = below(folder, step.path);
  const old = staged(folder, "old", step);
  if (step.replaces) {
    if ((await system.kindOf(old)) !== "file") return;
    await makeFoldersOf(folder, step.path, system);
    await system.rename(old, target);
    return;
  }
  const wasPutInPlace = (await system.kindOf(staged(folder, "new", step))) === "nothing";
  if (wasPutInPlace && (await system.kindOf(target)) === "file") await system.removeFile(target);
}

async function makeFoldersOf(folder: string, file: string, system: FileSystem): Promise<void> {
  for (const subfolder of foldersOf([file])) {
    const target = below(folder, subfolder);
    if ((await system.kindOf(target)) === "nothing") await system.makeFolder(target);
  }
}

/** A journal may come from anywhere, as a manifest may: one with paths that leave the folder counts as none. */
function journalFrom(value: JsonValue | undefined): Journal | undefined {
  const steps = arrayMember(value, "steps").map(stepFrom);
  const newFolders = stringsMember(value, "newFolders");
  if (!isObject(value) || !newFolders.every(isSafePath)) return undefined;
  return steps.every((step) => step !== undefined) ? { steps, newFolders } : undefined;
}

function stepFrom(value: JsonValue): Step | undefined {
  const file = stringMember(value, "path");
  const action = stringMember(value, "action");
  if (file === undefined || !isSafePath(file) || (action !== "write" && action !== "remove"))
    return undefined;
  return { path: file, action, replaces: member(value, "replaces") === true };
}

async function readJson(file: string, system: FileSystem): Promise<JsonValue | undefined> {
  try {
    return JSON.parse(await system.read(file)) as JsonValue;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function staged(folder: string, part: "new" | "old", step: Step): string {
  return below(stageOf(folder), `${part}/${step.path}`);
}

/** The stage of an output folder. */
export function stageOf(folder: string): string {
  return path.join(folder, STAGE_FOLDER);
}

function journalOf(folder: string): string {
  return path.join(stageOf(folder), "journal.json");
}
