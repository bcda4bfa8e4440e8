/** What the help tells of a command beside its arguments and options. */
export interface CommandHelp {
  /** The heading that it stands under in the list of all commands. */
  readonly group: CommandGroup;
  /** What it does, in the few words that fit into that list. */
  readonly summary: string;
  /** Command lines without the name of the program, each with what it is for where that is not plain. */
  readonly examples: readonly (readonly [line: string, purpose?: string])[];
  /** What its exit codes mean; those that mean the same for all commands are left out. */
  readonly exitCodes: readonly (readonly [code: number, meaning: string])[];
}

export type CommandGroup = "Clients:" | "Documents:" | "What changed:" | "About driftline:";

/** What every command that succeeds returns, and any that something keeps from it. */
export const COMMON_EXIT_CODES: CommandHelp["exitCodes"] = [
  [0, "clean: nothing at the level that was asked for"],
  [2, "broken input or usage"],
  [70, "a bug of driftline"],
];

/** What to begin with: the help of the program itself. */
export const PROGRAM_EXAMPLES: CommandHelp["examples"] = [
  ["init", "set it up: find the document, configure, generate"],
  ["generate", "write the clients of driftline.yaml"],
  ["check", "is what is generated up to date?"],
  ["diff git:main:api.yaml api.yaml", "what changed, and whom it breaks"],
  ["generate --input api.yaml --output src/api --name Example"],
];

/** All that any command may return. */
export const PROGRAM_EXIT_CODES: CommandHelp["exitCodes"] = [
  [1, "out of date (check), something found (doctor), drift (diff, drift)"],
  [3, "something could not be fetched, so that nobody knows; never together with 1 or 2"],
];

export const PROGRAM_NOTES = `driftline COMMAND --help tells the options of a command, with examples.
driftline has no telemetry: it fetches what you name, and sends nothing about you.`;

const NOT_FETCHED = [3, "something could not be fetched, and nothing else is wrong"] as const;

/** By the name of the command, in the order of the help. */
export const COMMAND_HELP: Readonly<Record<string, CommandHelp>> = {
  init: {
    group: "Clients:",
    summary: "set it up: find the document, configure, generate",
    examples: [
      ["init", "look around, ask little, write, show a first program"],
      ["init --yes --program src/first.ts", "ask nothing, and write the program, too"],
      ["init https://api.example.com/openapi.json", "keep a copy below specs/"],
      ["init --dry-run", "write nothing"],
    ],
    exitCodes: [NOT_FETCHED],
  },
  generate: {
    group: "Clients:",
    summary: "write the clients",
    examples: [
      ["generate", "every service of driftline.yaml"],
      ["generate mastodon", "one service"],
      ["generate --input api.yaml --output src/api --name Example"],
      ["generate --strict", "write nothing if there is any warning"],
    ],
    exitCodes: [],
  },
  check: {
    group: "Clients:",
    summary: "tell whether what is generated is up to date",
    examples: [
      ["check", "every service of driftline.yaml; writes nothing"],
      ["check --quiet", "for CI: say nothing where all is well"],
      ["check --full", "make everything to compare it, also where nothing changed"],
      ["check --input api.yaml --output src/api --name Example"],
    ],
    exitCodes: [[1, "out of date"]],
  },
  docs: {
    group: "Clients:",
    summary: "read and search the reference pages",
    examples: [
      ["docs --open", "serve them on this machine, and open the browser"],
      ["docs mastodon --output site", "write a site of plain files"],
      ["docs --input api.yaml", "pages of any document"],
    ],
    exitCodes: [],
  },
  doctor: {
    group: "Documents:",
    summary: "tell what is wrong, and offer repairs as an overlay",
    examples: [
      ["doctor", "the documents of driftline.yaml"],
      ["doctor --input api.yaml --write repairs.overlay.yaml"],
    ],
    exitCodes: [[1, "something was found"]],
  },
  bundle: {
    group: "Documents:",
    summary: "print a document of several files as one",
    examples: [
      ["bundle peertube", "a service of driftline.yaml"],
      ["bundle --input api.yaml > whole.yaml"],
    ],
    exitCodes: [],
  },
  inspect: {
    group: "Documents:",
    summary: "show what a stage makes of one operation",
    examples: [
      ["inspect mastodon getAccount"],
      ['inspect mastodon "GET /api/v1/accounts/{id}" --stage resolve'],
      ["inspect getPet --input api.yaml"],
    ],
    exitCodes: [],
  },
  diff: {
    group: "What changed:",
    summary: "compare two documents: whom does it break?",
    examples: [
      ["diff old.yaml new.yaml"],
      ["diff git:main:api.yaml api.yaml --report markdown=drift.md"],
      ["diff old.yaml new.yaml --usages 'src/**/*.ts' --client src/api"],
      ["diff old.yaml new.yaml --accept known.yaml --because 'announced'"],
    ],
    exitCodes: [[1, "drift at the level of --fail-on"], NOT_FETCHED],
  },
  drift: {
    group: "What changed:",
    summary: "do the published documents still say the same?",
    examples: [
      ["drift", "every service of driftline.yaml that has upstream"],
      ["drift sftpgo --server https://files.example.com", "ask an installed server"],
      ["drift --report github --report markdown=drift.md", "in GitHub Actions"],
    ],
    exitCodes: [[1, "drift at the level of --fail-on"], NOT_FETCHED],
  },
  pull: {
    group: "What changed:",
    summary: "take published documents over",
    examples: [
      ["pull", "every service of driftline.yaml that has upstream"],
      ["pull mastodon --report markdown=changes.md"],
    ],
    exitCodes: [NOT_FETCHED],
  },
  explain: {
    group: "Documents:",
    summary: "tell what a finding means, and how to mend it",
    examples: [["explain unsafe-integer"], ["explain", "list all codes"]],
    exitCodes: [],
  },
  completion: {
    group: "About driftline:",
    summary: "print a script that completes command lines",
    examples: [
      ["completion bash", "in ~/.bashrc: source <(driftline completion bash)"],
      ["completion zsh", "in ~/.zshrc: source <(driftline completion zsh)"],
      ["completion fish > ~/.config/fish/completions/driftline.fish"],
      ["completion powershell", "in $PROFILE: … | Out-String | Invoke-Expression"],
    ],
    exitCodes: [],
  },
};

/** Options that stand under a heading of their own where a command has many, by their long names. */
export const OPTION_GROUPS: Readonly<Record<string, readonly string[]>> = {
  "What fails the run:": [
    "--fail-on",
    "--verdict",
    "--check-version",
    "--accept",
    "--because",
    "--author",
    "--expires",
  ],
  "What is told, and where:": ["--report", "--usages", "--client", "--docs", "--all"],
  "What may be fetched:": ["--offline", "--allow-private", "--server", "--document"],
};

/** The commands in which {@link OPTION_GROUPS} count. */
export const GROUPED_COMMANDS: readonly string[] = ["diff", "drift", "pull"];

/** The heading of options that are about one document in place of the configuration. */
export const SINGLE_DOCUMENT = "For one document, without driftline.yaml:";
