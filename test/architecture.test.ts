import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Node, Project, type SourceFile, SyntaxKind, VariableDeclarationKind } from "ts-morph";
import { describe, expect, it } from "vitest";
import { DECIDING_PACKAGES } from "../generator/output/deciding-packages.js";
import { RESERVED_FILE_STEMS, RESERVED_TYPES } from "../generator/names/reserved.js";
import { helperOf, helpers as readHelpers } from "../generator/templates.js";
import { repository } from "./support/repository.js";

/*
 * What keeps the project readable as it grows. Each list of permissions fails when an entry is no longer used.
 */

const project = new Project({
  compilerOptions: { allowJs: true },
  skipAddingFilesFromTsConfig: true,
  skipFileDependencyResolution: true,
});
project.addSourceFilesAtPaths([
  repository("generator/**/*.{ts,js}"),
  repository("templates/**/*.{ts,js}"),
]);
const FILES = project.getSourceFiles();
const GENERATOR = FILES.filter((file) => nameOf(file).startsWith("generator/"));
const TEMPLATES = FILES.filter((file) => nameOf(file).startsWith("templates/"));

/** What each part of the generator may import from, in the order of the line. Parts are folders or single files. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  document: ["diagnostics"],
  diagnostics: ["document"],
  config: ["bridges", "select", "document", "diagnostics"],
  select: ["resolve", "document", "diagnostics"],
  overlay: ["document", "diagnostics"],
  "load-document": ["overlay", "document", "diagnostics"],
  resolve: ["document", "diagnostics"],
  names: ["resolve", "document", "diagnostics"],
  pins: ["config", "names", "document", "diagnostics"],
  types: ["names", "resolve", "document", "diagnostics"],
  model: ["types", "names", "resolve", "document", "diagnostics"],
  emit: ["model", "types", "resolve", "document", "output"],
  output: ["document", "diagnostics", "emit"],
  examples: ["emit", "model", "types", "names", "resolve", "document"],
  reference: ["examples", "emit", "model", "types", "names", "resolve", "document"],
  docs: [
    "reference",
    "examples",
    "resolve",
    "model",
    "types",
    "emit",
    "output",
    "document",
    "diagnostics",
  ],
  site: ["docs", "reference", "model", "types", "diagnostics"],
  javascript: ["config", "output"],
  bridges: ["examples", "emit", "model", "types", "names", "resolve", "document"],
  "search-library": [],
  templates: ["search-library", "site", "docs", "names", "output"],
  doctor: ["overlay", "stages", "names", "resolve", "document", "diagnostics"],
  "pipeline-port": [
    "config",
    "bridges",
    "site",
    "docs",
    "reference",
    "drift",
    "select",
    "doctor",
    "names",
    "output",
    "document",
    "diagnostics",
  ],
  stages: ["drift", "select", "model", "types", "names", "resolve", "document", "diagnostics"],
  drift: [
    "emit",
    "output",
    "config",
    "select",
    "model",
    "types",
    "names",
    "resolve",
    "document",
    "diagnostics",
  ],
  "compare-services": [
    "pipeline-port",
    "templates",
    "drift",
    "stages",
    "output",
    "document",
    "diagnostics",
  ],
  inspect: ["pipeline-port", "stages", "emit", "model", "names", "document", "diagnostics"],
  "make-pages": ["pipeline-port", "templates", "docs", "reference", "types", "model", "output"],
  "make-bridges": ["bridges", "emit", "output"],
  pipeline: [
    "pipeline-port",
    "make-bridges",
    "make-files",
    "make-pages",
    "doctor",
    "inspect",
    "stages",
    "emit",
    "types",
    "model",
    "output",
    "document",
    "diagnostics",
  ],
  "load-typescript": [],
  "optimize-late": [],
  "make-files": ["make-pages", "emit", "model", "output"],
  thread: [
    "load-typescript",
    "load-document",
    "make-files",
    "make-pages",
    "emit",
    "model",
    "output",
    "document",
  ],
  "open-pipeline": [
    "pipeline-port",
    "compare-services",
    "javascript",
    "load-document",
    "make-bridges",
    "make-pages",
    "pipeline",
    "templates",
    "thread",
  ],
  init: ["config", "document", "diagnostics"],
  commands: [
    "init",
    "watch",
    "bridges",
    "load-document",
    "site",
    "pins",
    "drift",
    "doctor",
    "pipeline-port",
    "config",
    "select",
    "pins",
    "names",
    "output",
    "document",
    "diagnostics",
  ],
  watch: [],
  "open-inline": [
    "pipeline-port",
    "javascript",
    "load-document",
    "compare-services",
    "pipeline",
    "templates",
  ],
  api: [
    "bridges",
    "commands",
    "config",
    "drift",
    "load-document",
    "open-inline",
    "pins",
    "pipeline-port",
    "watch",
    "output",
    "document",
    "diagnostics",
  ],
  index: ["api", "diagnostics"],
  vite: ["index"],
  "open-comparing": ["commands"],
  "open-docs": ["commands"],
  "open-init": ["commands"],
  cli: [
    "bridges",
    "document",
    "pipeline-port",
    "commands",
    "drift",
    "open-comparing",
    "open-docs",
    "open-init",
    "open-pipeline",
    "optimize-late",
    "bridges",
    "config",
    "output",
    "diagnostics",
  ],
  bin: ["load-typescript", "optimize-late", "cli"],
};

/** Imports between parts that go against the order of the line, and why. */
const SINGLE_FILES: Readonly<Record<string, string>> = {
  // The header is a comment, and there is one place that makes texts harmless in comments.
  "output -> emit": "generator/output/header.ts -> generator/emit/comment-line.ts",
};

