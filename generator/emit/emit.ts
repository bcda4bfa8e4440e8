import type { ApiModel } from "../model/api-model.js";
import type { GeneratedFile } from "../output/generated-file.js";
import { printersOf, printFiles } from "./print.js";
import type { FileStructure } from "./file.js";
import { verify } from "./verify/verify.js";

/** Prints the files of one service, laid out and verified. `runtime` is the way from them to the runtime's folder. */
export function emitApi(model: ApiModel, runtime: string): readonly GeneratedFile[] {
  return verified(
    printersOf(model, runtime).map((print) => print()),
    model,
    runtime,
  );
}

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
    client.map((stem) => `${stem}.ts`),
  );
}

/** The files themselves, once it is known that they hold nothing but what emitters print. */
export function verified(
  files: readonly GeneratedFile[],
  { helpers }: Pick<ApiModel, "helpers">,
  runtime: string,
  others: readonly string[] = [],
): readonly GeneratedFile[] {
  const names = [
    ...files.map(({ path }) => path),
    ...others,
    ...helpers.map((name) => `${name}.ts`),
  ];
  const around = { runtime, files: new Set(names) };
  for (const file of files) verify(file, around);
  return files;
}
