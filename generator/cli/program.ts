import { Command } from "commander";
import type { Terminal } from "../commands/command.js";
import { VERSION } from "../output/generator-identity.js";

/** The program without its commands: what all of them have in common. */
export function createProgram({ out, err, colorOut = false, columns }: Terminal): Command {
  const program = new Command("driftline")
    .description("Typed fetch clients from OpenAPI documents.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpCommand(
      new Command("help")
        .argument("[command]")
        .helpGroup("About driftline:")
        .summary("print the help of a command"),
    )
    .option("--json", "print one JSON document with everything that was found and done")
    .option("--debug", "show the stack of an unexpected error")
    .option("--quiet", "print nothing but errors, and what was asked for")
    .exitOverride()
    .configureOutput({
      writeOut: out,
      writeErr: err,
      // What is wrong with the command line is told as any other finding is: see `usage-report.ts`.
      outputError: () => undefined,
      getOutHelpWidth: () => widthOf(columns),
      getErrHelpWidth: () => widthOf(columns),
      // Help has colours or none from the start.
      getOutHasColors: () => colorOut,
      getErrHasColors: () => colorOut,
    });
  return program;
}

/** Long lines are hard to read, very short ones leave no place for descriptions, and a pipe has no width. */
function widthOf(columns = 80): number {
  return Math.min(Math.max(columns, 60), 100);
}