/** The packages of the generator, and the only files that import them. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  "@clack/prompts": ["generator/commands/init-questions.ts"],
  chokidar: ["generator/watch/file-watcher.ts"],
  commander: ["generator/cli.ts", "generator/cli/*"],
  "js-yaml": ["generator/document/yaml-tree.ts"],
  "json-p3": ["generator/overlay/query.ts"],
  "mdast-util-from-markdown": ["generator/docs/markdown/parse.ts"],
  "mdast-util-gfm": ["generator/docs/markdown/parse.ts", "generator/docs/markdown/print.ts"],
  "mdast-util-to-markdown": ["generator/docs/markdown/print.ts"],
  "micromark-extension-gfm": ["generator/docs/markdown/parse.ts"],
  mdast: [
    "generator/docs/markdown/block-text.ts",
    "generator/docs/markdown/harmless.ts",
    "generator/docs/markdown/html-blocks.ts",
    "generator/docs/markdown/html-words.ts",
    "generator/docs/markdown/inline-text.ts",
    "generator/docs/markdown/links.ts",
    "generator/docs/markdown/nodes.ts",
    "generator/docs/markdown/parse.ts",
    "generator/docs/markdown/print.ts",
    "generator/site/page-content.ts",
  ],
  "openapi-typescript": ["generator/types/openapi-typescript.ts"],
  picocolors: [
    "generator/cli/help.ts",
    "generator/commands/tell-init.ts",
    "generator/diagnostics/print.ts",
    "generator/drift/report/text.ts",
  ],
  hast: ["generator/site/*"],
  "hast-util-to-html": ["generator/site/element.ts"],
  "highlight.js": ["generator/site/highlight.ts"],
  "mdast-util-to-hast": ["generator/site/page-content.ts"],
  minisearch: ["generator/site/search-data.ts"],
  open: ["generator/commands/docs.ts"],
  prettier: ["generator/emit/code.ts", "generator/javascript/javascript.ts"],
  re2js: ["generator/overlay/query.ts"],
  semver: ["generator/drift/version-check.ts"],
  "ts-morph": [
    "generator/document/letters.ts",
    "generator/drift/surface/user-program.ts",
    "generator/drift/usages/open-client.ts",
    "generator/drift/usages/open-program.ts",
    "generator/drift/usages/properties.ts",
    "generator/drift/usages/read-mentions.ts",
    "generator/drift/usages/targets.ts",
    "generator/init/compiler-settings.ts",
    "generator/emit/verify/syntax-trees.ts",
    "generator/javascript/javascript.ts",
    "generator/javascript/without-types.ts",
  ],
  "ts-blank-space": ["generator/javascript/without-types.ts"],
  tsx: ["generator/load-typescript.js"],
  typescript: [
    "generator/types/lift.ts",
    "generator/types/openapi-typescript.ts",
    "generator/types/types.ts",
  ],
  vite: ["generator/vite/plugin.ts"],
  yaml: [
    "generator/document/print-yaml.ts",
    "generator/document/tolerant-yaml.ts",
    "generator/drift/accept/write.ts",
  ],
};

/** Packages that have no part in what is written, and what they are for. */
const NOT_DECIDING: Readonly<Record<string, string>> = {
  "@clack/prompts": "questions of init",
  chokidar: "when the generator runs",
  commander: "the command line",
  hast: "only types",
  mdast: "only types",
  open: "the browser",
  picocolors: "the terminal",
  semver: "the advice of comparisons",
  tsx: "running the sources",
  vite: "only types",
};

