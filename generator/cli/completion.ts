import { Argument, type Command } from "commander";
import { BRIDGES } from "../bridges/bridge-names.js";
import { loadConfiguration } from "../config/load.js";
import { EXIT } from "../commands/command.js";
import { CONFIGURATION_FILE } from "../commands/targets.js";
import { DIAGNOSTIC_CODES } from "../diagnostics/codes.js";
import { REPORT_FORMATS } from "../drift/report/formats.js";
import { complete, type CompletionSources, type Completions } from "./complete.js";
import { COMPLETION_SCRIPTS, SHELLS, type Shell } from "./completion-scripts.js";
import type { Run } from "./run.js";

/** The commands that make shells complete command lines. */
export function addCompletion(program: Command, { finish }: Run): void {
  program
    .command("completion")
    .description("print a script that makes a shell complete commands, options, services and codes")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .action((shell: Shell) => {
      const script = COMPLETION_SCRIPTS[shell];
      const results = { shell, script };
      finish({ exitCode: EXIT.clean, reports: [], text: script, isData: true, results });
    });
  program
    .command("complete", { hidden: true })
    .description("what the scripts of completion ask")
    .argument("[words...]", "the command line so far, without the name of the program")
    .action(async (words: readonly string[]) => {
      const found = await complete(program, words.length === 0 ? [""] : words, SOURCES);
      finish({
        exitCode: EXIT.clean,
        reports: [],
        text: lines(found),
        isData: true,
        results: found,
      });
    });
}

const SOURCES: CompletionSources = {
  services: async (config = CONFIGURATION_FILE) =>
    (await loadConfiguration(config)).value?.services.map(({ service }) => service) ?? [],
  codes: Object.entries(DIAGNOSTIC_CODES).map(([value, { meaning }]) => ({
    value,
    description: meaning,
  })),
  reportFormats: REPORT_FORMATS,
  bridges: BRIDGES,
};

function lines({ candidates, paths }: Completions): string {
  const found = candidates.map(({ value, description }) => `${value}\t${description}`);
  return [...found, ...(paths === "none" ? [] : [`:${paths}`])].map((line) => `${line}\n`).join("");
}
