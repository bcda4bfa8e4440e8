import path from "node:path";
import { displayPath } from "../document/read-file.js";
import { MANIFEST_FILE } from "../output/manifest.js";
import { writeOutputs, type Written } from "../output/write.js";
import { visiblePath } from "../diagnostics/quoted.js";
import { build } from "./build.js";
import { EXIT, type CommandContext, type ExitCode } from "./command.js";
import { report } from "./report.js";
import { findTargets, type TargetRequest } from "./targets.js";

/** `driftline generate`: writes the clients; nothing at all unless every document is right. */
export async function generateCommand(
  request: TargetRequest,
  { terminal, pipeline }: CommandContext,
): Promise<ExitCode> {
  const targets = await findTargets(request, pipeline);
  report(terminal, targets.diagnostics);
  if (targets.value === undefined) return EXIT.brokenInput;
  const { outputs, reports } = await build(targets.value, pipeline);
  for (const { diagnostics, source } of reports) report(terminal, diagnostics, source);
  if (outputs === undefined) return EXIT.brokenInput;
  const written = await writeOutputs(outputs);
  report(terminal, written.diagnostics);
  if (written.value === undefined) return EXIT.brokenInput;
  for (const result of written.value) terminal.out(`${summaryOf(result)}\n`);
  return EXIT.clean;
}

function summaryOf({ folder, written, removed, unchanged }: Written): string {
  const files = written.filter((file) => file !== MANIFEST_FILE);
  const parts = [
    ...(files.length > 0 ? [`${files.length} written`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed`] : []),
    ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
  ];
  return `${visiblePath(displayPath(path.resolve(folder)))}: ${parts.join(", ")}`;
}