/** Stages are functions of what they are given: the modules of Node.js that they may use all the same. */
const PURE: Readonly<Record<string, readonly string[]>> = {
  resolve: [],
  names: ["node:crypto"],
  types: ["node:module"],
  model: [],
  emit: [],
  examples: [],
  reference: [],
  docs: [],
  bridges: [],
  site: [],
};

interface Import {
  readonly from: string;
  readonly specifier: string;
  /** The imported file of the repository, or `undefined` for a package. */
  readonly to: string | undefined;
  /** Whether nothing is left of it when types are stripped. */
  readonly isType: boolean;
}

const IMPORTS = FILES.flatMap(importsOf);

describe("the layers of the generator", () => {
  it("are of files that are there", () => {
    expect(GENERATOR.length).toBeGreaterThan(80);
    expect(TEMPLATES.length).toBeGreaterThan(20);
    const parts = new Set(GENERATOR.map((file) => partOf(nameOf(file))));
    expect([...parts].sort()).toEqual(Object.keys(LAYERS).sort());
  });

  it("import only from those before them in the line", () => {
    const wrong = crossings()
      .filter(([from, to]) => LAYERS[from]?.includes(to) !== true)
      .map(([, , edge]) => edge);
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(LAYERS))("%s uses everything that it is allowed to", (part, allowed) => {
    const used = new Set(crossings().flatMap(([from, to]) => (from === part ? [to] : [])));
    expect(allowed.filter((other) => !used.has(other))).toEqual([]);
  });

  it.each(Object.entries(SINGLE_FILES))("%s is one import", (pair, edge) => {
    const edges = crossings().flatMap(([from, to, text]) =>
      `${from} -> ${to}` === pair ? [text] : [],
    );
    expect(edges).toEqual([edge]);
  });

  it("have no cycle of imports", () => {
    expect(cycleIn(IMPORTS.filter(({ isType }) => !isType))).toEqual([]);
  });

  it.each(Object.entries(PURE))("%s touches nothing outside", (part, allowed) => {
    const used = IMPORTS.filter(({ from }) => partOf(from) === part)
      .map(({ specifier }) => specifier)
      .filter((specifier) => specifier.startsWith("node:"));
    expect([...new Set(used)]).toEqual(allowed);
  });
});

describe("packages", () => {
  const used = IMPORTS.filter(
    ({ to, specifier }) => to === undefined && !specifier.startsWith("node:"),
  );

  it("are imported only where they belong", () => {
    const wrong = used.filter(
      ({ from, specifier }) =>
        !(PACKAGES[packageOf(specifier)] ?? []).some((place) => fits(from, place)),
    );
    expect(wrong.map(({ from, specifier }) => `${from} -> ${specifier}`)).toEqual([]);
  });

  it.each(
    Object.entries(PACKAGES).flatMap(([name, places]) =>
      places.map((place) => [name, place] as const),
    ),
  )("%s is used in %s", (name, place) => {
    const here = used.filter(
      ({ from, specifier }) => packageOf(specifier) === name && fits(from, place),
    );
    expect(here.length).toBeGreaterThan(0);
  });
});

describe("what the generator is identified by", () => {
  it("has every package that has a part in the output", () => {
    const deciding = Object.keys(PACKAGES).filter((name) => NOT_DECIDING[name] === undefined);
    expect(deciding.sort()).toEqual([...DECIDING_PACKAGES].sort());
  });

  it("knows the version of each", async () => {
    const { devDependencies, dependencies } = JSON.parse(
      await readFile(repository("package.json"), "utf8"),
    ) as Readonly<Record<"dependencies" | "devDependencies", Readonly<Record<string, string>>>>;
    const known = { ...devDependencies, ...dependencies };
    expect(DECIDING_PACKAGES.filter((name) => !/^\d/.test(known[name] ?? ""))).toEqual([]);
  });
});

describe("the runtime", () => {
  it("imports nothing but itself", () => {
    const wrong = IMPORTS.filter(({ from }) => from.startsWith("templates/runtime/")).filter(
      ({ from, to }) => to === undefined || path.dirname(to) !== path.dirname(from),
    );
    expect(wrong.map(({ from, specifier }) => `${from} -> ${specifier}`)).toEqual([]);
  });

  it("has no cycle of imports", () => {
    const own = IMPORTS.filter(({ from, isType }) => from.startsWith("templates/") && !isType);
    expect(cycleIn(own)).toEqual([]);
  });
});

describe("helpers", () => {
  const helpers = TEMPLATES.filter((file) => nameOf(file).startsWith("templates/services/"));
  const exportsOf = (file: SourceFile): readonly string[] => [
    ...file.getExportedDeclarations().keys(),
  ];

  it("import only the runtime, which lies beside them in the output too", () => {
    const wrong = IMPORTS.filter(({ from }) => from.startsWith("templates/services/")).filter(
      ({ to }) => to?.startsWith("templates/runtime/") !== true,
    );
    expect(wrong.map(({ from, specifier }) => `${from} -> ${specifier}`)).toEqual([]);
  });

  it("have names of files that no generated file has", () => {
    const wrong = helpers
      .map((file) => file.getBaseNameWithoutExtension())
      .filter((name) => RESERVED_FILE_STEMS.has(name) || /-api$|^tag-/.test(name));
    expect(wrong).toEqual([]);
  });

  it(
    "export nothing that the index of every client exports, and nothing twice",
    { timeout: 60_000 },
    () => {
      const names = helpers.flatMap(exportsOf);
      expect(names.filter((name) => RESERVED_TYPES.has(name))).toEqual([]);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    },
  );

  it("tell of themselves on pages, each with a program", async () => {
    const told = (await readHelpers()).map(({ name, page = "" }) => [
      name,
      /^### .*\n[\s\S]*^```ts\n/m.test(page),
    ]);
    expect(told.length).toBe(helpers.length);
    expect(told.filter(([, isTold]) => isTold !== true)).toEqual([]);
  });

  it("are written so that the generator sees all that they export", () => {
    const found = helpers.map((file) => ({ path: nameOf(file), text: file.getFullText() }));
    expect(found.map((file) => [...helperOf(file).exports].sort())).toEqual(
      helpers.map((file) => [...exportsOf(file)].sort()),
    );
  });
});

describe("every file", () => {
  it("has a name in kebab case", () => {
    const wrong = FILES.map(nameOf).filter(
      (name) => !/^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)+[a-z0-9]+(?:-[a-z0-9]+)*\.(?:ts|js)$/.test(name),
    );
    expect(wrong).toEqual([]);
  });

  it("exports by name", () => {
    const wrong = FILES.filter((file) => file.getDefaultExportSymbol() !== undefined);
    expect(wrong.map(nameOf)).toEqual([]);
  });

  it("is no barrel, apart from the package as programs import it", () => {
    const wrong = FILES.filter((file) => nameOf(file) !== "generator/index.ts").filter((file) =>
      file.getExportDeclarations().some((declaration) => declaration.hasModuleSpecifier()),
    );
    expect(wrong.map(nameOf)).toEqual([]);
  });

  it("keeps no state in a variable of the module", () => {
    const wrong = FILES.filter((file) =>
      file
        .getVariableStatements()
        .some((statement) => statement.getDeclarationKind() !== VariableDeclarationKind.Const),
    );
    expect(wrong.map(nameOf)).toEqual([]);
  });
});

