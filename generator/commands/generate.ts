import path from "node:path";
import { displayPath } from "../document/read-file.js";
import { MANIFEST_FILE } from "../output/manifest.js";
import { writeOutputs, type Written } from "../output/write.js";
import { LOCK_FILE } from "../pins/lock-file.js";
import { visiblePath } from "../diagnostics/quoted.js";
import { build } from "./build.js";
import { EXIT, failure, type CommandContext, type CommandResult } from "./command.js";
import { findTargets, type TargetRequest } from "./targets.js";

/** `driftline generate`: writes the clients; nothing at all unless every document is right. */
export async function generateCommand(
  request: TargetRequest,
  { pipeline }: CommandContext,
): Promise<CommandResult> {
  const { outputs, reports } = await build(await findTargets(request, pipeline), pipeline);
  if (outputs === undefined) return failure(reports);
  const { value: written, diagnostics } = await writeOutputs(outputs);
  const all = [...reports, { diagnostics, source: undefined }];
  if (written === undefined) return failure(all);
  return {
    exitCode: EXIT.clean,
    reports: all,
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
