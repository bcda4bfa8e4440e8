import path from "node:path";
import { Project, ts } from "ts-morph";

/** The user's code, with everything that it imports. */
export interface UserProgram {
  readonly program: ts.Program;
  /** The files that the globs name, sorted by path. */
  readonly files: readonly ts.SourceFile[];
}

/** Where nobody says how the code is compiled. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
};

/** Opens the files that globs name, compiled as the nearest `tsconfig.json` above the folder says. */
export function openProgram(folder: string, globs: readonly string[], client: string): UserProgram {
  const config = ts.findConfigFile(folder, (file) => ts.sys.fileExists(file));
  const project = new Project({
    ...(config === undefined ? { compilerOptions: OPTIONS } : { tsConfigFilePath: config }),
    skipAddingFilesFromTsConfig: true,
  });
  const named = project
    .addSourceFilesAtPaths(
      globs.map((glob) => path.resolve(folder, glob).split(path.sep).join("/")),
    )
    .map((file) => file.getFilePath() as string)
    .sort();
  project.addSourceFileAtPathIfExists(path.join(client, "index.ts"));
  const program = project.getProgram().compilerObject;
  return { program, files: named.flatMap((name) => program.getSourceFile(name) ?? []) };
}
