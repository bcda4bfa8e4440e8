import { Argument, Option, type Command } from "commander";
import { FAIL_ON, VERDICTS } from "../commands/comparing-flags.js";
import type { DiffRequest } from "../commands/diff.js";
import type { DriftRequest } from "../commands/drift.js";
import type { PullRequest } from "../commands/pull.js";
import { REPORT_FORMATS } from "../drift/report/formats.js";
import type { ComparingCommands } from "../open-comparing.js";
import { repeated } from "./options.js";
import type { Run } from "./run.js";

/** The commands that compare two documents. */
export function addComparing(
  program: Command,
  { context, finish }: Run,
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
    .addOption(repeated("--limit <limit=number>", "a limit, such as files=2000"))
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
