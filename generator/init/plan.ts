import { configurationText } from "./configuration-text.js";
import { programKind, type ProgramKind } from "./first-program.js";
import { addScripts, type AddedScripts } from "./package-scripts.js";
import type { Project } from "./project.js";

/** What the user wants, asked for or not. */
export interface Wishes {
  /** The name of the service. */
  readonly service: string;
  /** The path of the document, relative to the folder of the project. */
  readonly input: string;
  /** Where the document is published, where it was fetched. */
  readonly upstream: string | undefined;
  /** The folder of the clients, relative to that of the project. */
  readonly output: string;
  readonly wantsScripts: boolean;
}

/** What is to be done to a project; nothing is done yet. */
export interface Plan extends Wishes {
  readonly language: "typescript" | "javascript";
  /** The text of `driftline.yaml`. */
  readonly configuration: string;
  /** `undefined`: package.json stays as it is. */
  readonly scripts: AddedScripts | undefined;
  readonly program: ProgramKind;
  /** Where a first program belongs, unless the user says it: relative to the folder of the project. */
  readonly programFile: string;
}

/** The scripts, by the names that tell whose they are. */
export const SCRIPTS: ReadonlyMap<string, string> = new Map([
  ["api:generate", "driftline generate"],
  ["api:check", "driftline check"],
]);

/** The folder of the clients where nobody names another: one that the compiler of the project looks at. */
export function usualOutput({ hasSources }: Pick<Project, "hasSources">): string {
  return hasSources ? "src/generated" : "generated";
}

/** Projects without a compiler get clients that need none. */
export function languageOf({ compiler, packageFile }: Project): Plan["language"] {
  const isTypeScript =
    compiler !== undefined ||
    packageFile === undefined ||
    ["typescript", "tsx", "ts-node"].some((name) => packageFile.dependencies.has(name));
  return isTypeScript ? "typescript" : "javascript";
}

/** What is to be done, by what was found and what is wanted. */
export function planOf(project: Project, wishes: Wishes): Plan {
  const language = languageOf(project);
  const program = programKind(language, project.packageFile, project.compiler);
  const others = project.documents.map(({ path }) => path).filter((path) => path !== wishes.input);
  return {
    ...wishes,
    language,
    configuration: configurationText({ ...wishes, language, others }),
    scripts: wishes.wantsScripts ? scriptsOf(project) : undefined,
    program,
    programFile: `${wishes.output.startsWith("src/") ? "src/" : ""}first${program.ending}`,
  };
}

function scriptsOf({ packageFile }: Project): AddedScripts | undefined {
  if (packageFile === undefined) return undefined;
  return addScripts(packageFile.text, packageFile.scripts, SCRIPTS);
}