describe("code of generated files", () => {
  it("is made in the one place that makes texts harmless", () => {
    const casts = GENERATOR.flatMap((file) =>
      [
        ...file.getDescendantsOfKind(SyntaxKind.AsExpression),
        ...file.getDescendantsOfKind(SyntaxKind.TypeAssertionExpression),
      ]
        .filter((cast) => ["Code", "Word"].includes(cast.getTypeNode()?.getText() ?? ""))
        .map(() => nameOf(file)),
    );
    expect([...new Set(casts)]).toEqual(["generator/emit/code.ts"]);
  });
});

function nameOf(file: SourceFile): string {
  return path.relative(repository(""), file.getFilePath()).replaceAll(path.sep, "/");
}

/** `document` of `generator/document/load.ts`, and `cli` of `generator/cli.ts`. */
function partOf(name: string): string {
  const [top = "", first = "", second] = name.split("/");
  const stem = path.basename(name).replace(/\.[^.]*$/, "");
  if (top !== "generator") return top;
  return second === undefined || stem === "pipeline-port" ? stem : first;
}

/** Imports from one part of the generator to another. */
function crossings(): readonly (readonly [from: string, to: string, edge: string])[] {
  return IMPORTS.flatMap(({ from, to }) => {
    if (to?.startsWith("generator/") !== true || !from.startsWith("generator/")) return [];
    const parts = [partOf(from), partOf(to)] as const;
    return parts[0] === parts[1] ? [] : [[...parts, `${from} -> ${to}`] as const];
  });
}

