import { readFile } from "node:fs/promises";
import path from "node:path";
import { diagnostic } from "../diagnostics/codes.js";
import { hasErrors, outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { visiblePath } from "../diagnostics/quoted.js";
import { textHash } from "../document/hashes.js";
import { decode, displayPath } from "../document/read-file.js";
import { LIMITS } from "../document/limits.js";
import type { Source } from "../document/source.js";
import { isMissing } from "../output/file-system.js";
import { replaceFiles } from "../output/replace-file.js";
import {
  lockText,
  lockedService,
  withServices,
  type Lock,
  type LockedUpstream,
} from "../pins/lock-file.js";
import { EXIT, failure, type CommandContext, type CommandResult } from "./command.js";
import {
  comparingOf,
  runComparison,
  tellComparisons,
  type Comparing,
  type FinishedComparison,
} from "./comparing.js";
import type { ComparingFlags } from "./comparing-flags.js";
import {
  pinOf,
  publishedTasks,
  versionText,
  type PublishedRequest,
  type PublishedTask,
} from "./published.js";
import { written } from "./report-targets.js";

/** The options of `pull`, as the command line has them. */
export interface PullRequest extends ComparingFlags, Omit<PublishedRequest, "server"> {
  /** Whether edits of the pinned document may be lost. */
  readonly force?: boolean | undefined;
}

/**
 * `driftline pull`: takes published documents over in place of the pinned ones, remembers in the lock what was taken,
 * and tells what changed. Nothing is written unless everything can be.
 */
export async function pullCommand(
  request: PullRequest,
  context: CommandContext,
): Promise<CommandResult> {
  const comparing = await comparingOf(request, context);
  const found = comparing.value && (await publishedTasks(request, comparing.value, context));
  const diagnostics = [...comparing.diagnostics, ...(found?.diagnostics ?? [])];
  const before = { diagnostics, source: undefined };
  if (comparing.value === undefined || found?.value === undefined || hasErrors(diagnostics))
    return failure([before]);
  const { tasks, lock } = found.value;
  const pulled: Pulled[] = [];
  for (const task of tasks)
    pulled.push(await pullOne(task, lock, request, comparing.value, context));
  const failed = pulled.flatMap(({ reports }) => reports);
  const findings = [before, ...failed];
  if (failed.some((report) => hasErrors(report.diagnostics))) return failure(findings);
  const failures = await writeAll(pulled, lock);
  if (failures.length > 0)
    return failure([...findings, { diagnostics: failures, source: undefined }]);
  const finished = pulled.flatMap(({ comparison }) => comparison ?? []);
  const told = await tellComparisons(finished, comparing.value, context);
  const note = pulled.map(noteOf).join("");
  return {
    // What changed is told, and no failure: it was asked for.
    exitCode: told.exitCode === EXIT.drift ? EXIT.clean : told.exitCode,
    reports: [before, ...told.reports],
    text: told.text,
    isData: request.report !== undefined,
    note,
    results: { services: pulled.map(resultOf), reports: told.results },
  };
}

/** What pulling one service gives. */
interface Pulled {
  readonly name: string;
  readonly input: string;
  /** Present unless something is wrong. */
  readonly pin?: LockedUpstream;
  /** The text that the pinned document gets; absent where it keeps its own. */
  readonly text?: string;
  readonly isMaintained: boolean;
  /** Absent where there was no document before, or none that can be read. */
  readonly comparison?: FinishedComparison;
  /** Whether there was a document that cannot be read, so that nobody knows what changed. */
  readonly isUnreadable: boolean;
  readonly reports: readonly {
    readonly diagnostics: readonly Diagnostic[];
    readonly source: Source | undefined;
  }[];
}

async function pullOne(
  { service, upstream, task }: PublishedTask,
  lock: Lock,
  { force = false }: PullRequest,
  comparing: Comparing,
  { pipeline }: CommandContext,
): Promise<Pulled> {
  const { isMaintained } = upstream;
  const base = { name: service.service, input: service.input, isMaintained, isUnreadable: false };
  const present = await presentText(service.input);
  if (present.value === undefined)
    return { ...base, reports: [{ diagnostics: present.diagnostics, source: undefined }] };
  const { text: before } = present.value;
  const compared =
    before === undefined ? undefined : await runComparison(task, comparing, pipeline);
  // What is overwritten in any case need not be one that can be read.
  const isUnreadable = force && !isMaintained && compared?.isOldBroken === true;
  const comparison = isUnreadable ? undefined : compared;
  const loaded = comparison === undefined ? await pipeline.loadDocument(task.new) : undefined;
  const current = comparison?.current ?? loaded?.value;
  const reports = [
    ...(comparison?.reports ?? []),
    { diagnostics: (loaded?.diagnostics ?? []).filter(isError), source: current },
  ];
  const found = { ...base, isUnreadable, ...(comparison === undefined ? {} : { comparison }) };
  if (current === undefined || reports.some(({ diagnostics }) => hasErrors(diagnostics)))
    return { ...found, reports };
  const pinned = lockedService(lock, service.service).upstream;
  const refusal =
    upstream.isMaintained || force ? undefined : refusalOf(service.input, before, pinned, current);
  if (refusal !== undefined)
    return { ...found, reports: [...reports, { diagnostics: [refusal], source: undefined }] };
  const { text } = current.file;
  return {
    ...found,
    reports,
    pin: pinOf(current, upstream.url),
    ...(upstream.isMaintained || text === before ? {} : { text }),
  };
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

/** The text of the pinned document, `undefined` where there is none. */
async function presentText(file: string): Promise<Outcome<{ readonly text: string | undefined }>> {
  try {
    const { value, diagnostics } = decode(displayPath(file), await readFile(file), LIMITS);
    return { value: value && { text: value.text }, diagnostics };
  } catch (error) {
    if (isMissing(error)) return outcome({ text: undefined });
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    const finding = diagnostic("file-unreadable", {
      message: `The file cannot be read: ${code}.`,
      hint: "Check the file and its permissions.",
      place: { path: displayPath(file) },
    });
    return { value: undefined, diagnostics: [finding] };
  }
}

/** Why a pinned document is not replaced: somebody's work would be lost, or it would not be whole. */
function refusalOf(
  input: string,
  before: string | undefined,
  pinned: LockedUpstream | undefined,
  current: Source,
): Diagnostic | undefined {
  const place = { path: displayPath(input) };
  if (current.files.size > 1)
    return diagnostic("pull-refused", {
      message: `The published document has ${current.files.size} files, and only a single one can be taken over.`,
      hint: "Keep a document of your own, and say so in driftline.yaml: maintained: true under upstream.",
      place,
    });
  if (before === undefined || before === current.file.text) return undefined;
  if (pinned?.document === textHash(before)) return undefined;
  return diagnostic("pull-refused", {
    message:
      pinned?.document === undefined
        ? "This document was not written by driftline pull, which would overwrite it."
        : "This document was edited since it was pulled, and pulling would overwrite that.",
    hint: "Put corrections into an overlay, or say maintained: true under upstream in driftline.yaml; --force overwrites the file.",
    place,
  });
}

/** Writes all documents and the lock, or nothing. A lock whose text stays the same is left alone. */
async function writeAll(pulled: readonly Pulled[], lock: Lock): Promise<readonly Diagnostic[]> {
  const texts = new Map(
    pulled.flatMap(({ input, text }) => (text === undefined ? [] : [[input, text] as const])),
  );
  const entries = pulled.flatMap(({ name, pin }) => {
    const entry = lockedService(lock, name);
    return pin === undefined ? [] : [[name, { ...entry, upstream: pin }] as const];
  });
  const next = lockText(withServices(lock, new Map(entries)));
  if (next !== lock.text) texts.set(lock.file, next);
  const [first = lock.file] = texts.keys();
  return texts.size === 0 ? [] : written(path.dirname(first), () => replaceFiles(texts));
}

function noteOf({ name, input, pin, text, comparison, ...pulled }: Pulled): string {
  const file = visiblePath(displayPath(input));
  const version = versionText(pin?.version);
  if (pulled.isMaintained)
    return `${name}: ${version} is remembered; ${file} is maintained by hand and stays as it is.\n`;
  if (text === undefined) return `${name}: ${file} is what is published, ${version}.\n`;
  if (pulled.isUnreadable)
    return `${name}: ${file} is replaced, ${version}. What it was cannot be read, so that nobody knows what changed. Run "driftline generate".\n`;
  const what = comparison === undefined ? "written for the first time" : "replaced";
  return `${name}: ${file} is ${what}, ${version}. Run "driftline generate".\n`;
}

function resultOf({ name, input, pin, text }: Pulled): unknown {
  return {
    service: name,
    input: displayPath(input),
    isWritten: text !== undefined,
    url: pin?.url,
    document: pin?.document,
    version: pin?.version,
  };
}
