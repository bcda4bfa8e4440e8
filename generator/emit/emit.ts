import type { ApiModel } from "../model/api-model.js";
import type { GeneratedFile } from "../output/generated-file.js";
import { printersOf, printFiles } from "./print.js";
import type { FileStructure } from "./file.js";
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
  const files = printersOf(model, runtime).map(({ path, print }) => {
    const text = same.get(path);
    return text === undefined ? print() : { path, text };
  });
  return verified(files, model, runtime, same);
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
  return verified(
    printFiles(files, model),
    model,
    runtime,
    NOTHING_SAME,
    client.map((stem) => `${stem}.ts`),
  );
}

/** The files themselves, once it is known that they hold nothing but what emitters print. */
export function verified(
  files: readonly GeneratedFile[],
  { helpers }: Pick<ApiModel, "helpers">,
  runtime: string,
  same: SameTexts,
  others: readonly string[] = [],
): readonly GeneratedFile[] {
  const names = [
    ...files.map(({ path }) => path),
    ...others,
    ...helpers.map((name) => `${name}.ts`),
  ];
  const around = { runtime, files: new Set(names) };
  for (const file of files) if (!same.has(file.path)) verify(file, around);
  return files;
}
