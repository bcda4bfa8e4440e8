import { Argument, type Command } from "commander";
import type { DocsRequest } from "../commands/docs.js";
import type { DocsCommands } from "../open-docs.js";
import { allowFolder, allowOrigin, allowPrivate, limitOption, overlayOption } from "./options.js";
import type { Run } from "./run.js";

/** The command that shows reference pages. */
export function addDocs(
  program: Command,
  { context, finish }: Run,
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
    .addOption(allowPrivate())
    .addOption(limitOption())
    .option("--output <folder>", "write a static site (default: serve it on this machine)")
    .option("--port <number>", "the port to serve it on (default: any that is free)")
    .option("--open", "open it in the browser")
    .action(async (services: string[], flags: Omit<DocsRequest, "services">) => {
      finish(await docs().docsCommand({ services, ...flags }, context()));
    });
}
