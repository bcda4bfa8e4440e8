import { compareText } from "../document/json.js";
import type { ApiModel } from "../model/api-model.js";
import type { Docs } from "../types/docs.js";
import { linkedNames } from "./comments.js";
import { importFrom, type Statement } from "./layout/statements.js";

/** A name that a file takes from another one. */
export interface Import {
  readonly name: string;
  readonly from: string;
  readonly isType: boolean;
}

/** Import declarations: one per module, sorted, `import type` where nothing but types is taken. */
export function importDeclarations(imports: readonly Import[]): readonly Statement[] {
  const modules = new Map<string, Map<string, boolean>>();
  for (const { name, from, isType } of imports) {
    const names = modules.get(from) ?? new Map<string, boolean>();
    names.set(name, isType && (names.get(name) ?? true));
    modules.set(from, names);
  }
  return [...modules]
    .sort(([left], [right]) => compareText(left, right))
    .map(([from, names]) => importDeclaration(from, names));
}

function importDeclaration(from: string, names: ReadonlyMap<string, boolean>): Statement {
  const isTypeOnly = [...names.values()].every((isType) => isType);
  const specifiers = [...names]
    .sort(([left], [right]) => compareText(left, right))
    .map(([name, isType]) => ({ name, isType: isType && !isTypeOnly }));
  return importFrom(specifiers, from, isTypeOnly);
}

/** The type of files in multipart bodies. */
export function filePartImport(runtime: string): Import {
  return { name: "FilePart", from: `${runtime}/stream-part.js`, isType: true };
}

/** The files in which names of a client are declared. */
export interface Places {
  /** Those of classes, by the names of the types of their operations. */
  readonly ofOperations: ReadonlyMap<string, string>;
  /** By every name that a link can lead to. */
  readonly ofLinks: ReadonlyMap<string, string>;
}

export function placesOf(model: Pick<ApiModel, "classes" | "schemas">): Places {
  const ofOperations = declaringFiles(model);
  const ofLinks = new Map([
    ...model.classes.map(({ className, fileStem }) => [className, `./${fileStem}.js`] as const),
    ...model.schemas.map(({ name }) => [name, "./models.js"] as const),
    ...ofOperations,
  ]);
  return { ofOperations, ofLinks };
}

/**
 * What links in comments of a file name. To the compiler a link is a use of an import.
 *
 * @param docs all comments of the file
 * @param own the names that the file declares
 */
export function linkImports(
  docs: readonly Docs[],
  { ofLinks: files }: Places,
  own: ReadonlySet<string>,
): readonly Import[] {
  const names = docs.flatMap(linkedNames).filter((name) => !own.has(name));
  return names.flatMap((name) => {
    const from = files.get(name);
    return from === undefined ? [] : [{ name, from, isType: true }];
  });
}

function declaringFiles({ classes }: Pick<ApiModel, "classes">): ReadonlyMap<string, string> {
  return new Map(
    classes.flatMap(({ fileStem, operations }) =>
      operations
        .flatMap(({ declarations }) => declarations)
        .map(({ name }) => [name, `./${fileStem}.js`] as const),
    ),
  );
}
