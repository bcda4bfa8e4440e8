import picocolors from "picocolors";
import { visible, visiblePath } from "../diagnostics/quoted.js";
import type { NextStep } from "../init/next-steps.js";
import type { Plan } from "../init/plan.js";
import type { Project } from "../init/project.js";
import { MANIFEST_FILE } from "../output/manifest.js";
import type { Written } from "../output/write.js";
import { LOCK_FILE } from "../pins/lock-file.js";
import type { CommandResult } from "./command.js";

/** What `driftline init` did, or would do. */
export interface InitDone {
  readonly project: Project;
  readonly plan: Plan;
  readonly isDryRun: boolean;
  /** What became of each folder, as people call it. */
  readonly folders: readonly Written[];
  /** The files that belong to the user now, as people call them. */
  readonly files: readonly string[];
  readonly program: FirstProgram | undefined;
  readonly steps: readonly NextStep[];
  readonly remarks: readonly string[];
}

/** The program that a user begins with. */
export interface FirstProgram {
  /** Relative to the folder of the project. */
  readonly file: string;
  readonly code: string;
  readonly isWritten: boolean;
  /** Whether it has an address in it that has to be replaced. */
  readonly needsBaseUrl: boolean;
}

/** The same for people and for programs. */
export function initText(
  done: InitDone,
  hasColor: boolean,
): Pick<CommandResult, "text" | "results"> {
  const { bold, cyan } = picocolors.createColors(hasColor);
  const { program, steps, remarks } = done;
  const parts = [
    ...(done.isDryRun ? [["Nothing is written; this is what would be:"]] : []),
    [headline(done), "", ...table(filesOf(done))],
    ...(program === undefined ? [] : [programLines(program, bold)]),
    ...(remarks.length === 0 ? [] : [remarks]),
    [
      bold("Next:"),
      ...table(
        steps.map(({ command, purpose }) => [visible(command), purpose]),
        cyan,
      ),
    ],
  ];
  return {
    text: `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`,
    results: resultsOf(done),
  };
}

/** What was found and decided, so that nobody has to look for it in the configuration. */
function headline({ plan: { upstream, input, language } }: InitDone): string {
  const name = language === "javascript" ? "JavaScript, with declarations of types" : "TypeScript";
  return `A client of ${visiblePath(upstream ?? input)} in ${name}:`;
}

type Row = readonly [name: string, what: string];

function filesOf({ plan, folders, files, program }: InitDone): readonly Row[] {
  const purpose = (file: string): string => {
    if (file === "package.json") return `scripts ${(plan.scripts?.added ?? []).join(", ")}`;
    if (file === program?.file) return "a first program";
    return file === plan.input ? `from ${plan.upstream ?? ""}` : (OWN[file] ?? "");
  };
  const generated = folders.flatMap(({ folder, written }): readonly Row[] => {
    const count = written.filter((file) => file !== MANIFEST_FILE).length;
    const isGenerated = folder === plan.output || folder.startsWith(`${plan.output}/`);
    return isGenerated ? [[visiblePath(`${folder}/`), `${count} files`]] : [];
  });
  return [
    ...[...files, LOCK_FILE].map((file): Row => [visiblePath(file), visible(purpose(file))]),
    ...generated,
  ];
}

/** What files are for whose names do not tell it. */
const OWN: Readonly<Record<string, string>> = {
  "driftline.yaml": "what is generated from which document",
  [LOCK_FILE]: "the names in the clients, so that they stay",
};

function table(rows: readonly Row[], style = (text: string): string => text): readonly string[] {
  const widest = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, what]) =>
    `  ${style(name)}${" ".repeat(widest - name.length)}  ${what}`.trimEnd(),
  );
}

function programLines(
  { file, code, isWritten, needsBaseUrl }: FirstProgram,
  bold: (text: string) => string,
): readonly string[] {
  const variables = new Set(code.match(/(?<=process\.env\[")[A-Z0-9_]+(?="\])/g));
  return [
    bold(
      isWritten
        ? `${visiblePath(file)}, a first program:`
        : `A first program, to be saved as ${visiblePath(file)}:`,
    ),
    "",
    code.trimEnd(),
    ...(needsBaseUrl || variables.size > 0 ? [""] : []),
    ...(needsBaseUrl
      ? ["The document names no server: put the address of yours into baseUrl."]
      : []),
    ...(variables.size > 0 ? [`It reads ${[...variables].join(", ")} of the environment.`] : []),
  ];
}

function resultsOf({
  project,
  plan,
  isDryRun,
  folders,
  files,
  program,
  steps,
  remarks,
}: InitDone): unknown {
  const { documents, packageManager, typescript } = project;
  return {
    isDryRun,
    found: {
      documents,
      packageManager,
      typescript: typescript ?? null,
      vite: project.hasViteConfig,
    },
    service: plan.service,
    input: plan.input,
    ...(plan.upstream === undefined ? {} : { upstream: plan.upstream }),
    output: plan.output,
    language: plan.language,
    configuration: plan.configuration,
    scripts: plan.scripts?.added ?? [],
    files,
    outputs: folders,
    ...(program === undefined ? {} : { program }),
    steps,
    remarks,
  };
}
