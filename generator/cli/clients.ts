import { Argument, type Command } from "commander";
import { checkCommand } from "../commands/check.js";
import { generateCommand, type GenerateRequest } from "../commands/generate.js";
import type { TargetRequest } from "../commands/targets.js";
import {
  allowFolder,
  allowOrigin,
  allowPrivate,
  clientOptions,
  limitOption,
  overlayOption,
} from "./options.js";
import type { Run } from "./run.js";

/** The commands that write clients, and compare them with what is there. */
export function addClients(program: Command, { context, finish }: Run): void {
  withTargetOptions(program.command("generate"), "write the clients")
    .option("--watch", "go on, and generate again when a file changes")
    .action(async (services: string[], flags: Omit<GenerateRequest, "services">) => {
      finish(await generateCommand({ services, ...flags }, context()));
    });
  withTargetOptions(
    program.command("check"),
    "tell whether what is generated is up to date, and if not, why",
  ).action(async (services: string[], flags: Omit<TargetRequest, "services">) => {
    finish(await checkCommand({ services, ...flags }, context()));
  });
}

function withTargetOptions(command: Command, description: string): Command {
  command
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
    .option("--full", "make everything again, although nothing has changed")
    .option("--allow <code...>", "accept warnings with a code");
  const options = [...clientOptions(), allowFolder(), allowOrigin(), allowPrivate(), limitOption()];
  return options.reduce((all, option) => all.addOption(option), command);
}
