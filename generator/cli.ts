import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CommanderError } from "commander";
import { addClients } from "./cli/clients.js";
import { addComparing } from "./cli/comparing.js";
import { addDocs } from "./cli/docs.js";
import { addDocuments } from "./cli/documents.js";
import { addInit } from "./cli/init.js";
import { arrangeHelp } from "./cli/help.js";
import { createProgram } from "./cli/program.js";
import type { Run } from "./cli/run.js";
import { terminalOf } from "./cli/terminal.js";
import { commandIn, usageReport } from "./cli/usage-report.js";
import { bugOf, bugText } from "./commands/bug.js";
import {
  EXIT,
  failure,
  type CommandContext,
  type CommandResult,
  type ExitCode,
  type Terminal,
} from "./commands/command.js";
import type { Pipeline } from "./commands/pipeline-port.js";
import { presentJson, presentJsonBug, presentText, quietened } from "./commands/present.js";
import { openComparing, type ComparingCommands } from "./open-comparing.js";
import { openInit, type InitCommands } from "./open-init.js";
import { openDocs, type DocsCommands } from "./open-docs.js";
import { openPipeline } from "./open-pipeline.js";

/**
 * Runs driftline.
 *
 * @param argv the arguments after the name of the program
 * @returns the exit code
 */
export async function main(
  argv: readonly string[],
  terminal: Terminal,
  loadPipeline: () => Pipeline = openPipeline,
  loadComparing: () => ComparingCommands = openComparing,
  loadDocs: () => DocsCommands = openDocs,
  loadInit: () => InitCommands = openInit,
): Promise<ExitCode> {
  const mode = { isJson: argv.includes("--json"), isQuiet: argv.includes("--quiet") };
  const results: CommandResult[] = [];
  const finish = (result: CommandResult): void => void results.push(result);
  const context = (): CommandContext => ({
    pipeline: loadPipeline(),
    color: terminal.colorOut ?? false,
    isJson: mode.isJson,
  });
  const canAsk = terminal.canAsk === true && !mode.isJson;
  const run: Run = { context, finish, canAsk };
  const program = createProgram(mode.isJson ? { ...terminal, err: () => undefined } : terminal);
  addInit(program, run, loadInit);
  addClients(program, run);
  addDocs(program, run, loadDocs);
  addDocuments(program, run);
  addComparing(program, run, loadComparing);
  arrangeHelp(program, terminal.colorOut ?? false);
  try {
    await program.parseAsync(argv, { from: "user" });
    for (const result of results) {
      present(argv, result, mode, terminal);
      await result.lasting?.((later) => {
        present(argv, later, mode, terminal);
      });
    }
    return results[0]?.exitCode ?? EXIT.clean;
  } catch (error) {
    if (!(error instanceof CommanderError)) return tellBug(error, argv, terminal);
    if (error.exitCode === 0) return EXIT.clean;
    const isTold = error.code === "commander.help" && !mode.isJson;
    const report = usageReport(error, commandIn(argv, program));
    if (!isTold) present(argv, failure([report]), mode, terminal);
    return EXIT.brokenInput;
  }
}

/** Tells of an error that nobody expected. */
function tellBug(error: unknown, argv: readonly string[], terminal: Terminal): ExitCode {
  const bug = bugOf(error, argv.includes("--debug"));
  terminal.err(bugText(bug));
  if (argv.includes("--json")) presentJsonBug(commandOf(argv), bug, terminal);
  return EXIT.bug;
}

function present(
  argv: readonly string[],
  result: CommandResult,
  { isJson, isQuiet }: Mode,
  terminal: Terminal,
): void {
  if (isJson) presentJson(commandOf(argv), result, terminal);
  else presentText(isQuiet ? quietened(result) : result, terminal);
}

/** How much a run tells, and to whom. */
interface Mode {
  readonly isJson: boolean;
  readonly isQuiet: boolean;
}

function commandOf(argv: readonly string[]): string {
  return argv.find((argument) => !argument.startsWith("-")) ?? "";
}

function standardTerminal(): Terminal {
  process.stdout.on("error", unwritable);
  // There is no place left to tell of it.
  process.stderr.on("error", () => undefined);
  return terminalOf(process, process.env);
}

/** `driftline check | head` closes the pipe early, which is no failure; a full disk is one. */
function unwritable({ code = "unknown error" }: NodeJS.ErrnoException): void {
  if (code === "EPIPE") return;
  process.stderr.write(`Standard output cannot be written: ${code}.\n`);
  process.exitCode = EXIT.brokenInput;
}

/** Runs driftline with the arguments and the terminal of this process, and sets its exit code. */
export async function runProgram(): Promise<void> {
  const argv = process.argv.slice(2);
  const terminal = standardTerminal();
  // What nobody waits for fails here; Node.js makes such rejections exceptions.
  process.on("uncaughtException", (error) => {
    process.exit(tellBug(error, argv, terminal));
  });
  process.exitCode = await main(argv, terminal);
}

function isProgram(): boolean {
  const [, started] = process.argv;
  return started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url);
}

if (isProgram()) void runProgram();
