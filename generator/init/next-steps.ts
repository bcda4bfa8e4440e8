import { COMMANDS } from "./package-manager.js";
import { SCRIPTS, type Plan } from "./plan.js";
import type { Project } from "./project.js";

/** What the user does next. */
export interface NextStep {
  readonly command: string;
  readonly purpose: string;
}

/** The least version of TypeScript that generated clients are tested with: major and minor. */
const OLDEST_TYPESCRIPT = [5, 4] as const;

/**
 * The commands that come next.
 *
 * @param version that of driftline
 * @param program the file of the first program, relative to the folder; `undefined` where there is none
 */
export function nextSteps(
  { packageManager, packageFile }: Project,
  { scripts, language }: Pick<Plan, "scripts" | "language">,
  version: string,
  program: string | undefined,
): readonly NextStep[] {
  const commands = COMMANDS[packageManager];
  const isInstalled = packageFile === undefined || packageFile.dependencies.has("driftline");
  const start = language === "javascript" ? `node ${program}` : commands.start(program ?? "");
  const check =
    scripts !== undefined && !scripts.taken.includes(CHECK)
      ? commands.script(CHECK)
      : commands.execute("driftline check");
  return [
    ...(isInstalled
      ? []
      : [
          {
            command: commands.install(`driftline@${version}`),
            purpose: "the same version for everybody",
          },
        ]),
    ...(program === undefined ? [] : [{ command: start, purpose: "runs the first program" }]),
    { command: check, purpose: "for CI: is the client up to date?" },
  ];
}

const CHECK = [...SCRIPTS.keys()].find((name) => name.endsWith("check")) ?? "";

/** What else there is to know about the project, in sentences. */
export function remarks(
  { compiler, typescript, packageFile, hasViteConfig, isCutShort, packageManager }: Project,
  { scripts, language, wantsScripts }: Pick<Plan, "scripts" | "language" | "wantsScripts">,
  program: string | undefined,
): readonly string[] {
  const commands = COMMANDS[packageManager];
  const needsNodeTypes =
    language === "typescript" &&
    packageFile !== undefined &&
    program?.includes("process.env") === true &&
    !packageFile.dependencies.has("@types/node");
  return [
    ...(compiler?.refusesModuleSyntax === true
      ? [
          'tsconfig.json sets verbatimModuleSyntax, which refuses ES modules in a CommonJS package: put "type": "module" into package.json.',
        ]
      : []),
    ...(compiler?.lacksLibrary === true
      ? [
          'Clients use the library of ES2022, of which tsconfig.json has only a part: set "target" to "ES2022", or add "ES2022" to "lib".',
        ]
      : []),
    ...(isOld(typescript)
      ? [
          `TypeScript ${typescript ?? ""} is installed; clients are tested with ${OLDEST_TYPESCRIPT.join(".")} and later.`,
        ]
      : []),
    ...(needsNodeTypes
      ? [`The program reads process.env, whose type comes with: ${commands.install("@types/node")}`]
      : []),
    ...(wantsScripts && packageFile !== undefined && scripts === undefined
      ? ["package.json could not be changed safely, so that no scripts were added."]
      : []),
    ...(scripts?.taken ?? []).map(
      (name) => `package.json has a script ${name} that does something else; it stays as it is.`,
    ),
    ...(hasViteConfig
      ? ["Vite: the plugin in driftline/vite generates again whenever a document changes."]
      : []),
    ...(isCutShort
      ? ["There are so many files here that some documents may not have been found."]
      : []),
  ];
}

function isOld(version: string | undefined): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)\./.exec(version ?? "") ?? [];
  if (major === undefined || minor === undefined) return false;
  const [oldest, oldestMinor] = OLDEST_TYPESCRIPT;
  return Number(major) < oldest || (Number(major) === oldest && Number(minor) < oldestMinor);
}
