import type { ApiModel } from "../model/api-model.js";
import type { GeneratedFile } from "../output/generated-file.js";
import { printersOf } from "./print.js";
import { verify } from "./verify/verify.js";

/** Prints the files of one service, laid out and verified. `runtime` is the way from them to the runtime's folder. */
export function emitApi(model: ApiModel, runtime: string): readonly GeneratedFile[] {
  return verified(
    printersOf(model, runtime).map((print) => print()),
    model,
    runtime,
  );
}

/** The files themselves, once it is known that they hold nothing but what emitters print. */
export function verified(
  files: readonly GeneratedFile[],
  { helpers }: Pick<ApiModel, "helpers">,
  runtime: string,
): readonly GeneratedFile[] {
  const names = [...files.map(({ path }) => path), ...helpers.map((name) => `${name}.ts`)];
  const around = { runtime, files: new Set(names) };
  for (const file of files) verify(file, around);
  return files;
}
