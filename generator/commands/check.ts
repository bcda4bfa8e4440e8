import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.js";
import { quoted, visiblePath } from "../diagnostics/quoted.js";
import { displayPath } from "../document/read-file.js";
import {
  compareOutput,
  type Difference,
  type FirstDifference,
  type Reason,
} from "../output/compare.js";
import { below } from "../output/paths.js";
import { readOutput } from "../output/read-output.js";
import { build, type LabelledOutput } from "./build.js";
import { EXIT, type CommandContext, type ExitCode } from "./command.js";
import { report } from "./report.js";
import { findTargets, type TargetRequest } from "./targets.js";

const REASON_TEXT: Readonly<Record<Reason, string>> = {
  "never-generated": "nothing was ever generated here",
  "document-changed": "the document changed",
  "configuration-changed": "the configuration changed",
  "generator-changed": "the generator changed",
  "edited-by-hand": "it was edited by hand",
  "removed-by-hand": "it was removed by hand",
  "not-recorded": "it is not in the manifest",
  unexplained: "for no known reason: the manifest was edited, or this is a bug of driftline",
};

interface Compared {
  readonly output: LabelledOutput;
  readonly differences: readonly Difference[];
  readonly diagnostics: readonly Diagnostic[];
}

/** `driftline check`: tells which generated files are not what `generate` would write, and why. Writes nothing. */
export async function checkCommand(
  request: TargetRequest,
  { terminal, pipeline }: CommandContext,
): Promise<ExitCode> {
  const targets = await findTargets(request, pipeline);
  report(terminal, targets.diagnostics);
  if (targets.value === undefined) return EXIT.brokenInput;
  const { outputs, reports } = await build(targets.value, pipeline);
  for (const { diagnostics, source } of reports) report(terminal, diagnostics, source);
  if (outputs === undefined) return EXIT.brokenInput;
  const compared = await Promise.all(outputs.map(compareWithDisk));
  const findings = compared.flatMap(({ diagnostics }) => diagnostics);
  report(terminal, findings);
  if (hasErrors(findings)) return EXIT.brokenInput;
  const differences = compared.flatMap(({ output, differences: found }) =>
    found.map((difference) => ({ output, difference })),
  );
  if (differences.length === 0) {
    terminal.out(`Up to date: ${outputs.map(({ label }) => visiblePath(label)).join(", ")}.\n`);
    return EXIT.clean;
  }
  const lines = differences.map(({ output, difference }) => describe(output, difference));
  terminal.out(
    `${lines.join("\n")}\n\n${advice(differences.map(({ difference }) => difference))}\n`,
  );
  return EXIT.outOfDate;
}

async function compareWithDisk(output: LabelledOutput): Promise<Compared> {
  const files = new Map(output.files.map(({ path, text }) => [path, text]));
  const present = await readOutput(output.folder, [...files.keys()]);
  if (present.value === undefined)
    return { output, differences: [], diagnostics: present.diagnostics };
  const differences = compareOutput({ files, manifest: output.manifest }, present.value);
  return { output, differences, diagnostics: present.diagnostics };
}

function describe(
  { folder, isOverlaid }: LabelledOutput,
  { path, kind, reasons, first }: Difference,
): string {
  const why = reasons.map((reason) => reasonText(reason, isOverlaid)).join("; ");
  const line = `${kind.padEnd(7)} ${visiblePath(displayPath(below(folder, path)))}: ${why}`;
  return first === undefined ? line : `${line}\n${excerpt(first)}`;
}

/** The manifest knows the document as it is after its overlays. */
function reasonText(reason: Reason, isOverlaid: boolean): string {
  return reason === "document-changed" && isOverlaid
    ? "the document or an overlay changed"
    : REASON_TEXT[reason];
}

function excerpt({ line, expected, actual }: FirstDifference): string {
  return [
    `        line ${line}`,
    `        is        ${lineText(actual)}`,
    `        should be ${lineText(expected)}`,
  ].join("\n");
}

function lineText(text: string | undefined): string {
  return text === undefined ? "the end of the file" : quoted(text);
}

function advice(differences: readonly Difference[]): string {
  const edited = differences.some(({ reasons }) => reasons.includes("edited-by-hand"));
  const unrecorded = differences.some(
    ({ kind, reasons }) => kind !== "missing" && reasons.includes("not-recorded"),
  );
  return [
    `${differences.length} ${differences.length === 1 ? "file is" : "files are"} out of date. Run "driftline generate".`,
    ...(edited
      ? [
          "It overwrites what was edited by hand: move such changes to the document or to your own code first.",
        ]
      : []),
    ...(unrecorded
      ? ["It does not touch files that are not in the manifest: move or delete them."]
      : []),
  ].join("\n");
}
