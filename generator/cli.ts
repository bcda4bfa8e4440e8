import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Argument, Command, CommanderError, Option } from "commander";
import picocolors from "picocolors";
import { bundleCommand } from "./commands/bundle.js";
import { checkCommand } from "./commands/check.js";
import { EXIT, type CommandContext, type ExitCode, type Terminal } from "./commands/command.js";
import { doctorCommand } from "./commands/doctor.js";
import { generateCommand } from "./commands/generate.js";
import { inspectCommand } from "./commands/inspect.js";
import { openPipeline } from "./open-pipeline.js";
import { STAGES, type Pipeline, type Stage } from "./commands/pipeline-port.js";
import { VERSION } from "./output/generator-identity.js";

const EXAMPLES = `
Examples:
  $ driftline generate                     every service of driftline.yaml
  $ driftline generate mastodon            one service
  $ driftline generate --input api.yaml --output src/api --name Example
  $ driftline check                        is what is generated up to date?
  $ driftline bundle peertube              the document of a service in one piece
  $ driftline doctor --input api.yaml --write repairs.overlay.yaml
  $ driftline inspect mastodon "GET /api/v1/accounts/{id}" --stage resolve

Exit codes: 0 clean, 1 out of date or something found by doctor, 2 broken input or usage, 70 a bug of driftline.`;

interface SharedFlags {
  readonly config?: string;
  readonly input?: string;
  readonly overlay?: readonly string[];
  readonly output?: string;
  readonly name?: string;
  readonly allowFolder?: string[];
  readonly allowOrigin?: string[];
}

interface DoctorFlags {
  readonly write?: string;
  readonly force?: boolean;
}

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
): Promise<ExitCode> {
  const context = (): CommandContext => ({ terminal, pipeline: loadPipeline() });
  let exitCode: ExitCode = EXIT.clean;
  const program = createProgram(terminal, context, (code) => (exitCode = code));
  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? EXIT.clean : EXIT.brokenInput;
    terminal.err(bugText(error, argv.includes("--debug")));
    return EXIT.bug;
  }
}

function createProgram(
  terminal: Terminal,
  context: () => CommandContext,
  finish: (code: ExitCode) => void,
): Command {
  const program = new Command("driftline")
    .description("Typed fetch clients from OpenAPI documents.")
    .version(VERSION)
    .option("--debug", "show the stack of an unexpected error")
    .addHelpText("after", EXAMPLES)
    .showHelpAfterError("Run driftline --help for all commands and options.")
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  withTargetOptions(program.command("generate"), "write the clients").action(
    async (services: string[], flags: SharedFlags) => {
      finish(await generateCommand({ services, ...flags }, context()));
    },
  );
  withTargetOptions(
    program.command("check"),
    "tell whether what is generated is up to date, and if not, why",
  ).action(async (services: string[], flags: SharedFlags) => {
    finish(await checkCommand({ services, ...flags }, context()));
  });
  program
    .command("inspect")
    .description(
      'show what a stage makes of one operation: its operationId, its method, or like "GET /path"',
    )
    .argument("<names...>", "service and operation; with --input only the operation")
    .addOption(new Option("--stage <stage>", "the stage to show").choices(STAGES).default("model"))
    .option("--config <file>", "the configuration (default: driftline.yaml)")
    .option("--input <file>", "an OpenAPI document, in place of a service of the configuration")
    .addOption(overlayOption())
    .option("--name <name>", "with --input: name of the client class")
    .addOption(allowFolder())
    .addOption(allowOrigin())
    .action(async (names: string[], flags: SharedFlags & { readonly stage: Stage }) => {
      finish(await inspectCommand({ names, ...flags }, context()));
    });
  program
    .command("bundle")
    .description("print a document with all files that it refers to as one YAML document")
    .addArgument(new Argument("[service...]", "a service of the configuration"))
    .option("--config <file>", "the configuration (default: driftline.yaml)")
    .option("--input <file>", "an OpenAPI document, in place of a service of the configuration")
    .addOption(overlayOption())
    .addOption(allowFolder())
    .addOption(allowOrigin())
    .action(async (services: string[], flags: SharedFlags) => {
      finish(await bundleCommand({ services, ...flags }, terminal));
    });
  program
    .command("doctor")
    .description(
      "tell what is wrong with documents, and offer an overlay that repairs what can be repaired",
    )
    .addArgument(new Argument("[services...]", "services of the configuration (default: all)"))
    .option("--config <file>", "the configuration (default: driftline.yaml)")
    .option("--input <file>", "an OpenAPI document, in place of the configuration")
    .addOption(overlayOption())
    .addOption(allowFolder())
    .addOption(allowOrigin())
    .option("--write <file>", "where to write the overlay (default: to the standard output)")
    .option("--force", "with --write: overwrite a file that doctor did not write")
    .action(async (services: string[], flags: SharedFlags & DoctorFlags) => {
      finish(await doctorCommand({ services, ...flags }, context()));
    });
  return program;
}

function withTargetOptions(command: Command, description: string): Command {
  return command
    .description(description)
    .addArgument(new Argument("[services...]", "services of the configuration (default: all)"))
    .option("--config <file>", "the configuration (default: driftline.yaml)")
    .option("--input <file>", "an OpenAPI document, in place of the configuration")
    .addOption(overlayOption())
    .option("--output <folder>", "with --input: the folder to write, runtime included")
    .option("--name <name>", "with --input: name of the client class (default: from info.title)")
    .addOption(allowFolder())
    .addOption(allowOrigin());
}

function allowFolder(): Option {
  return repeated(
    "--allow-folder <folder>",
    "with --input: a folder that references may read, too",
  );
}

function allowOrigin(): Option {
  return repeated(
    "--allow-origin <url>",
    "with --input: an origin from which references may fetch files",
  );
}

/** An option that can be given several times. */
function repeated(flags: string, description: string): Option {
  return new Option(flags, `${description} (repeatable)`).argParser(
    (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
  );
}

function overlayOption(): Option {
  return repeated("--overlay <file>", "an overlay to apply to the document");
}

function bugText(error: unknown, withStack: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = withStack && error instanceof Error ? `${error.stack ?? ""}\n` : "";
  return [
    `driftline failed unexpectedly: ${JSON.stringify(message)}`,
    "This is a bug of driftline. Please report it with the command and, if you may, the document;",
    `run again with --debug to see where it happened.\n${stack}`,
  ].join("\n");
}

function standardTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    color: picocolors.isColorSupported && process.stderr.isTTY,
  };
}

/** `driftline check | head` closes the pipe early, which is no failure. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** Runs driftline with the arguments and the terminal of this process, and sets its exit code. */
export async function runProgram(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), standardTerminal());
}

function isProgram(): boolean {
  const [, started] = process.argv;
  return started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url);
}

if (isProgram()) void runProgram();
