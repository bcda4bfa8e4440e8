import type { ApiModel } from "../model/api-model.js";
import type { GeneratedFile } from "../output/generated-file.js";
import { header } from "../output/header.js";
import { keyOf, type Keys } from "../output/known-files.js";
import { classFile, classFileParts, classFilePath, type ClassFileParts } from "./class-file.js";
import { clientFile } from "./client-file.js";
import { printed } from "./code.js";
import type { FileStructure } from "./file.js";
import { int64File } from "./int64.js";
import { statements } from "./layout/statements.js";
import { hasOAuthFlows, oauth2File } from "./oauth2-file.js";
import { serviceFile } from "./service-file.js";
import { placesOf } from "./imports.js";
import {
  indexFile,
  modelsFile,
  modelsFileParts,
  operationsFile,
  type ModelsFileParts,
} from "./small-files.js";

/** The files of one service before they are text. `runtime` is the way from them to the runtime's folder. */
export function filesOf(model: ApiModel, runtime: string): readonly FileStructure[] {
  return makersOf(model, runtime).map(({ make }) => make());
}

/** What makes and prints each file of one service, so that several can share the work. */
export interface Printer {
  /** The path of the file, below the service's folder. */
  readonly path: string;
  /** {@link keyOf} all that its text is made of; `undefined` where that is most of the model. */
  readonly key: (() => string) | undefined;
  /** Makes the file. */
  readonly print: () => GeneratedFile;
}

/**
 * The printers of one service. Nobody has verified what they print: see `verifyingPrintersOf`.
 *
 * @param runtime the way from its files to the runtime's folder
 */
export function printersOf(model: ApiModel, runtime: string): readonly Printer[] {
  const comment = commentOf(model);
  return makersOf(model, runtime).map(({ path, key, make }) => ({
    path,
    key: key === undefined ? undefined : () => keyOf([comment, key()]),
    print: () => printFile(make(), comment),
  }));
}

/** What the files of one service are made of: see {@link Printer.key}. */
export function fileKeys(model: ApiModel, runtime: string): Keys {
  return new Map(
    printersOf(model, runtime).flatMap(({ path, key }) =>
      key === undefined ? [] : [[path, key()] as const],
    ),
  );
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

/** What makes one file. */
interface Maker {
  readonly path: string;
  /** {@link keyOf} all that it is made of besides the header, where that is but a part of the model. */
  readonly key?: () => string;
  readonly make: () => FileStructure;
}

function makersOf(model: ApiModel, runtime: string): readonly Maker[] {
  const places = placesOf(model);
  const models = (): ModelsFileParts => modelsFileParts(model, places, runtime);
  return [
    { path: "index.ts", make: () => indexFile(model, runtime) },
    { path: "client.ts", make: () => clientFile(model, runtime) },
    { path: "service.ts", make: () => serviceFile(model, runtime) },
    { path: "operations.ts", make: () => operationsFile(model, runtime) },
    ...(hasOAuthFlows(model)
      ? [{ path: "oauth2.ts", make: () => oauth2File(model, runtime) }]
      : []),
    ...(model.schemas.length === 0
      ? []
      : [{ path: "models.ts", key: () => keyOf(models()), make: () => modelsFile(models()) }]),
    ...(model.int64Schemas.length === 0
      ? []
      : [{ path: "int64.ts", make: () => int64File(model, runtime) }]),
    ...model.classes.map((classModel): Maker => {
      const parts = (): ClassFileParts => classFileParts(model, classModel, places, runtime);
      const path = classFilePath(classModel);
      return { path, key: () => keyOf(parts()), make: () => classFile(parts()) };
    }),
  ];
}

/** The header, which has to be one comment and nothing else. */
function commentOf(model: ApiModel): string {
  const comment = header(model.title, model.version);
  if (comment.indexOf("*/") !== comment.trimEnd().length - 2)
    throw new Error("The header ends too early.");
  return comment;
}
