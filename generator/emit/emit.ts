import type { ApiModel } from "../model/api-model.js";
import type { GeneratedFile } from "../output/generated-file.js";
import { printersOf } from "./print.js";
import { verify } from "./verify.js";

/** Prints the files of one service, laid out and verified. `runtime` is the way from them to the runtime's folder. */
export function emitApi(model: ApiModel, runtime: string): readonly GeneratedFile[] {
  return printersOf(model, runtime).map((print) => verified(print()));
}

/** The file itself, once it is known that it holds nothing but what emitters print. */
export function verified(file: GeneratedFile): GeneratedFile {
  verify(file.path, file.text);
  return file;
}
