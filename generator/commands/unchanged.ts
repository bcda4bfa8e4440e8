import path from "node:path";
import { hasErrors, type Outcome } from "../diagnostics/diagnostic.js";
import type { Report } from "../diagnostics/located.js";
import type { DocumentInput } from "../document/document-input.js";
import { valueHash, sourceHash, textHash } from "../document/hashes.js";
import { LIMITS } from "../document/limits.js";
import { readRegularFile } from "../document/read-file.js";
import { isMissing, NODE_FILE_SYSTEM } from "../output/file-system.js";
import { generatorHash } from "../output/generator-identity.js";
import { hasHeader } from "../output/header.js";
import { readOutput, type PresentOutput } from "../output/read-output.js";
import { stageOf } from "../output/stage.js";
import { lockText, type Lock, type LockedService, type MadeRecord } from "../pins/lock-file.js";
import { pinsJson } from "../pins/pins-json.js";
import { lockOf } from "./build.js";
import { isOfFiles, outputsHash, settingsHash } from "./made-record.js";
import type { Target, Targets } from "./targets.js";

/** A service of which everything is as it was when its client was made. */
export interface UnchangedService {
  readonly record: MadeRecord;
  /** How many files its folder has. */
  readonly files: number;
  /** Absolute paths of the files on which its document depends. */
  readonly dependsOn: readonly string[];
}

/** What needs not be made again. */
export interface Unchanged {
  /** By the name of the service. */
  readonly services: ReadonlyMap<string, UnchangedService>;
  /** How many files the shared runtime has; 0 where there is none. */
  readonly runtimeFiles: number;
}

export const NOTHING_UNCHANGED: Unchanged = { services: new Map(), runtimeFiles: 0 };

/**
 * Finds the services of which nothing has changed since their clients were made, by hashes of all that decides them and
 * of all that was made: of every file that the document depends on, of what is asked for, of the generator, of the names
 * in the lock, and of every file of the client and its runtime. Where anything is missing or strange, nothing is said to
 * be unchanged, and what makes the client finds out why.
 *
 * @param prepare is given the documents of services that have to be made, before all else is looked at
 */
export async function findUnchanged(
  targets: Targets,
  lock: Lock,
  prepare?: (input: DocumentInput) => void,
): Promise<Unchanged> {
  if (lock.text !== lockText(lock)) return NOTHING_UNCHANGED;
  const candidates: Candidate[] = [];
  for (const target of targets.targets) {
    const locked = lock.services.get(target.service);
    const made = locked?.made;
    if (locked !== undefined && made !== undefined && (await isSameInput(target, targets, made)))
      candidates.push({ target, locked, made });
    else prepare?.(target.input);
  }
  const [generator, isFree] = await Promise.all([
    candidates.length === 0 ? "" : generatorHash(),
    areFree([targets.lockFolder, ...candidates.map(({ target }) => target.folder)]),
  ]);
  if (candidates.length === 0 || !isFree) return NOTHING_UNCHANGED;
  const runtime =
    targets.runtime === undefined ? undefined : await folderAsWritten(targets.runtime, generator);
  const found = await Promise.all(
    candidates.map(async (candidate) => {
      const files = await unchangedFiles(candidate, targets, generator, runtime);
      return files === undefined ? [] : [[candidate.target.service, files] as const];
    }),
  );
  return { services: new Map(found.flat()), runtimeFiles: runtime?.files ?? 0 };
}

interface Candidate {
  readonly target: Target;
  readonly locked: LockedService;
  readonly made: MadeRecord;
}

/** Whether the same is asked for, of the same files. */
async function isSameInput(
  target: Target,
  { lockFolder, language }: Targets,
  { settings, sources }: MadeRecord,
): Promise<boolean> {
  if (!isOfFiles(target) || settings !== settingsHash(target, lockFolder, language)) return false;
  const limit = target.input.settings?.limits?.bytes ?? LIMITS.bytes;
  const same = await Promise.all(
    [...sources].map(async ([file, hash]) => {
      const present = await hashOf(path.resolve(lockFolder, file), limit);
      return present === (hash ?? "missing");
    }),
  );
  return same.every(Boolean);
}

async function hashOf(file: string, limit: number): Promise<string> {
  try {
    return sourceHash(await readRegularFile(file, limit));
  } catch (error) {
    return isMissing(error) ? "missing" : "unreadable";
  }
}

/** Whether no run writes to the folders, and none was interrupted in them. */
async function areFree(folders: readonly string[]): Promise<boolean> {
  const kinds = await Promise.all(
    folders.map((folder) => NODE_FILE_SYSTEM.kindOf(stageOf(folder))),
  );
  return kinds.every((kind) => kind === "nothing");
}

