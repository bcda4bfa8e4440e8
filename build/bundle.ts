import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { build, transform, type Metafile, type OutputFile } from "esbuild";
import { entries } from "./entries.js";
import { DIST, nameOf, ROOT } from "./places.js";
import { oneCompiler, sources, withoutLinter } from "./plugin.js";
import { DEPENDENCIES, substitutes } from "./substitutes.js";

/** The oldest Node.js that runs it. */
const TARGET = "node20.19";

/**
 * Bundles the generator with all packages but the dependencies into CommonJS, in one folder: a file for each entry,
 * and files for what several of them share.
 *
 * In two steps, for esbuild splits modules only. CommonJS it has to be: the compilers are that, too, and Node.js takes
 * 0.3 s to import what it requires at once; see `generator/load-typescript.js`.
 *
 * @returns what went into which file
 */
export async function bundle(): Promise<Metafile> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(entries()),
    outdir: DIST,
    outExtension: { ".js": ".cjs" },
    chunkNames: "shared-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: TARGET,
    external: [...DEPENDENCIES],
    plugins: [oneCompiler, withoutLinter, sources(await substitutes())],
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    write: false,
  });
  await rm(DIST, { recursive: true, force: true });
  await mkdir(DIST, { recursive: true });
  await Promise.all(outputFiles.map(writeCommonJs));
  return metafile;
}

async function writeCommonJs({ path: file, text }: OutputFile): Promise<void> {
  const isProgram = nameOf(file) === "dist/bin.cjs";
  const { code } = await transform(text, {
    format: "cjs",
    platform: "node",
    target: TARGET,
    define: { "import.meta.url": "__chunk" },
    legalComments: "none",
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
