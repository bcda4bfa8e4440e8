import type { CompilerSettings, PackageFile } from "./project.js";

/** In which kind of file a program stands. */
export interface ProgramKind {
  readonly ending: ".ts" | ".js" | ".mjs";
  /** Whether it may await outside of functions. */
  readonly hasTopLevelAwait: boolean;
}

/** What a program of a project has to be, by the settings of its compiler or of its package. */
export function programKind(
  language: "typescript" | "javascript",
  packageFile: Pick<PackageFile, "isModule"> | undefined,
  compiler: CompilerSettings | undefined,
): ProgramKind {
  const isModule = packageFile?.isModule === true;
  if (language === "javascript")
    return { ending: isModule ? ".js" : ".mjs", hasTopLevelAwait: true };
  // Without "type": "module", what runs TypeScript takes a file for CommonJS, whatever its compiler settings say.
  return { ending: ".ts", hasTopLevelAwait: isModule && compiler?.hasTopLevelAwait !== false };
}

/** Imports at the beginning of a program that prettier laid out, and what comes after them. */
const IMPORTS = /^((?:import [^;]*;\n)+)\n?([^]*)$/;

/** A program that may have to do without `await` outside of functions. */
export function fittedProgram(code: string, { hasTopLevelAwait }: ProgramKind): string {
  const [, imports, body] = IMPORTS.exec(code) ?? [];
  if (hasTopLevelAwait || imports === undefined || body === undefined) return code;
  return `${imports}\nasync function main(): Promise<void> {\n${indented(body)}}\n\nvoid main();\n`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
