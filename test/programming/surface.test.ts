import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { compileFunction } from "node:vm";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { inTemporaryFolder } from "../cli/support.js";
import schema from "../../generator/config/schema.json" with { type: "json" };
import { PLACES } from "../../generator/api/given-targets.js";
import { repository } from "../support/repository.js";
import { PET, PETS } from "./support.js";

const ENTRIES = ["generator/index.ts", "generator/vite/plugin.ts"].map(repository);

const PAGE = readFileSync(repository("docs/programming.md"), "utf8");

/** The programs of the page, by the path of a file that each of them could be. */
const PROGRAMS = new Map(
  [...PAGE.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, text = ""], index) => [
    repository(`docs/programming-${index + 1}.ts`),
    // Those that use nothing of it show what there is.
    `${text}\nexport {};\n`,
  ]),
);

const OPTIONS: ts.CompilerOptions = {
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
  rootDir: repository(""),
  paths: {
    driftline: [repository("generator/index.ts")],
    "driftline/vite": [repository("generator/vite/plugin.ts")],
  },
};

const host = ts.createCompilerHost(OPTIONS);
const program = ts.createProgram([...ENTRIES, ...PROGRAMS.keys()], OPTIONS, {
  ...host,
  fileExists: (file) => PROGRAMS.has(file) || host.fileExists(file),
  readFile: (file) => PROGRAMS.get(file) ?? host.readFile(file),
  getSourceFile: (file, language) => {
    const text = PROGRAMS.get(file);
    return text === undefined
      ? host.getSourceFile(file, language)
      : ts.createSourceFile(file, text, language);
  },
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

describe("the page about programs", () => {
  const functions = ["check", "checkProject", "diff", "driftline", "formatDiagnostics"];
  const all = [...functions, "generate", "generateProject", "watchProject"];

  it("tells of every function", () => {
    const checker = program.getTypeChecker();
    const exported = ENTRIES.flatMap((entry) => {
      const source = program.getSourceFile(entry);
      const module = source && checker.getSymbolAtLocation(source);
      return module === undefined ? [] : checker.getExportsOfModule(module);
    }).filter((symbol) => symbol.flags & ts.SymbolFlags.Function);
    expect(exported.map(({ name }) => name).sort()).toEqual(all);
    for (const name of all) expect(PAGE).toMatch(new RegExp(`^\\| .*\\[\`${name}\`\\]`, "m"));
  });

  it.each([...PROGRAMS.keys()])("has programs that compile %#", (file) => {
    const source = program.getSourceFile(file);
    const found = ts.getPreEmitDiagnostics(program, source);
    expect(
      found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    ).toEqual([]);
  });

  it.each([...PROGRAMS].filter(([, text]) => /\bawait (?!end)/.test(text)))(
    "has programs that run %#",
    async (_file, text) => {
      await inTemporaryFolder(async (folder) => {
        const said = await run(text, folder);
        const written = existsSync(path.join(folder, "client/index.ts"));
        expect(said.length > 0 || written).toBe(true);
        const [, expected] = /^\/\/ (changed .*)$/m.exec(text) ?? [];
        if (expected !== undefined) expect(said).toEqual([expected]);
      });
    },
    60_000,
  );
});

/** Runs a program of the page in a project, and gives what it prints. One that goes on is ended after its first line. */
async function run(text: string, folder: string): Promise<readonly string[]> {
  mkdirSync(path.join(folder, "specs/schemas"), { recursive: true });
  writeFileSync(path.join(folder, "specs/api.yaml"), PETS);
  writeFileSync(path.join(folder, "specs/schemas/pet.yaml"), PET);
  writeFileSync(
    path.join(folder, "driftline.yaml"),
    "services: { pets: { input: specs/api.yaml } }\noutput: src/api\n",
  );
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const said: string[] = [];
  let interrupt = (): void => undefined;
  const say = (...values: readonly unknown[]): void => {
    said.push(values.map(String).join(" "));
    interrupt();
  };
  const scope: Record<string, unknown> = {
    console: { log: say, error: say },
    process: {
      stdout: { isTTY: false },
      stderr: { write: () => true },
      once: (_signal: string, listener: () => void) => {
        interrupt = listener;
      },
    },
    AbortController,
  };
  for (const [, names = "", from = ""] of outputText.matchAll(IMPORT)) {
    const module = await MODULES[from]?.();
    for (const name of names.split(",").map((part) => part.trim())) scope[name] = module?.[name];
    const whole = /^import (\w+) from "node:path"/m.exec(outputText)?.[1];
    if (whole !== undefined) scope[whole] = path;
  }
  const body = outputText.replaceAll(/^import .*$/gm, "").replace(/^export \{\};$/m, "");
  const program = compileFunction(`return (async () => {${body}})();`, Object.keys(scope));
  const before = process.cwd();
  process.chdir(folder);
  try {
    await (program as (...values: readonly unknown[]) => Promise<void>)(...Object.values(scope));
  } finally {
    process.chdir(before);
  }
  return said;
}

const IMPORT = /^import \{ ([^}]*) \} from "([^"]+)";$/gm;

const MODULES: Readonly<Record<string, () => Promise<Readonly<Record<string, unknown>>>>> = {
  driftline: () => import("../../generator/index.js"),
  "node:fs/promises": () => import("node:fs/promises"),
};
