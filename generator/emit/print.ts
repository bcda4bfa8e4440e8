import type { ApiModel } from "../model/api-model.js";
import type { GeneratedFile } from "../output/generated-file.js";
import { header } from "../output/header.js";
import { classFile } from "./class-file.js";
import { clientFile } from "./client-file.js";
import { printed } from "./code.js";
import type { FileStructure } from "./file.js";
import { int64File } from "./int64.js";
import { statements } from "./layout/statements.js";
import { hasOAuthFlows, oauth2File } from "./oauth2-file.js";
import { serviceFile } from "./service-file.js";
import { indexFile, modelsFile, operationsFile } from "./small-files.js";

/** The files of one service before they are text. `runtime` is the way from them to the runtime's folder. */
export function filesOf(model: ApiModel, runtime: string): readonly FileStructure[] {
  return makersOf(model, runtime).map((make) => make());
}

/** What makes and prints each file of one service, so that several can share the work. Nobody has verified the text. */
export function printersOf(model: ApiModel, runtime: string): readonly (() => GeneratedFile)[] {
  const comment = commentOf(model);
  return makersOf(model, runtime).map((make) => () => printFile(make(), comment));
}

/** The text of files that go with those of a model. Nobody has verified it. */
export function printFiles(
  files: readonly FileStructure[],
  model: ApiModel,
): readonly GeneratedFile[] {
  const comment = commentOf(model);
  return files.map((file) => printFile(file, comment));
}

function printFile({ path, statements: all }: FileStructure, comment: string): GeneratedFile {
  return { path, text: `${comment}\n${printed(statements(all))}` };
}

function makersOf(model: ApiModel, runtime: string): readonly (() => FileStructure)[] {
  return [
    () => indexFile(model, runtime),
    () => clientFile(model, runtime),
    () => serviceFile(model, runtime),
    () => operationsFile(model, runtime),
    ...(hasOAuthFlows(model) ? [() => oauth2File(model, runtime)] : []),
    ...(model.schemas.length === 0 ? [] : [() => modelsFile(model, runtime)]),
    ...(model.int64Schemas.length === 0 ? [] : [() => int64File(model, runtime)]),
    ...model.classes.map((classModel) => () => classFile(model, classModel, runtime)),
  ];
}

/** The header, which has to be one comment and nothing else. */
function commentOf(model: ApiModel): string {
  const comment = header(model.title, model.version);
  if (comment.indexOf("*/") !== comment.trimEnd().length - 2)
    throw new Error("The header ends too early.");
  return comment;
}
