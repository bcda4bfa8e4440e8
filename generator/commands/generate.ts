import path from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { visiblePath } from "../diagnostics/quoted.js";
import { displayPath } from "../document/read-file.js";
import { MANIFEST_FILE } from "../output/manifest.js";
import type { Written } from "../output/write.js";
import { LOCK_FILE } from "../pins/lock-file.js";
import { EXIT, failure, type CommandContext, type CommandResult } from "./command.js";
import { generateTargets, type GenerateRun } from "./generate-targets.js";
import { usageError, type TargetRequest } from "./targets.js";
import { WATCH_OUTSIDE, watchCommand, type WatchOutside } from "./watch.js";

/** What `generate` is asked for. */
export interface GenerateRequest extends TargetRequest {
  /** Whether to go on generating when files change. */
  readonly watch?: boolean | undefined;
}

/** `driftline generate` */
export async function generateCommand(
  request: GenerateRequest,
  { pipeline, isJson = false }: CommandContext,
  outside: WatchOutside = WATCH_OUTSIDE,
): Promise<CommandResult> {
  if (request.watch !== true)
    return resultOf(await generateTargets(request, pipeline, isJson ? "warned" : "nothing"));
  if (isJson) return failure([{ diagnostics: [watchWithJson()], source: undefined }]);
  return watchCommand(request, pipeline, resultOf, outside);
}

function watchWithJson(): Diagnostic {
  return usageError(
    "--watch and --json exclude each other, for a run that goes on has no end to report.",
    'Programs get each run as data by watchProject of the package "driftline".',
  );
}

function resultOf({ written, reports, note }: GenerateRun): CommandResult {
  if (written === undefined) return failure(reports);
  return {
    exitCode: EXIT.clean,
    reports,
    note,
    text: written.map((result) => `${summaryOf(result)}\n`).join(""),
    results: { outputs: written.map((result) => ({ ...result, folder: shownFolder(result) })) },
  };
}

function shownFolder({ folder }: Written): string {
  return path.relative(process.cwd(), folder) === "" ? "." : displayPath(path.resolve(folder));
}

function summaryOf(result: Written): string {
  const { written, removed, unchanged } = result;
  const files = written.filter((file) => file !== MANIFEST_FILE && file !== LOCK_FILE);
  const isRecord = files.length + removed.length + unchanged === 0 && written.includes(LOCK_FILE);
  if (isRecord) return `${visiblePath(displayPath(path.join(result.folder, LOCK_FILE)))}: written`;
  const parts = [
    ...(files.length > 0 ? [`${files.length} written`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed`] : []),
    ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
  ];
  return `${visiblePath(shownFolder(result))}: ${parts.join(", ")}`;
}
