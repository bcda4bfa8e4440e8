import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Argument, Command, CommanderError, Option } from "commander";
import picocolors from "picocolors";
import { bugOf, bugText } from "./commands/bug.js";
import { bundleCommand } from "./commands/bundle.js";
import { checkCommand } from "./commands/check.js";
import {
  EXIT,
  failure,
  type CommandContext,
  type CommandResult,
  type ExitCode,
  type Terminal,
} from "./commands/command.js";
import { FAIL_ON, VERDICTS } from "./commands/comparing-flags.js";
import type { DiffRequest } from "./commands/diff.js";
import type { DocsRequest } from "./commands/docs.js";
import { doctorCommand, type DoctorRequest } from "./commands/doctor.js";
import type { DriftRequest } from "./commands/drift.js";
import { explainCommand } from "./commands/explain.js";
import { generateCommand } from "./commands/generate.js";
import { inspectCommand } from "./commands/inspect.js";
import { STAGES, type Pipeline, type Stage } from "./commands/pipeline-port.js";
import type { PullRequest } from "./commands/pull.js";
import { presentJson, presentJsonBug, presentText } from "./commands/present.js";
import { usageError, type TargetRequest } from "./commands/targets.js";
import { REPORT_FORMATS } from "./drift/report/formats.js";
import { openComparing, type ComparingCommands } from "./open-comparing.js";
import { openDocs, type DocsCommands } from "./open-docs.js";
import { openPipeline } from "./open-pipeline.js";
import { VERSION } from "./output/generator-identity.js";

