import type { Argument, Command, Option } from "commander";

/** What can stand where a command line is not finished. */
export interface Completions {
  readonly candidates: readonly Candidate[];
  /** What the shell has to add, which knows the files. */
  readonly paths: "files" | "folders" | "none";
}

export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** What the program itself does not know. */
export interface CompletionSources {
  /** The names of the services. @param config the configuration, where the command line names one */
  readonly services: (config: string | undefined) => Promise<readonly string[]>;
  readonly codes: readonly Candidate[];
  readonly reportFormats: readonly string[];
  readonly bridges: readonly string[];
}

/**
 * What can come next on a command line. All that the program knows of its commands, options and choices is read off
 * it, so that there is nothing to keep up to date.
 *
 * @param words what follows the name of the program; the last one is the one that is not finished, and may be empty
 */
export async function complete(
  program: Command,
  words: readonly string[],
  sources: CompletionSources,
): Promise<Completions> {
  const current = words.at(-1)?.trim() ?? "";
  const place = placeAfter(program, words.slice(0, -1));
  const { paths, candidates } = await possible(place, current, sources);
  const begun = candidates.filter(({ value }) => value.startsWith(current));
  return { paths, candidates: begun };
}

/** Where a command line is when some of its words are read. */
interface Place {
  readonly program: Command;
  readonly command: Command;
  /** The option whose value comes next, or may come next. */
  readonly option: Option | undefined;
  readonly isValueNeeded: boolean;
  /** How many arguments of the command there are already. */
  readonly position: number;
  readonly used: ReadonlySet<Option>;
  /** Whether all that follows are arguments. */
  readonly isEnded: boolean;
  /** What `--config` says. */
  readonly config: string | undefined;
}

function placeAfter(program: Command, words: readonly string[]): Place {
  const start: Place = {
    program,
    command: program,
    option: undefined,
    isValueNeeded: false,
    position: 0,
    used: new Set(),
    isEnded: false,
    config: undefined,
  };
  return words.reduce(afterWord, start);
}

function afterWord(place: Place, word: string): Place {
  const { option, isEnded, isValueNeeded } = place;
  if (option !== undefined && (isValueNeeded || !word.startsWith("-")))
    return {
      ...place,
      option: option.variadic ? option : undefined,
      isValueNeeded: false,
      config: option.long === "--config" ? word : place.config,
    };
  if (isEnded || !word.startsWith("-")) return afterArgument(place, word);
  return word === "--" ? { ...place, option: undefined, isEnded: true } : afterOption(place, word);
}

function afterOption(place: Place, word: string): Place {
  const [name = "", value] = word.split(/=(.*)/s);
  const option = optionsOf(place).find(({ long, short }) => [long, short].includes(name));
  if (option === undefined) return { ...place, option: undefined };
  const takesValue = (option.required || option.optional) && value === undefined;
  return {
    ...place,
    used: new Set([...place.used, option]),
    option: takesValue ? option : undefined,
    isValueNeeded: takesValue && option.required,
    config: option.long === "--config" ? value : place.config,
  };
}

function afterArgument(place: Place, word: string): Place {
  const { program, command, position } = place;
  if (command !== program) return { ...place, option: undefined, position: position + 1 };
  const found = program.commands.find((one) => one.name() === word);
  return { ...place, option: undefined, command: found ?? command };
}

function optionsOf({ program, command }: Place): readonly Option[] {
  return command === program ? program.options : [...command.options, ...program.options];
}

async function possible(
  place: Place,
  current: string,
  sources: CompletionSources,
): Promise<Completions> {
  const { option, isEnded, isValueNeeded } = place;
  const [name, value] = current.split(/=(.*)/s);
  if (option !== undefined && (isValueNeeded || !current.startsWith("-")))
    return valuesOf(option, place, sources);
  if (isEnded || !current.startsWith("-")) return argumentsAt(place, sources);
  if (value === undefined) return only(optionCandidates(place));
  const begun = optionsOf(place).find(({ long }) => long === name);
  if (begun === undefined) return NOTHING;
  const { candidates, paths } = await valuesOf(begun, place, sources);
  return {
    paths,
    candidates: candidates.map((one) => ({ ...one, value: `${begun.long ?? ""}=${one.value}` })),
  };
}

const NOTHING: Completions = { candidates: [], paths: "none" };

function only(candidates: readonly Candidate[]): Completions {
  return { candidates, paths: "none" };
}

function optionCandidates(place: Place): readonly Candidate[] {
  const isFree = (option: Option): boolean =>
    !place.used.has(option) || option.variadic || option.parseArg !== undefined;
  const help = { value: "--help", description: "print this help" };
  return [
    ...optionsOf(place)
      .filter((option) => !option.hidden && isFree(option))
      .map(({ long = "", description }) => ({ value: long, description })),
    help,
  ];
}

function argumentsAt(place: Place, sources: CompletionSources): Promise<Completions> {
  const { program, command, position } = place;
  if (command === program) return Promise.resolve(only(commandCandidates(program)));
  const all = command.registeredArguments;
  const argument = all[position] ?? (all.at(-1)?.variadic === true ? all.at(-1) : undefined);
  return argument === undefined ? Promise.resolve(NOTHING) : valuesOf(argument, place, sources);
}

function commandCandidates(program: Command): readonly Candidate[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((command) => ({ value: command.name(), description: command.summary() }));
}

/** What an option or an argument can be, by its choices, or else by what it is called: `<file>`, `[services...]`. */
async function valuesOf(
  holder: Option | Argument,
  { program, config }: Place,
  sources: CompletionSources,
): Promise<Completions> {
  const plain = (values: readonly string[]): Completions =>
    only(values.map((value) => ({ value, description: "" })));
  if (holder.argChoices !== undefined) return plain(holder.argChoices);
  switch (valueName(holder)) {
    case "code":
      return only(sources.codes);
    case "command":
      return only(commandCandidates(program));
    case "folder":
      return { candidates: [], paths: "folders" };
    case "format":
      return plain(sources.reportFormats);
    case "library":
      return plain(sources.bridges);
    case "service":
    case "services":
    case "names":
      return plain(await sources.services(config));
    default:
      return NO_FILES.has(valueName(holder)) ? NOTHING : { candidates: [], paths: "files" };
  }
}

/** Values that nobody can guess; what else is not known above may be a file, as shells take it. */
const NO_FILES: ReadonlySet<string> = new Set([
  "author",
  "day",
  "key",
  "limit",
  "name",
  "number",
  "reason",
  "url",
  "versions",
  "what",
]);

/** `file` of `--config <file>`, and `services` of an argument that is called so. */
function valueName(holder: Option | Argument): string {
  const text = "flags" in holder ? (/[<[]([^\]>]*)/.exec(holder.flags)?.[1] ?? "") : holder.name();
  return /^[a-z-]*/i.exec(text)?.[0] ?? "";
}
