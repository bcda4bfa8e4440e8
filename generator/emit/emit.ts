import { Project } from "ts-morph";
import type { ApiModel } from "../model/api-model.js";
import type { GeneratedFile } from "../output/generated-file.js";
import { header } from "../output/header.js";
import { classFile } from "./class-file.js";
import { clientFile } from "./client-file.js";
import type { FileStructure } from "./file.js";
import { serviceFile } from "./service-file.js";
import { indexFile, modelsFile, operationsFile } from "./small-files.js";
import { verify } from "./verify.js";

/** Prints the files of one service, not yet formatted. `runtime` is the way from them to the runtime's folder. */
export function emitApi(model: ApiModel, runtime: string): readonly GeneratedFile[] {
  const files = [
    indexFile(model, runtime),
    clientFile(model, runtime),
    serviceFile(model, runtime),
    operationsFile(model, runtime),
    ...(model.schemas.length === 0 ? [] : [modelsFile(model)]),
    ...model.classes.map((classModel) => classFile(model, classModel, runtime)),
  ];
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { noLib: true },
  });
  return files.map((file) => printed(project, file, model));
}

/** One structure per file: adding nodes one by one would take ts-morph thirty times as long. */
function printed(project: Project, file: FileStructure, model: ApiModel): GeneratedFile {
  const source = project.createSourceFile(file.path, { statements: [...file.statements] });
  verify(file.path, source.compilerNode);
  // ts-morph sets some statements apart and others not; a comment at the margin always begins something new.
  const text = source.getFullText().replaceAll(";\n/**", ";\n\n/**");
  return { path: file.path, text: `${commentOf(model)}\n${text}` };
}

/** The header, which has to be one comment and nothing else. */
function commentOf(model: ApiModel): string {
  const comment = header(model.title, model.version);
  if (comment.indexOf("*/") !== comment.trimEnd().length - 2)
    throw new Error("The header ends too early.");
  return comment;
}
