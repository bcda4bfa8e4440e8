import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CommanderError } from "commander";
import { addClients } from "./cli/clients.js";
import { addComparing } from "./cli/comparing.js";
import { addCompletion } from "./cli/completion.js";
import { addDocs } from "./cli/docs.js";
import { addDocuments } from "./cli/documents.js";
import { addInit } from "./cli/init.js";
import { arrangeHelp } from "./cli/help.js";
import { progressLine } from "./cli/progress-line.js";
import { createProgram } from "./cli/program.js";
import type { Run } from "./cli/run.js";
import { terminalOf } from "./cli/terminal.js";
import { commandIn, usageReport } from "./cli/usage-report.js";
import { bugOf, bugText } from "./commands/bug.js";
import {
  EXIT,
  failure,
  type CommandResult,
  type ExitCode,
  type Terminal,
} from "./commands/command.js";
import { observedPipeline } from "./commands/observed-pipeline.js";
import type { Pipeline } from "./commands/pipeline-port.js";
import { presentJson, presentJsonBug, presentText, quietened } from "./commands/present.js";
import { openComparing, type ComparingCommands } from "./open-comparing.js";
import { openInit, type InitCommands } from "./open-init.js";
import { openDocs, type DocsCommands } from "./open-docs.js";
import { openPipeline } from "./open-pipeline.js";
import { optimizeAsUsual } from "./optimize-late.js";

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
  const mode = modeOf(argv);
  const isWatched = terminal.isLively === true && !mode.isJson && !mode.isQuiet;
  const line = isWatched ? progressLine(terminal) : undefined;
  const screen = line?.terminal ?? terminal;
  const results: CommandResult[] = [];
  const run: Run = {
    context: () => ({
      pipeline:
        line === undefined
          ? loadPipeline()
          : observedPipeline(loadPipeline(), line.progress, FILE_WORK[commandOf(argv)]),
      color: terminal.colorOut ?? false,
      isJson: mode.isJson,
    }),
    finish: (result) => void results.push(result),
    canAsk: terminal.canAsk === true && !mode.isJson,
    clear: () => line?.clear(),
  };
  const program = createProgram(mode.isJson ? { ...screen, err: () => undefined } : screen);
  addInit(program, run, loadInit);
  addClients(program, run);
  addDocs(program, run, loadDocs);
  addDocuments(program, run);
  addComparing(program, run, loadComparing);
  addCompletion(program, run);
  arrangeHelp(program, terminal.colorOut ?? false);
  try {
    await program.parseAsync(argv, { from: "user" });
    for (const result of results) {
      present(argv, result, mode, screen);
      if (result.lasting !== undefined) optimizeAsUsual();
      await result.lasting?.((later) => {
        present(argv, later, mode, screen);
      });
    }
    return results[0]?.exitCode ?? EXIT.clean;
  } catch (error) {
    if (!(error instanceof CommanderError)) return tellBug(error, argv, screen);
    if (error.exitCode === 0) return EXIT.clean;
    const isTold = error.code === "commander.help" && !mode.isJson;
    const report = usageReport(error, commandIn(argv, program));
    if (!isTold) present(argv, failure([report]), mode, screen);
    return EXIT.brokenInput;
  } finally {
    line?.clear();
  }
}

/** What commands do with the files of a client when all are made. */
const FILE_WORK: Readonly<Record<string, string>> = {
  generate: "writing",
  check: "comparing",
};

/** Tells of an error that nobody expected. */
function tellBug(error: unknown, argv: readonly string[], terminal: Terminal): ExitCode {
  const bug = bugOf(error, argv.includes("--debug"));
  terminal.err(bugText(bug));
  if (modeOf(argv).isJson) presentJsonBug(commandOf(argv), bug, terminal);
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

function modeOf(argv: readonly string[]): Mode {
  const end = argv.indexOf("--");
  const flags = end < 0 ? argv : argv.slice(0, end);
  return { isJson: flags.includes("--json"), isQuiet: flags.includes("--quiet") };
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
