import { StructureKind, type ClassDeclarationStructure } from "ts-morph";
import type { ApiModel } from "../model/api-model.js";
import { textPart } from "../types/docs.js";
import { code, identifier } from "./code.js";
import { docStructures } from "./declarations.js";
import type { FileStructure } from "./file.js";
import { importDeclarations } from "./imports.js";

/** The class of the whole service: each API class as a property that is made when it is first used. */
export function clientFile(model: ApiModel, runtime: string): FileStructure {
  const imports = importDeclarations([
    { name: "Transport", from: `${runtime}/transport.js`, isType: false },
    { name: "service", from: "./service.js", isType: false },
    { name: `${model.clientName}Options`, from: "./service.js", isType: true },
    ...model.classes.map(({ className, fileStem }) => ({
      name: className,
      from: `./${fileStem}.js`,
      isType: false,
    })),
  ]);
  // Without operations there is nothing to send, and a transport that nobody reads is an error to the compiler.
  if (model.classes.length === 0) return { path: "client.ts", statements: [emptyClass(model)] };
  return {
    path: "client.ts",
    statements: [
      ...imports.map(
        (structure) => ({ kind: StructureKind.ImportDeclaration, ...structure }) as const,
      ),
      {
        kind: StructureKind.Class,
        isExported: true,
        name: identifier(model.clientName),
        docs: docStructures(textPart(model.description ?? model.title)),
        properties: [
          { name: "#transport", isReadonly: true, type: "Transport" },
          ...model.classes.map(({ className, propertyName }) => ({
            name: code`#${identifier(propertyName)}`,
            type: code`${identifier(className)} | undefined`,
          })),
        ],
        ctors: [
          {
            parameters: [
              {
                name: "options",
                type: identifier(`${model.clientName}Options`),
                initializer: "{}",
              },
            ],
            statements: ["this.#transport = new Transport(service, options);"],
          },
        ],
        getAccessors: model.classes.map(({ className, propertyName, docs }) => ({
          name: identifier(propertyName),
          returnType: identifier(className),
          docs: docStructures(docs),
          statements: [
            code`return (this.#${identifier(propertyName)} ??= new ${identifier(className)}(this.#transport));`,
          ],
        })),
      },
    ],
  };
}

function emptyClass(model: ApiModel): ClassDeclarationStructure {
  return {
    kind: StructureKind.Class,
    isExported: true,
    name: identifier(model.clientName),
    docs: docStructures(textPart(model.description ?? model.title)),
  };
}
