import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { build, transform, type Metafile, type OutputFile } from "esbuild";
import { entries } from "./entries.js";
import { withPlainExports } from "./exports.js";
import { DIST, nameOf, ROOT } from "./places.js";
import { sources, withoutLinter } from "./plugin.js";
import { DEPENDENCIES, substitutes } from "./substitutes.js";
import { COMPILER, oneCompiler } from "./syntax-trees.js";

/** The oldest Node.js that runs it. */
const TARGET = "node20.19";

/** What the names of files begin with that several entries share. */
const SHARED = "shared-";

/** Modules that import each other, and what went into which of them. */
export interface Bundle {
  readonly outputFiles: readonly OutputFile[];
  readonly metafile: Metafile;
}

/**
 * Bundles the generator with all packages but the dependencies: a file for each entry, and files for what several of
 * them share, in one folder. Writes nothing.
 */
export async function bundle(): Promise<Bundle> {
  const made = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(entries()),
    outdir: DIST,
    outExtension: { ".js": ".cjs" },
    chunkNames: `${SHARED}[hash]`,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: TARGET,
    // A package that has modules, too, gives names to who imports it late.
    mainFields: ["module", "main"],
    external: [...DEPENDENCIES],
    plugins: [oneCompiler, withoutLinter, sources(await substitutes())],
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    write: false,
  });
  refuseLateCommonJs(made.metafile);
  refuseEarlyCompiler(made.metafile);
  refuseCircles(made.metafile);
  return made;
}

/** In a file of its own, CommonJS that is imported late would have no names but `default`. */
function refuseLateCommonJs({ inputs }: Metafile): void {
  for (const [name, { imports }] of Object.entries(inputs)) {
    const wrong = imports.find(
      ({ kind, path: file }) => kind === "dynamic-import" && inputs[file]?.format === "cjs",
    );
    if (wrong !== undefined)
      throw new Error(`${name} has to require ${wrong.path}, not to import it`);
  }
}

/** What runs where nothing has changed, and what the second thread begins with: loading a compiler would be most of it. */
const WITHOUT_COMPILER = ["dist/cli.cjs", "dist/thread-worker.cjs", "dist/load-document.cjs"];

function refuseEarlyCompiler({ outputs }: Metafile): void {
  const reached = new Set(WITHOUT_COMPILER);
  for (const name of reached) {
    const { imports = [], inputs = {} } = outputs[name] ?? {};
    if (Object.keys(inputs).some((input) => path.resolve(ROOT, input) === COMPILER))
      throw new Error(`${WITHOUT_COMPILER.join(" or ")} loads the compiler`);
    for (const { kind, path: file } of imports) if (kind === "import-statement") reached.add(file);
  }
}

/** What files export is there once they have run: see `exports.ts`. */
function refuseCircles({ outputs }: Metafile): void {
  const done = new Set<string>();
  const visit = (file: string, around: readonly string[]): void => {
    if (around.includes(file)) throw new Error([...around, file].join(" imports "));
    if (done.has(file)) return;
    for (const { kind, path: next } of outputs[file]?.imports ?? [])
      if (kind === "import-statement") visit(next, [...around, file]);
    done.add(file);
  };
  for (const file of Object.keys(outputs)) visit(file, []);
}

/**
 * Writes the files of a bundle as CommonJS, and removes what was there before.
 *
 * In two steps, for esbuild splits modules only. CommonJS it has to be: the compilers are that, too, and Node.js takes
 * 0.3 s longer to import what it requires at once; see `generator/load-typescript.js`.
 */
export async function writeBundle({ outputFiles }: Bundle): Promise<void> {
  await rm(DIST, { recursive: true, force: true });
  await mkdir(DIST, { recursive: true });
  await Promise.all(outputFiles.map(writeCommonJs));
}

async function writeCommonJs({ path: file, text }: OutputFile): Promise<void> {
  const isProgram = nameOf(file) === "dist/bin.cjs";
  // Who imports an entry from modules needs what Node.js finds in its text.
  const isShared = nameOf(file).startsWith(`dist/${SHARED}`);
  const { code } = await transform(isShared ? withPlainExports(text) : text, {
    format: "cjs",
    platform: "node",
    target: TARGET,
    define: { "import.meta.url": "__chunk" },
    // Imported from CommonJS, CommonJS would have no other names but what Node.js finds in its text.
    supported: { "dynamic-import": false },
    legalComments: "none",
    logOverride: { "commonjs-variable-in-esm": "silent" },
  });
  const chunk = code.includes("__chunk")
    ? `const __chunk = require("node:url").pathToFileURL(__filename).href;\n`
    : "";
  const [shebang, rest] = code.startsWith("#!") ? splitLine(code) : ["", code];
  await writeFile(path.resolve(file), shebang + chunk + rest, { mode: isProgram ? 0o755 : 0o644 });
}

function splitLine(text: string): [string, string] {
  const end = text.indexOf("\n") + 1;
  return [text.slice(0, end), text.slice(end)];
}