function importsOf(file: SourceFile): readonly Import[] {
  const from = nameOf(file);
  const declared = file.getImportDeclarations().map((declaration) => ({
    specifier: declaration.getModuleSpecifierValue(),
    isType:
      declaration.isTypeOnly() ||
      (declaration.getNamedImports().length > 0 &&
        declaration.getNamedImports().every((named) => named.isTypeOnly()) &&
        declaration.getDefaultImport() === undefined),
  }));
  const dynamic = file
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) => ["import", "require"].includes(call.getExpression().getText()))
    .map((call) => ({ specifier: textOf(call.getArguments()[0]), isType: true }));
  return [...declared, ...dynamic].map(({ specifier, isType }) => ({
    from,
    specifier,
    isType,
    to: specifier.startsWith(".") ? targetOf(from, specifier) : undefined,
  }));
}

/** A module that is named by a literal; anything else could be any module. */
function textOf(argument: Node | undefined): string {
  const literal = argument?.asKind(SyntaxKind.StringLiteral);
  if (literal === undefined)
    throw new Error(`import(${argument?.getText() ?? ""}) names no module`);
  return literal.getLiteralText();
}

/** The file behind a specifier: `.js` may stand for a `.ts`. */
function targetOf(from: string, specifier: string): string {
  const target = path.posix.join(path.posix.dirname(from), specifier);
  const known = new Set(FILES.map(nameOf));
  const source = target.replace(/\.js$/, ".ts");
  return known.has(source) ? source : target;
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function fits(file: string, place: string): boolean {
  return place.endsWith("/*") ? path.posix.dirname(file) === place.slice(0, -2) : file === place;
}

/** Files that import each other in a circle; empty where there is none. */
function cycleIn(imports: readonly Import[]): readonly string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) {
    if (to !== undefined) targets.set(from, [...(targets.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): readonly string[] => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const target of targets.get(file) ?? []) {
      const cycle = visit(target, [...way, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  for (const file of targets.keys()) {
    const cycle = visit(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
