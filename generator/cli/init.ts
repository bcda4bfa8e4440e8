import type { Command } from "commander";
import type { InitRequest } from "../commands/init.js";
import type { InitCommands } from "../open-init.js";
import type { Run } from "./run.js";

/** The command that sets a project up. */
export function addInit(
  program: Command,
  { context, finish, canAsk, clear }: Run,
  init: () => InitCommands,
): void {
  program
    .command("init")
    .description(
      "set driftline up in a project: find the OpenAPI document, write driftline.yaml, generate, show a first program",
    )
    .argument("[document]", "a file, or the URL of a published document (default: looked for)")
    .option("--yes", "ask nothing")
    .option("--output <folder>", "the folder of the client (default: src/generated, or generated)")
    .option("--service <name>", "the name of the service (default: from info.title)")
    .option("--scripts", "add scripts to package.json")
    .option("--no-scripts", "leave package.json as it is")
    .option("--program <file>", "write the first program to a file (default: print it)")
    .option("--dry-run", "write nothing, and tell what would be written")
    .option("--allow-private", "allow a URL that leads to an address that is not public")
    .action(
      async (
        document: string | undefined,
        { yes = false, ...flags }: Omit<InitRequest, "document"> & { readonly yes?: boolean },
      ) => {
        const { initCommand, terminalQuestions } = init();
        const questions = canAsk && !yes ? terminalQuestions(clear) : undefined;
        finish(await initCommand({ document, ...flags }, context(), questions));
      },
    );
}
