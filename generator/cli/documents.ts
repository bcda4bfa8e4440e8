import { Argument, Option, type Command } from "commander";
import { bundleCommand } from "../commands/bundle.js";
import { doctorCommand, type DoctorRequest } from "../commands/doctor.js";
import { explainCommand } from "../commands/explain.js";
import { inspectCommand } from "../commands/inspect.js";
import { STAGES, type Stage } from "../commands/pipeline-port.js";
import { allowFolder, allowOrigin, allowPrivate, limitOption, overlayOption } from "./options.js";
import type { Run } from "./run.js";

/** The commands that look at documents. */
export function addDocuments(program: Command, { context, finish }: Run): void {
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
    .addOption(allowPrivate())
    .addOption(limitOption())
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
    .addOption(allowPrivate())
    .addOption(limitOption())
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
    .addOption(allowPrivate())
    .addOption(limitOption())
    .option("--write <file>", "where to write the overlay (default: to the standard output)")
    .option("--force", "with --write: overwrite a file that doctor did not write")
    .action(async (services: string[], flags: Omit<DoctorRequest, "services">) => {
      finish(await doctorCommand({ services, ...flags }, context()));
    });
}

interface DocumentFlags {
  readonly config?: string;
  readonly input?: string;
  readonly overlay?: readonly string[];
  readonly name?: string;
  readonly allowFolder?: readonly string[];
  readonly allowOrigin?: readonly string[];
  readonly allowPrivate?: boolean;
  readonly limit?: readonly string[];
}
