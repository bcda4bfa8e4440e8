import { randomUUID } from "node:crypto";
import { appendFile } from "node:fs/promises";
import path from "node:path";
import { diagnostic } from "../diagnostics/codes.js";
import { hasErrors, outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { suggestion } from "../diagnostics/suggest.js";
import { displayPath } from "../document/read-file.js";
import type { DriftReport } from "../drift/drift-report.js";
import { REPORT_FORMATS, type ReportFormat } from "../drift/report/formats.js";
import { githubOutputs, githubSummary } from "../drift/report/github.js";
import { renderReports } from "../drift/report/render.js";
import { systemCode } from "../output/file-system.js";
import { replaceFile } from "../output/replace-file.js";
import type { CommandContext } from "./command.js";
import type { Environment } from "./loading.js";
import { usageError } from "./targets.js";

/** A report that is wanted, and where it goes. */
export interface ReportTarget {
  readonly format: ReportFormat;
  /** `undefined` for the standard output. */
  readonly file: string | undefined;
}

/** What `--report FORMAT[=FILE]` asks for; without any, text for people, and none beside `--json`. */
export function reportTargets(
  flags: readonly string[] = [],
  { isJson = false }: Pick<CommandContext, "isJson">,
): Outcome<readonly ReportTarget[]> {
  if (flags.length === 0) return outcome(isJson ? [] : [{ format: "text", file: undefined }]);
  const targets = flags.map(targetOf);
  const findings = targets.flatMap((target) => ("finding" in target ? [target.finding] : []));
  const found = targets.flatMap((target) => ("format" in target ? [target] : []));
  if (isJson && found.some(({ file }) => file === undefined))
    findings.push(
      usageError(
        "With --json, nothing else goes to the standard output.",
        "Give each --report a file, as in --report markdown=drift.md.",
      ),
    );
  return hasErrors(findings) ? { value: undefined, diagnostics: findings } : outcome(found);
}

function targetOf(flag: string): ReportTarget | { readonly finding: Diagnostic } {
  const equals = flag.indexOf("=");
  const name = equals < 0 ? flag : flag.slice(0, equals);
  const file = equals < 0 ? undefined : flag.slice(equals + 1);
  const format = REPORT_FORMATS.find((known) => known === name);
  if (format === undefined)
    return {
      finding: usageError(`There is no report ${quoted(name)}.`, suggestion(name, REPORT_FORMATS)),
    };
  if (file === "")
    return {
      finding: usageError(
        `--report ${quoted(flag)} names no file.`,
        `Write --report ${format}=FILE, or --report ${format} for the standard output.`,
      ),
    };
  return { format, file };
}

/** What reports gave: what goes to standard output, and what could not be written. */
export interface Delivered {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Writes the reports to where they are wanted. One that cannot be written does not keep the others from it. */
export async function deliverReports(
  reports: readonly DriftReport[],
  targets: readonly ReportTarget[],
  { color = false, all = false }: { readonly color?: boolean; readonly all?: boolean },
  environment: Environment,
): Promise<Delivered> {
  const texts: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { format, file } of targets) {
    const options = { all, color: color && file === undefined };
    const text = renderReports(reports, format, options);
    if (file === undefined) texts.push(text);
    else diagnostics.push(...(await written(file, () => replaceFile(path.resolve(file), text))));
  }
  if (targets.some(({ format }) => format === "github"))
    diagnostics.push(...(await tellGitHub(reports, environment)));
  return { text: texts.join(""), diagnostics };
}

/** Adds to the files that a step of GitHub Actions has for its summary and its outputs. */
async function tellGitHub(
  reports: readonly DriftReport[],
  environment: Environment,
): Promise<readonly Diagnostic[]> {
  const texts = [
    [environment["GITHUB_STEP_SUMMARY"], () => githubSummary(reports)],
    [environment["GITHUB_OUTPUT"], () => githubOutputs(reports, randomUUID)],
  ] as const;
  const diagnostics: Diagnostic[] = [];
  for (const [file = "", text] of texts)
    if (file !== "") diagnostics.push(...(await written(file, () => appendFile(file, text()))));
  return diagnostics;
}

/** Does something to a file; what the system refuses becomes a finding. */
export async function written(
  file: string,
  write: () => Promise<void>,
): Promise<readonly Diagnostic[]> {
  try {
    await write();
    return [];
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    return [
      diagnostic("write-failed", {
        message: `The file cannot be written: ${code}.`,
        hint:
          code === "ENOSPC"
            ? "Free some space on the disk and run again."
            : "Check the folder and its permissions, and run again.",
        place: { path: displayPath(path.resolve(file)) },
      }),
    ];
  }
}
