import type { ApiModel } from "../model/api-model.js";
import type { GeneratedFile } from "../output/generated-file.js";
import { printersOf, printFiles, type Printer } from "./print.js";
import type { FileStructure } from "./file.js";
import type { Surroundings } from "./verify/references.js";
import { verify } from "./verify/verify.js";

/**
 * Prints the files of one service, laid out and verified.
 *
 * @param runtime the way from them to the runtime's folder
 * @param same the texts of files that are known already, by their path
 */
export function emitApi(
  model: ApiModel,
  runtime: string,
  same: SameTexts = NOTHING_SAME,
): readonly GeneratedFile[] {
  return verifyingPrintersOf(model, runtime).map(({ path, print }) => {
    const text = same.get(path);
    return text === undefined ? print() : { path, text };
  });
}

/** The printers of one service; each gives its file only once it is verified. */
export function verifyingPrintersOf(model: ApiModel, runtime: string): readonly Printer[] {
  const printers = printersOf(model, runtime);
  const around = surroundings(
    printers.map(({ path }) => path),
    model,
    runtime,
  );
  return printers.map((printer) => ({
    ...printer,
    print: () => verified(printer.print(), around),
  }));
}

/** Texts that were printed and verified before, by the path of their file. */
export type SameTexts = ReadonlyMap<string, string>;

const NOTHING_SAME: SameTexts = new Map();

/** Prints files that go with those of the model, and may import its classes and types; laid out and verified. */
export function emitBeside(
  files: readonly FileStructure[],
  model: ApiModel,
  runtime: string,
): readonly GeneratedFile[] {
  const client = ["index", "models", "service", ...model.classes.map(({ fileStem }) => fileStem)];
  const names = [...files.map(({ path }) => path), ...client.map((stem) => `${stem}.ts`)];
  const around = surroundings(names, model, runtime);
  return printFiles(files, model).map((file) => verified(file, around));
}

/** What the files of a service may import: each other, its helpers, and the runtime. */
function surroundings(
  names: readonly string[],
  { helpers }: Pick<ApiModel, "helpers">,
  runtime: string,
): Surroundings {
  return { runtime, files: new Set([...names, ...helpers.map((name) => `${name}.ts`)]) };
}

/** The file itself, once it is known that it holds nothing but what emitters print. */
function verified(file: GeneratedFile, around: Surroundings): GeneratedFile {
  verify(file, around);
  return file;
}
