import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CommanderError } from "commander";
import picocolors from "picocolors";
import { addClients } from "./cli/clients.js";
import { addComparing } from "./cli/comparing.js";
import { addDocs } from "./cli/docs.js";
import { addDocuments } from "./cli/documents.js";
import { createProgram } from "./cli/program.js";
import type { Run } from "./cli/run.js";
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
import { presentJson, presentJsonBug, presentText } from "./commands/present.js";
import { usageError } from "./commands/targets.js";
import { openComparing, type ComparingCommands } from "./open-comparing.js";
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
): Promise<ExitCode> {
  const isJson = argv.includes("--json");
  const results: CommandResult[] = [];
  const finish = (result: CommandResult): void => void results.push(result);
  const context = (): CommandContext => ({
    pipeline: loadPipeline(),
    color: terminal.colorOut ?? false,
    isJson,
  });
  const run: Run = { context, finish };
  const program = createProgram(isJson ? { ...terminal, err: () => undefined } : terminal);
  addClients(program, run);
  addDocuments(program, run);
  addComparing(program, run, loadComparing);
  addDocs(program, run, loadDocs);
  try {
    await program.parseAsync(argv, { from: "user" });
    for (const result of results) {
      present(argv, result, terminal);
      await result.lasting?.((later) => {
        present(argv, later, terminal);
      });
    }
    return results[0]?.exitCode ?? EXIT.clean;
  } catch (error) {
    if (!(error instanceof CommanderError)) return tellBug(error, argv, terminal);
    if (error.exitCode === 0) return EXIT.clean;
    if (isJson) present(argv, failure([usageReport(error)]), terminal);
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

function present(argv: readonly string[], result: CommandResult, terminal: Terminal): void {
  if (argv.includes("--json")) presentJson(commandOf(argv), result, terminal);
  else presentText(result, terminal);
}

function commandOf(argv: readonly string[]): string {
  return argv.find((argument) => !argument.startsWith("-")) ?? "";
}

function usageReport({ message }: CommanderError): CommandResult["reports"][number] {
  const text = message.replace(/^error: /, "").replaceAll("\n", " ");
  return {
    diagnostics: [usageError(text, "driftline --help tells all commands and options.")],
    source: undefined,
  };
}

function standardTerminal(): Terminal {
  process.stdout.on("error", unwritable);
  // There is no place left to tell of it.
  process.stderr.on("error", () => undefined);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    color: picocolors.isColorSupported && process.stderr.isTTY,
    colorOut: picocolors.isColorSupported && process.stdout.isTTY,
  };
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