const EXAMPLES = `
Examples:
  $ driftline generate                     every service of driftline.yaml
  $ driftline generate mastodon            one service
  $ driftline generate --input api.yaml --output src/api --name Example
  $ driftline generate --strict            write nothing if there is any warning
  $ driftline check                        is what is generated up to date?
  $ driftline bundle peertube              the document of a service in one piece
  $ driftline doctor --input api.yaml --write repairs.overlay.yaml
  $ driftline docs --open                  read and search the reference pages
  $ driftline inspect mastodon "GET /api/v1/accounts/{id}" --stage resolve
  $ driftline explain unsafe-integer       what a finding means and what to do about it
  $ driftline diff old.yaml new.yaml       what changed, and whom it breaks
  $ driftline diff git:main:api.yaml api.yaml --report markdown=drift.md
  $ driftline drift                        do the published documents still say the same?
  $ driftline pull mastodon                take the published document over

Exit codes:
   0  clean: nothing at the level that was asked for
   1  out of date (check), something found (doctor), drift (diff, drift)
   2  broken input or usage
   3  something could not be fetched, so that nobody knows; never together with 1 or 2
  70  a bug of driftline`;

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
  const program = createProgram(
    isJson ? { ...terminal, err: () => undefined } : terminal,
    context,
    finish,
  );
  addComparing(program, context, finish, loadComparing);
  addDocs(program, context, finish, loadDocs);
  try {
    await program.parseAsync(argv, { from: "user" });
    for (const result of results) {
      present(argv, result, terminal);
      await result.lasting?.();
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

function createProgram(
  terminal: Terminal,
  context: () => CommandContext,
  finish: (result: CommandResult) => void,
): Command {
  const program = new Command("driftline")
    .description("Typed fetch clients from OpenAPI documents.")
    .version(VERSION)
    .option("--json", "print one JSON document with everything that was found and done")
    .option("--debug", "show the stack of an unexpected error")
    .configureHelp({ showGlobalOptions: true })
    .addHelpText("after", EXAMPLES)
    .showHelpAfterError("Run driftline --help for all commands and options.")
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  withTargetOptions(program.command("generate"), "write the clients").action(
    async (services: string[], flags: Omit<TargetRequest, "services">) => {
      finish(await generateCommand({ services, ...flags }, context()));
    },
  );
  withTargetOptions(
    program.command("check"),
    "tell whether what is generated is up to date, and if not, why",
  ).action(async (services: string[], flags: Omit<TargetRequest, "services">) => {
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
    .action(async (names: string[], flags: DocumentFlags & { readonly stage: Stage }) => {
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
    .action(async (services: string[], flags: DocumentFlags) => {
      finish(await bundleCommand({ services, ...flags }));
    });
  program
    .command("explain")
    .description("tell what a finding means, why it matters, and how to mend it")
    .argument("[code]", "the code of a finding, such as unsafe-integer (default: list all)")
    .action(async (code: string | undefined) => {
      finish(await explainCommand(code));
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
    .action(async (services: string[], flags: Omit<DoctorRequest, "services">) => {
      finish(await doctorCommand({ services, ...flags }, context()));
    });
  return program;
}

/** The commands that compare two documents. */
function addComparing(
  program: Command,
  context: () => CommandContext,
  finish: (result: CommandResult) => void,
  comparing: () => ComparingCommands,
): void {
  const diff = program
    .command("diff")
    .description("tell what changed between two documents, on the wire and in the client's code")
    .argument("<old>", "a file, a URL, or git:REF:PATH")
    .argument("<new>", "the same")
    .option("--service <name>", "read both as the document of a service of the configuration")
    .option("--config <file>", "with --service: the configuration (default: driftline.yaml)")
    .option("--accept <file>", "differences that are known, with reasons")
    .option("--client <folder>", "with --usages: the client that your code imports");
  withComparingOptions(diff)
    .option(
      "--check-version [versions...]",
      "tell whether the client's version rises enough, from OLD to NEW (default: those of the documents)",
    )
    .addOption(repeated("--overlay <file>", "an overlay to apply to both documents"))
    .option("--name <name>", "name of the client class (default: from info.title)")
    .option("--include <what...>", "take only tag:NAME, path:PATTERN, operation:ID")
    .option("--exclude <what...>", "leave out the same, or deprecated")
    .option("--prune", "leave out schemas that no operation uses")
    .addOption(repeated("--allow-folder <folder>", "a folder that references may read, too"))
    .addOption(repeated("--allow-origin <url>", "an origin from which references may fetch files"))
    .action(async (old: string, current: string, flags: Omit<DiffRequest, "old" | "new">) => {
      finish(await comparing().diffCommand({ old, new: current, ...flags }, context()));
    });
  withComparingOptions(
    withPublishedOptions(
      program.command("drift"),
      "tell whether published documents still say what the pinned ones do",
    ).option("--server <url>", "ask an installed server in place of the published document"),
  ).action(async (services: string[], flags: Omit<DriftRequest, "services">) => {
    finish(await comparing().driftCommand({ services, ...flags }, context()));
  });
  withReportOptions(
    withPublishedOptions(
      program.command("pull"),
      "take published documents over in place of the pinned ones, and tell what changed",
    ).option("--force", "overwrite a document that was edited since it was pulled"),
  ).action(async (services: string[], flags: Omit<PullRequest, "services">) => {
    finish(await comparing().pullCommand({ services, ...flags }, context()));
  });
}

/** The command that shows reference pages. */
function addDocs(
  program: Command,
  context: () => CommandContext,
  finish: (result: CommandResult) => void,
  docs: () => DocsCommands,
): void {
  program
    .command("docs")
    .description("show the reference pages in a browser, where they can be searched")
    .addArgument(new Argument("[services...]", "services of the configuration (default: all)"))
    .option("--config <file>", "the configuration (default: driftline.yaml)")
    .option("--input <file>", "an OpenAPI document, in place of the configuration")
    .addOption(overlayOption())
    .option("--name <name>", "with --input: name of the client class (default: from info.title)")
    .option("--include <what...>", "with --input: take only tag:NAME, path:PATTERN, operation:ID")
    .option("--exclude <what...>", "with --input: leave out the same, or deprecated")
    .option("--prune", "with --input: leave out schemas that no operation uses")
    .addOption(allowFolder())
    .addOption(allowOrigin())
    .option("--output <folder>", "write a static site (default: serve it on this machine)")
    .option("--port <number>", "the port to serve it on (default: any that is free)")
    .option("--open", "open it in the browser")
    .action(async (services: string[], flags: Omit<DocsRequest, "services">) => {
      finish(await docs().docsCommand({ services, ...flags }, context()));
    });
}

function withPublishedOptions(command: Command, description: string): Command {
  return command
    .description(description)
    .addArgument(
      new Argument("[services...]", "services of the configuration (default: all with upstream)"),
    )
    .option("--config <file>", "the configuration (default: driftline.yaml)")
    .option("--document <location>", "a document in place of the published one");
}

function withComparingOptions(command: Command): Command {
  return withReportOptions(command)
    .addOption(
      new Option("--fail-on <level>", "the least level that fails the run")
        .choices(FAIL_ON)
        .default("breaking"),
    )
    .option("--because <reason>", "accept what fails from now on: add it to the acceptance file")
    .option("--author <name>", "with --because: who accepts it")
    .option("--expires <day>", "with --because: up to which day, as in 2027-01-31");
}

function withReportOptions(command: Command): Command {
  return command
    .addOption(
      repeated(
        "--report <format[=file]>",
        `how to tell it: ${REPORT_FORMATS.join(", ")} (default: text)`,
      ),
    )
    .addOption(
      new Option("--verdict <which>", "what counts: calls that fail, code that does not compile")
        .choices(VERDICTS)
        .default("both"),
    )
    .addOption(
      repeated("--usages <glob>", "list the places of your code that each finding touches"),
    )
    .option("--docs", "list texts and examples that changed, too, which are never drift")
    .option("--all", "list everything in text reports, however much it is")
    .option("--offline", "fetch nothing: take what an earlier run fetched")
    .option("--allow-private", "allow URLs that lead to an address that is not public");
}

interface DocumentFlags {
  readonly config?: string;
  readonly input?: string;
  readonly overlay?: readonly string[];
  readonly name?: string;
  readonly allowFolder?: readonly string[];
  readonly allowOrigin?: readonly string[];
}

function withTargetOptions(command: Command, description: string): Command {
  return command
    .description(description)
    .addArgument(new Argument("[services...]", "services of the configuration (default: all)"))
    .option("--config <file>", "the configuration (default: driftline.yaml)")
    .option("--strict", "make errors of warnings, so that nothing is written if there is any")
    .option("--input <file>", "an OpenAPI document, in place of the configuration")
    .addOption(overlayOption())
    .option("--output <folder>", "with --input: the folder to write, runtime included")
    .option("--name <name>", "with --input: name of the client class (default: from info.title)")
    .option("--include <what...>", "with --input: take only tag:NAME, path:PATTERN, operation:ID")
    .option("--exclude <what...>", "with --input: leave out the same, or deprecated")
    .option("--prune", "with --input: leave out schemas that no operation uses")
    .option("--docs", "with --input: reference pages, too")
    .option("--allow <code...>", "with --input: accept warnings with a code")
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
