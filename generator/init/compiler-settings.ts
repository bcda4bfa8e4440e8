import { ts } from "ts-morph";
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

function settingsOf(
  { target = ts.ScriptTarget.ES2015, lib, module, verbatimModuleSyntax }: ts.CompilerOptions,
  isModule: boolean,
): CompilerSettings {
  const kind = module ?? ts.ModuleKind.CommonJS;
  const followsPackage = kind >= ts.ModuleKind.Node16 && kind <= ts.ModuleKind.NodeNext;
  const isCommonJs = followsPackage ? !isModule : kind === ts.ModuleKind.CommonJS;
  return {
    // Where the settings say nothing of modules, a program without it is right in any case.
    hasTopLevelAwait: followsPackage
      ? isModule
      : kind >= ts.ModuleKind.ES2022 && target >= ts.ScriptTarget.ES2017,
    refusesModuleSyntax: isCommonJs && verbatimModuleSyntax === true,
    lacksLibrary:
      lib === undefined
        ? target < ts.ScriptTarget.ES2022
        : !lib.some((file) => /^lib\.es(?:202[2-9]|20[3-9]\d|next)\.(?:full\.)?d\.ts$/.test(file)),
  };
}
