import { jsonReport } from "../diagnostics/json-report.js";
import { printReports } from "../diagnostics/print.js";
import { visible } from "../diagnostics/quoted.js";
import type { Report } from "../diagnostics/located.js";
import { EXIT, type CommandResult, type Terminal } from "./command.js";

/** The version of the shape of `--json`: it changes when something is taken away or means something else. */
const JSON_VERSION = 1;

/** What `--quiet` leaves: errors, what the command is run for, and what tells why a run failed. */
export function quietened(result: CommandResult): CommandResult {
  const isWanted = result.isData === true || result.exitCode !== EXIT.clean;
  return {
    ...result,
    reports: result.reports.map(onlyErrors),
    text: isWanted ? result.text : "",
    note: "",
  };
}

function onlyErrors({ title, diagnostics, source }: Report): Report {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return { ...(title === undefined ? {} : { title }), diagnostics: errors, source };
}

/** Prints what a command has to tell for people: what it gives to standard output, what it found to standard error. */
export function presentText({ reports, text, note = "" }: CommandResult, terminal: Terminal): void {
  const findings = printReports(reports, { color: terminal.color });
  // What is wrong with a command line tells all that there is to tell.
  const codes = new Set(reports.flatMap(({ diagnostics }) => diagnostics).map(({ code }) => code));
  const more = codes.size === 1 && codes.has("wrong-usage") ? "" : EXPLAIN;
  if (findings !== "") terminal.err(`${findings}${more}`);
  if (note !== "") terminal.err(findings === "" ? note : `\n${note}`);
  if (text !== "") terminal.out(text);
}

const EXPLAIN = '"driftline explain CODE" tells more about each kind.\n';

/** Prints the same as one JSON document to standard output, and nothing else. */
export function presentJson(command: string, result: CommandResult, terminal: Terminal): void {
  const { exitCode, reports, results } = result;
  const report = {
    version: JSON_VERSION,
    command,
    exitCode,
    ...jsonReport(reports),
    ...(results === undefined ? {} : { results }),
  };
  terminal.out(jsonText(report));
}

/** The report of a run that ended in a bug. */
export function presentJsonBug(
  command: string,
  bug: { readonly message: string; readonly stack?: string },
  terminal: Terminal,
): void {
  const summary = { errors: 0, strict: 0, warnings: 0, allowed: 0 };
  terminal.out(
    jsonText({ version: JSON_VERSION, command, exitCode: 70, diagnostics: [], summary, bug }),
  );
}

/** JSON in which nothing is hidden: characters that a terminal would obey are escaped, which means the same. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, plain, 2);
  return `${text.split("\n").map(visible).join("\n")}\n`;
}

/** Maps become objects, and sets arrays. */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  return value instanceof Set ? [...value] : value;
}