/** A folder that is as its manifest says. */
interface FolderAsWritten {
  readonly present: PresentOutput;
  readonly manifestText: string;
  readonly files: number;
}

async function unchangedFiles(
  { target, locked, made }: Candidate,
  { lockFolder }: Targets,
  generator: string,
  runtime: FolderAsWritten | undefined,
): Promise<UnchangedService | undefined> {
  const folder = await folderAsWritten(target.folder, generator);
  const isShared = target.options.runtime === "../runtime";
  if (folder === undefined || (isShared && runtime === undefined)) return undefined;
  const { manifest } = folder.present;
  if (manifest?.document !== locked.document) return undefined;
  if (manifest?.names !== valueHash(pinsJson(locked.pins))) return undefined;
  const texts = [folder.manifestText, ...(isShared && runtime ? [runtime.manifestText] : [])];
  if (outputsHash(texts) !== made.outputs) return undefined;
  const dependsOn = [...made.sources.keys()].map((file) => path.resolve(lockFolder, file));
  return { record: made, files: folder.files, dependsOn };
}

/** `undefined` unless the files of a folder are those of its manifest, which the same generator has written. */
async function folderAsWritten(
  folder: string,
  generator: string,
): Promise<FolderAsWritten | undefined> {
  const { value: present } = await readOutput(folder, []);
  if (present?.manifest === undefined || present.manifestText === undefined) return undefined;
  const { manifest, files } = present;
  if (manifest.generator !== generator) return undefined;
  for (const [file, hash] of manifest.files) {
    const text = files.get(file);
    if (text === undefined || textHash(text) !== hash) return undefined;
  }
  for (const [file, text] of files)
    if (!manifest.files.has(file) && hasHeader(text)) return undefined;
  return { present, manifestText: present.manifestText, files: manifest.files.size };
}

/**
 * What is made although nothing has changed.
 *
 * - `everything`
 * - `warned`: what had warnings, so that they are told again
 * - `nothing`
 */
export type Remake = "everything" | "warned" | "nothing";

/** A run without what needs not be made again. */
export interface SetApart {
  /** What is still to be made; `undefined` where nothing is. */
  readonly rest: Outcome<Targets> | undefined;
  readonly unchanged: Unchanged;
  /** The lock that told it; `undefined` where nobody has asked. */
  readonly lock: Outcome<Lock> | undefined;
}

/**
 * Sets apart what needs not be made again. Where the configuration is wrong, that is to be told of everything.
 *
 * @param prepare is given the documents of services that have to be made, before all else is looked at
 */
export async function setApart(
  found: Outcome<Targets>,
  remake: Remake,
  prepare?: (input: DocumentInput) => void,
): Promise<SetApart> {
  const { value: targets, diagnostics } = found;
  const everything = { rest: found, unchanged: NOTHING_UNCHANGED, lock: undefined };
  if (targets === undefined || hasErrors(diagnostics) || remake === "everything") return everything;
  const lock = await lockOf(targets);
  if (lock.value === undefined) return { ...everything, lock };
  const { services: all, runtimeFiles } = await findUnchanged(targets, lock.value, prepare);
  const services = new Map(
    [...all].filter(([, { record }]) => remake === "nothing" || record.warnings === 0),
  );
  const rest = targets.targets.filter(({ service }) => !services.has(service));
  return {
    rest: rest.length === 0 ? undefined : { ...found, value: { ...targets, targets: rest } },
    unchanged: { services, runtimeFiles },
    lock,
  };
}

/** What is told of services that were not made again: what was allowed is counted. */
export function reportsOf({ services }: Unchanged): readonly Report[] {
  return [...services.values()].map(({ record: { allowed } }) => ({
    diagnostics: [],
    source: undefined,
    allowed,
  }));
}

/** `3 warnings as before, for nothing has changed; --full tells them.`, with a line break; nothing where there are none. */
export function noteOf({ services }: Unchanged): string {
  const count = [...services.values()].reduce((sum, { record }) => sum + record.warnings, 0);
  if (count === 0) return "";
  const warnings = count === 1 ? "1 warning" : `${count} warnings`;
  return `${warnings} as before, for nothing has changed; --full tells ${count === 1 ? "it" : "them"}.\n`;
}

/** The files on which the documents of services depend that were not made again. */
export function inputsOf({ services }: Unchanged): ReadonlyMap<string, readonly string[]> {
  return new Map([...services].map(([service, { dependsOn }]) => [service, dependsOn]));
}
