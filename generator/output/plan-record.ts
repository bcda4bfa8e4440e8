import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { displayPath } from "../document/read-file.js";
import type { FileSystem } from "./file-system.js";
import { below } from "./paths.js";
import { blockedBy, type WritePlan } from "./plan-write.js";

/** A file that is read before a run, and written after it. */
export interface FileRecord {
  /** Relative to the folder. */
  readonly path: string;
  /** What was read, with line feeds only; `undefined` where there was no such file. */
  readonly before: string | undefined;
  readonly text: string;
}

/** Tells whether a record has to be written. */
export function isChanged(record: FileRecord): boolean {
  return record.text !== record.before;
}

/** What has to happen to a folder in which nothing is generated. */
export function emptyPlan(folder: string): WritePlan {
  return {
    folder,
    journal: { steps: [], newFolders: [] },
    texts: new Map(),
    unchanged: 0,
    findings: [],
  };
}

/**
 * A plan with a record in it. Where the file is not what was read before the run, another one has written it
 * meanwhile, and what it wrote would be lost.
 */
export async function withRecord(
  plan: WritePlan,
  record: FileRecord,
  system: FileSystem,
): Promise<WritePlan> {
  if (!isChanged(record)) return plan;
  const target = below(plan.folder, record.path);
  const kind = await system.kindOf(target);
  if (kind !== "file" && kind !== "nothing") return withFinding(plan, blockedBy(kind, target));
  const present = kind === "file" ? await system.read(target) : undefined;
  if (present?.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n") !== record.before)
    return withFinding(plan, changedMeanwhile(target));
  const step = { path: record.path, action: "write", replaces: kind === "file" } as const;
  return {
    ...plan,
    journal: { ...plan.journal, steps: [...plan.journal.steps, step] },
    texts: new Map([...plan.texts, [record.path, record.text]]),
  };
}

function withFinding(plan: WritePlan, finding: Diagnostic): WritePlan {
  return { ...plan, findings: [...plan.findings, finding] };
}

function changedMeanwhile(target: string): Diagnostic {
  return diagnostic("output-locked", {
    message: "Another run of driftline, or somebody else, has written this file meanwhile.",
    hint: "Run again.",
    place: { path: displayPath(target) },
  });
}
