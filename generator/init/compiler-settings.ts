import ts from "typescript";
import type { CompilerSettings } from "./project.js";

/** The most bytes of a configuration of the compiler that are read. */
const MOST_BYTES = 1_000_000;

/**
 * What a `tsconfig.json` says, together with what it extends, as the compiler itself reads it.
 *
 * @param file absolute path
 * @param isModule whether package.json says `"type": "module"`
 * @returns `undefined` where there is none that the compiler can read
 */
export function readCompilerSettings(
  file: string,
  isModule: boolean,
): CompilerSettings | undefined {
  const parsed = ts.getParsedCommandLineOfConfigFile(file, undefined, HOST);
  return parsed === undefined ? undefined : settingsOf(parsed.options, isModule);
}

/** Only settings are wanted: the files that they are for are not looked for. */
const HOST: ts.ParseConfigFileHost = {
  useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames,
  getCurrentDirectory: () => ts.sys.getCurrentDirectory(),
  fileExists: (file) => ts.sys.fileExists(file),
  readFile: (file) =>
    (ts.sys.getFileSize?.(file) ?? 0) > MOST_BYTES ? undefined : ts.sys.readFile(file),
  readDirectory: () => [],
  // What is wrong in it is for the compiler to tell.
  onUnRecoverableConfigFileDiagnostic: () => undefined,
};

function settingsOf(options: ts.CompilerOptions, isModule: boolean): CompilerSettings {
  const target = options.target ?? ts.ScriptTarget.ES5;
  const module =
    options.module ??
    (target >= ts.ScriptTarget.ES2015 ? ts.ModuleKind.ES2015 : ts.ModuleKind.CommonJS);
  const followsPackage = module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext;
  const keepsModules = module === ts.ModuleKind.Preserve || module >= ts.ModuleKind.ES2022;
  const isCommonJs = followsPackage ? !isModule : module === ts.ModuleKind.CommonJS;
  return {
    hasTopLevelAwait:
      (followsPackage ? isModule : keepsModules) &&
      (followsPackage || target >= ts.ScriptTarget.ES2017),
    refusesModuleSyntax: isCommonJs && options.verbatimModuleSyntax === true,
  };
}
