import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import schema from "../../generator/config/schema.json" with { type: "json" };
import { PLACES } from "../../generator/api/given-targets.js";
import { repository } from "../support/repository.js";

const ENTRIES = ["generator/index.ts", "generator/vite/plugin.ts"].map(repository);

const program = ts.createProgram(ENTRIES, {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  types: ["node"],
  declaration: true,
  emitDeclarationOnly: true,
  outDir: "/declarations",
  rootDir: repository("generator"),
});

/** The declarations of a file of the generator. */
function declarationsOf(file: string): string {
  let text = "";
  program.emit(
    program.getSourceFile(file),
    (_name, written) => {
      text = written;
    },
    undefined,
    true,
  );
  return text;
}

/** The files that declarations lead to, from the entries on. */
function reached(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    const modules = [...declarationsOf(file).matchAll(/from "([^"]+)"/g)].map(([, name]) => name);
    found.set(file, modules as string[]);
    for (const name of modules) {
      if (name?.startsWith(".") !== true) continue;
      visit(path.join(path.dirname(file), name.replace(/\.js$/, ".ts")));
    }
  };
  ENTRIES.forEach(visit);
  return found;
}

describe("the types of the package", () => {
  const files = reached();

  it("know no stage of the generator", () => {
    const names = [...files.keys()].map((file) => path.relative(repository("generator"), file));
    expect(names.sort()).toEqual([
      "api/types.ts",
      "bridges/bridge-names.ts",
      "config/language.ts",
      "document/int64-policy.ts",
      "document/limits.ts",
      "index.ts",
      "vite/plugin.ts",
    ]);
  });

  it("need no package but Vite, and that for its plugin only", () => {
    const packages = [...files].flatMap(([file, modules]) =>
      modules
        .filter((name) => !name.startsWith("."))
        .map((name) => `${path.basename(file)}: ${name}`),
    );
    expect(packages).toEqual(["plugin.ts: vite"]);
  });

  it("say what every export is for", () => {
    const checker = program.getTypeChecker();
    const undocumented = ENTRIES.flatMap((entry) => {
      const source = program.getSourceFile(entry);
      const module = source && checker.getSymbolAtLocation(source);
      return module === undefined ? [] : checker.getExportsOfModule(module);
    })
      .map((symbol) =>
        symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
      )
      .filter((symbol) => symbol.getDocumentationComment(checker).length === 0);
    expect(undocumented.map((symbol) => symbol.name)).toEqual([]);
  });
});

describe("options", () => {
  const checker = program.getTypeChecker();
  const types = program.getSourceFile(repository("generator/api/types.ts"));
  const declared = types?.statements
    .filter(ts.isInterfaceDeclaration)
    .find(({ name }) => name.text === "ClientOptions");
  const type = declared && checker.getTypeAtLocation(declared);
  const service = schema.properties.services.additionalProperties.properties;

  it("are the keys of driftline.yaml, those of places on disk apart", () => {
    const common = ["extensions", "language"];
    const keys = [...Object.keys(service).filter((key) => !PLACES.includes(key)), ...common];
    expect(
      type
        ?.getProperties()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(keys.sort());
  });

  it.each([
    ["include", Object.keys(service.include.properties)],
    ["exclude", Object.keys(service.exclude.properties)],
    ["limits", Object.keys(schema.$defs.limits.properties)],
    ["extensions", Object.keys(schema.properties.extensions.properties)],
  ])("have the keys of %s", (name, keys) => {
    const property = type?.getProperty(name);
    const found =
      property === undefined || declared === undefined
        ? []
        : checker
            .getNonNullableType(checker.getTypeOfSymbolAtLocation(property, declared))
            .getProperties();
    expect(found.map((member) => member.name).sort()).toEqual([...keys].sort());
  });
});
