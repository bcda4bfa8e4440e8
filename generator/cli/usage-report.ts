import type { Command, CommanderError } from "commander";
import { usageError } from "../commands/targets.js";
import type { Report } from "../diagnostics/located.js";
import { visible } from "../diagnostics/quoted.js";
import { closest } from "../diagnostics/suggest.js";

/** What is wrong with a command line, as a finding like any other: what it is, and what to write instead. */
export function usageReport(
  { message, code }: CommanderError,
  command: string | undefined,
): Report {
  const text = code === "commander.help" ? "no command is named" : message.replace(/^error: /, "");
  const [what = "", ...more] = text.split("\n");
  const help =
    command === undefined
      ? "driftline --help tells all commands and options."
      : `driftline ${command} --help tells all its options.`;
  const guess = guessIn(what, more);
  const hint = guess === undefined ? help : `Did you mean ${guess}? ${help}`;
  return { diagnostics: [usageError(sentence(visible(what)), hint)], source: undefined };
}

/** What commander takes it for, or else the choice that is closest. */
function guessIn(what: string, more: readonly string[]): string | undefined {
  const [, told] = /\(Did you mean (?:one of )?(.*)\?\)/.exec(more.join(" ")) ?? [];
  if (told !== undefined) return told;
  const [, given = "", choices] =
    / argument '(.*)' is invalid\. Allowed choices are (.*)\.$/s.exec(what) ?? [];
  return choices === undefined ? undefined : closest(given, choices.split(", "));
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}

/** The name of the command that a command line is about; `undefined` where it names none that there is. */
export function commandIn(argv: readonly string[], program: Command): string | undefined {
  const name = argv.find((argument) => !argument.startsWith("-"));
  return program.commands.find((command) => command.name() === name)?.name();
}
