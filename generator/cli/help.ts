import type { Command, Option } from "commander";
import picocolors from "picocolors";
import {
  COMMAND_HELP,
  COMMON_EXIT_CODES,
  GROUPED_COMMANDS,
  OPTION_GROUPS,
  PROGRAM_EXAMPLES,
  PROGRAM_EXIT_CODES,
  PROGRAM_NOTES,
  SINGLE_DOCUMENT,
  type CommandHelp,
} from "./help-texts.js";

/** How descriptions of options begin that count with `--input` only. */
const WITH_INPUT = "with --input: ";

/** Gives a program, when it has all its commands, the help that people read: groups, examples, exit codes. */
export function arrangeHelp(program: Command, hasColor: boolean): void {
  const colors = picocolors.createColors(hasColor);
  const style = {
    minWidthToWrap: 20,
    styleTitle: colors.bold,
    styleOptionText: colors.cyan,
    styleCommandText: colors.cyan,
    styleSubcommandText: colors.cyan,
    styleArgumentText: colors.cyan,
  };
  program.configureHelp({ ...style, subcommandTerm: (command) => command.name() });
  program.addHelpText("after", programFooter(colors.bold));
  for (const command of program.commands) {
    const help = Object.hasOwn(COMMAND_HELP, command.name())
      ? COMMAND_HELP[command.name()]
      : undefined;
    if (help !== undefined) arrangeCommand(command, help, colors.bold);
    command.configureHelp({ ...style, showGlobalOptions: true, optionDescription });
  }
}

type Title = (text: string) => string;

function arrangeCommand(command: Command, help: CommandHelp, title: Title): void {
  command.helpGroup(help.group).summary(help.summary);
  for (const option of command.options) groupOption(option, command.name());
  const footer = `${examplesText(help.examples, title)}${exitCodesText(help.exitCodes, title)}`;
  command.addHelpText("after", footer.trimEnd());
}

function groupOption(option: Option, command: string): void {
  if (option.long === "--input" || option.description.startsWith(WITH_INPUT)) {
    option.helpGroup(SINGLE_DOCUMENT);
    return;
  }
  if (!GROUPED_COMMANDS.includes(command)) return;
  const group = Object.entries(OPTION_GROUPS).find(([, options]) =>
    options.includes(option.long ?? ""),
  );
  if (group !== undefined) option.helpGroup(group[0]);
}

/** The heading says already what an option counts with; choices and defaults are told in one way. */
function optionDescription({ description, argChoices, defaultValue }: Option): string {
  const text = description.startsWith(WITH_INPUT)
    ? description.slice(WITH_INPUT.length)
    : description;
  const choices = argChoices === undefined ? [] : [`one of ${argChoices.join(", ")}`];
  const byDefault = typeof defaultValue === "string" ? [`default: ${defaultValue}`] : [];
  const more = [...choices, ...byDefault].join("; ");
  if (more === "") return text;
  // Where the description says the default itself, all of it stands in the same brackets.
  return /\(default: [^()]*\)$/.test(text)
    ? text.replace(/(?=\(default: )\(/, `(${more}; `)
    : `${text} (${more})`;
}

function examplesText(examples: CommandHelp["examples"], title: Title): string {
  const widest = Math.max(...examples.map(([line, purpose]) => (purpose ? line.length : 0)));
  const lines = examples.map(
    ([line, purpose]) =>
      `  $ driftline ${purpose === undefined ? line : `${line.padEnd(widest)}  ${purpose}`}`,
  );
  return `\n${title("Examples:")}\n${lines.join("\n")}\n`;
}

function exitCodesText(own: CommandHelp["exitCodes"], title: Title): string {
  const codes = [...COMMON_EXIT_CODES, ...own].sort(([left], [right]) => left - right);
  const lines = codes.map(([code, meaning]) => `  ${String(code).padStart(2)}  ${meaning}`);
  return `\n${title("Exit codes:")}\n${lines.join("\n")}\n`;
}

function programFooter(title: Title): string {
  return [
    examplesText(PROGRAM_EXAMPLES, title),
    exitCodesText(PROGRAM_EXIT_CODES, title),
    `\n${PROGRAM_NOTES}`,
  ].join("");
}
