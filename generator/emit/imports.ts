import { compareText } from "../document/json.js";
import type { ApiModel, Declaration } from "../model/api-model.js";
import { tupleParts, type TypeNode } from "../types/type-node.js";
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

/** The files in which classes have the types of their operations, by the names of those. */
export function declaringFiles({ classes }: ApiModel): ReadonlyMap<string, string> {
  return new Map(
    classes.flatMap(({ fileStem, operations }) =>
      operations
        .flatMap(({ declarations }) => declarations)
        .map(({ name }) => [name, `./${fileStem}.js`] as const),
    ),
  );
}

/** What a type refers to: names of schemas and of the runtime. */
export function referencedTypes(declarations: readonly Declaration[]): readonly TypeNode[] {
  return declarations.flatMap(({ shape }) => {
    if (shape.kind === "alias") return typeLeaves(shape.type);
    return [
      ...shape.bases.map((name): TypeNode => ({ kind: "named", name })),
      ...typeLeaves(shape.object),
    ];
  });
}

/** The types in a type of which no other is made. */
export function typeLeaves(type: TypeNode): readonly TypeNode[] {
  switch (type.kind) {
    case "array":
      return typeLeaves(type.element);
    case "tuple":
      return tupleParts(type).flatMap(typeLeaves);
    case "union":
    case "intersection":
      return type.members.flatMap(typeLeaves);
    case "object":
      return [
        ...type.members.flatMap((member) => typeLeaves(member.type)),
        ...(type.index === undefined ? [] : typeLeaves(type.index)),
      ];
    case "jsonStream":
    case "jsonItems":
      return [type, ...typeLeaves(type.item)];
    case "eventStream":
      return [type, ...(type.event === undefined ? [] : typeLeaves(type.event))];
    default:
      return [type];
  }
}
