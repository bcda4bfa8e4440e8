import { hostname } from "node:os";
import path from "node:path";
import { diagnostic } from "../diagnostics/codes.js";
import { hasErrors, outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { displayPath } from "../document/read-file.js";
import { NODE_FILE_SYSTEM, systemCode, type FileSystem } from "./file-system.js";
import type { GeneratedFile } from "./generated-file.js";
import { lockFolder, unlockFolder, type LockOptions } from "./lock.js";
import type { Manifest } from "./manifest.js";
import { assertWritablePaths, below } from "./paths.js";
import { changesAnything, planWrite, type WritePlan } from "./plan-write.js";
import { emptyPlan, isChanged, withRecord, type FileRecord } from "./plan-record.js";
import { readManifest } from "./read-output.js";
import {
  applyJournal,
  closeJournal,
  removeIfEmpty,
  rollBack,
  stageFiles,
  writeJournal,
} from "./stage.js";

/** Everything that one output folder is to hold. */
export interface Output {
  /** Absolute path. */
  readonly folder: string;
  /** Absolute path of a folder that is trusted; below it no symbolic link is followed. The folder itself, or one around it. */
  readonly root: string;
  readonly files: readonly GeneratedFile[];
  /** `undefined` where no file is generated. */
  readonly manifest: Manifest | undefined;
  /** Files of the user's in the same folder that are written together with the generated ones. Default: none. */
  readonly records?: readonly FileRecord[];
}

/** What became of one output folder. */
export interface Written {
  readonly folder: string;
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

export interface WriteOptions {
  readonly system?: FileSystem;
  readonly lock?: LockOptions;
}

/**
 * Writes several output folders, all or none. New files are staged first, in every folder; then they are put in
 * place one by one, and any failure puts everything back. Files that need no change keep their time, and files
 * that driftline did not write are never touched.
 */
export async function writeOutputs(
  outputs: readonly Output[],
  options: WriteOptions = {},
): Promise<Outcome<readonly Written[]>> {
  for (const { files } of outputs) assertWritablePaths(files.map((file) => file.path));
  const system = options.system ?? NODE_FILE_SYSTEM;
  const lock = options.lock ?? { owner: { host: hostname(), pid: process.pid }, isRunning };
  // A folder of the user's is touched only where there is something to write.
  const touched = outputs.filter(
    ({ manifest, records = [] }) => manifest !== undefined || records.some(isChanged),
  );
  return withLocks(touched, lock, system, () => planAndCommit(touched, system));
}

/** Holds the locks of all folders around an action; folders that were made for that and stay empty are removed again. */
async function withLocks(
  outputs: readonly Output[],
  lock: LockOptions,
  system: FileSystem,
  action: () => Promise<Outcome<readonly Written[]>>,
): Promise<Outcome<readonly Written[]>> {
  const findings: Diagnostic[] = [];
  const locked: string[] = [];
  const made: string[] = [];
  try {
    for (const { folder, root } of outputs) {
      const result = await lockFolder(folder, root, lock, system, made);
      findings.push(...result.diagnostics);
      if (result.value === undefined) return { value: undefined, diagnostics: findings };
      locked.push(folder);
    }
    const result = await action();
    return { value: result.value, diagnostics: [...findings, ...result.diagnostics] };
  } catch (error) {
    return { value: undefined, diagnostics: [...findings, writeFailed(error)] };
  } finally {
    for (const folder of locked) await tidy(() => unlockFolder(folder, system));
    for (const folder of made.reverse()) await tidy(() => removeIfEmpty(folder, system));
  }
}

async function planAndCommit(
  outputs: readonly Output[],
  system: FileSystem,
): Promise<Outcome<readonly Written[]>> {
  const planned = await Promise.all(outputs.map((output) => planOutput(output, system)));
  const findings = planned.flatMap(({ diagnostics }) => diagnostics);
  const plans = planned.flatMap(({ value }) => (value === undefined ? [] : [value]));
  if (hasErrors(findings)) return { value: undefined, diagnostics: findings };
  const changing = plans.filter(changesAnything);
  for (const plan of changing) await stageFiles(plan.folder, plan.texts, system);
  const failure = await commit(changing, system);
  if (failure !== undefined) return { value: undefined, diagnostics: [...findings, failure] };
  return outcome(plans.map(writtenBy), findings);
}

async function planOutput(output: Output, system: FileSystem): Promise<Outcome<WritePlan>> {
  const generated = await planGenerated(output, system);
  if (generated.value === undefined) return generated;
  let plan = generated.value;
  for (const record of output.records ?? []) plan = await withRecord(plan, record, system);
  return outcome(plan, plan.findings);
}

async function planGenerated(
  { folder, files, manifest }: Output,
  system: FileSystem,
): Promise<Outcome<WritePlan>> {
  if (manifest === undefined) return outcome(emptyPlan(folder));
  const previous = readManifest(folder);
  if (previous.diagnostics.length > 0)
    return { value: undefined, diagnostics: previous.diagnostics };
  const plan = await planWrite(
    folder,
    new Map(files.map(({ path: file, text }) => [file, text])),
    { previous: previous.value, next: manifest },
    system,
  );
  return outcome(plan, plan.findings);
}

/** Carries out all plans, or none: the finding says what failed. */
async function commit(
  plans: readonly WritePlan[],
  system: FileSystem,
): Promise<Diagnostic | undefined> {
  try {
    for (const plan of plans) await writeJournal(plan.folder, plan.journal, system);
    for (const plan of plans) await applyJournal(plan.folder, plan.journal, system);
  } catch (error) {
    return writeFailed(error, await rollBackAll(plans, system));
  }
  for (const plan of plans) await tidy(() => finish(plan, system));
  return undefined;
}

/** Tells whether every folder could be put back; what could not is left, with its journal, to the next run. */
async function rollBackAll(plans: readonly WritePlan[], system: FileSystem): Promise<boolean> {
  const results = await Promise.allSettled(plans.map((plan) => rollBack(plan.folder, system)));
  return results.every(({ status }) => status === "fulfilled");
}

/** Closes a journal that was carried out, and removes the folders that are empty now: until then they may be needed. */
async function finish({ folder, journal }: WritePlan, system: FileSystem): Promise<void> {
  await closeJournal(folder, system);
  for (const { path: file, action } of journal.steps) {
    if (action !== "remove") continue;
    for (
      let parent = path.dirname(below(folder, file));
      parent !== folder;
      parent = path.dirname(parent)
    ) {
      await removeIfEmpty(parent, system);
    }
  }
}

function writtenBy({ folder, journal, unchanged }: WritePlan): Written {
  const pathsOf = (action: "write" | "remove"): readonly string[] =>
    journal.steps.filter((step) => step.action === action).map((step) => step.path);
  return { folder, written: pathsOf("write"), removed: pathsOf("remove"), unchanged };
}

/**
 * Does what comes after the result is decided, and so cannot change it: what fails here leaves a stage behind,
 * which the next run clears away.
 */
async function tidy(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

/** The finding for an error of the operating system; any other error is a bug and goes on. */
function writeFailed(error: unknown, isPutBack = true): Diagnostic {
  const code = systemCode(error);
  if (code === undefined) throw error;
  const file =
    error instanceof Error && "path" in error && typeof error.path === "string"
      ? error.path
      : undefined;
  const after = isPutBack
    ? "Nothing was changed."
    : "Not everything could be put back; the next run tries again.";
  return diagnostic("write-failed", {
    message: `Writing failed with ${code}. ${after}`,
    hint:
      code === "ENOSPC"
        ? "Free some space on the disk and run again."
        : "Check the folder and its permissions, and run again.",
    ...(file === undefined ? {} : { place: { path: displayPath(file) } }),
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}
