import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Plugin } from "esbuild";
import { nameOf, ROOT } from "./places.js";

/*
 * The part of the compiler of ts-morph that makes, reads and walks syntax trees, as a module of the bundle. A fifth of
 * the compiler, which takes 0.04 s to load, and ts-morph with all of it 0.22 s (Node.js 24, CPU): a run that generates
 * clients needs no more.
 */

const require = createRequire(path.join(ROOT, "package.json"));

/** The compiler, as one file of many modules one after the other, each with its name before it. */
export const COMPILER = createRequire(require.resolve("ts-morph")).resolve(
  "@ts-morph/common/dist/typescript.js",
);

/** What the bundles call it. */
const NAME = "syntax-trees";

/** What stands in the package in place of `generator/emit/verify/syntax-trees.ts`. */
export const SYNTAX_TREES = `export { ts } from "${NAME}";`;

/** Who asks for `typescript` and needs syntax trees only: the generator itself, and what makes types for it. */
const MAKES_TREES = /^generator\/|\/openapi-typescript\/dist\//;

/** Answers everybody who asks for a compiler with that of ts-morph, or the part of it that makes syntax trees. */
export const oneCompiler: Plugin = {
  name: "one-compiler",
  setup(build) {
    build.onResolve({ filter: /^typescript$/ }, ({ importer }) => ({
      path: MAKES_TREES.test(nameOf(importer)) ? NAME : "ts-morph",
      namespace: "one",
    }));
    build.onLoad({ filter: /.*/, namespace: "one" }, ({ path: name }) => ({
      contents: `module.exports = require("${name}").ts;`,
      loader: "js",
      resolveDir: ROOT,
    }));
    build.onResolve({ filter: new RegExp(`^${NAME}$`) }, () => ({ path: COMPILER }));
    build.onLoad({ filter: /[\\/]@ts-morph[\\/]common[\\/]dist[\\/]typescript\.js$/ }, () => ({
      contents: syntaxTrees(readFileSync(COMPILER, "utf8"), usedNames()),
      loader: "js",
    }));
  },
};

/** The version of the compiler of ts-morph. */
export function compilerVersion(): string {
  const [, version] = /^var version = "([^"]+)";$/m.exec(readFileSync(COMPILER, "utf8")) ?? [];
  if (version === undefined) throw new Error(`${COMPILER} does not tell its version`);
  return version;
}

/**
 * The compiler as a module that exports `ts` with some of its members, without everything that nobody needs for them
 * once it is bundled. Only the modules of the compiler proper are taken: those of the language service register
 * themselves when they are loaded, and so could not be told from what is needed.
 *
 * @param text the compiler as it is published
 * @throws Error if it is not laid out as expected
 */
export function syntaxTrees(text: string, names: ReadonlySet<string>): string {
  const [helpers = "", ...modules] = text
    .slice(text.indexOf("var __defProp"))
    .split(/^(?=\/\/ src\/)/m);
  const exported = new Set(
    /^__export\(typescript_exports, \{([^}]*)\}\);$/m
      .exec(modules.join(""))?.[1]
      ?.match(/\w+(?=:)/g),
  );
  const members = [...names].filter((name) => exported.has(name)).sort();
  const compiler = modules.filter((module) => module.startsWith("// src/compiler/"));
  if (members.length < 20 || compiler.length < 50)
    throw new Error("the compiler is laid out in another way: see build/syntax-trees.ts");
  return [
    helpers.replace(/^var __export = [\s\S]*?^\};$/m, (definition) =>
      definition.replace(/\};$/, "  return target;\n};"),
    ),
    // What is exported under one name goes if nobody uses that.
    ...compiler.map((module) =>
      module.replace(
        /^var (\w+) = \{\};\n__export\(\1, /gm,
        "var $1 = /* @__PURE__ */ __export({}, ",
      ),
    ),
    `export const ts = { ${members.join(", ")} };\n`,
  ].join("");
}

/** The members of `ts` that those read who make, read or walk syntax trees; some that are types only are among them. */
export function usedNames(): ReadonlySet<string> {
  const texts = [...ownSources(), ...typeSources()].map((file) => readFileSync(file, "utf8"));
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/\bts(?:__default)?\.(\w+)/g)].map(([, name = ""]) => name),
    ),
  );
}

function ownSources(): readonly string[] {
  const isMeant = (text: string): boolean =>
    /from "[./]+\/(?:syntax-trees|openapi-typescript)\.js"|\("typescript"\)/.test(text);
  return filesIn(path.join(ROOT, "generator"), /\.ts$/).filter((file) =>
    isMeant(readFileSync(file, "utf8")),
  );
}

/** openapi-typescript: what makes types, and what that uses. */
function typeSources(): readonly string[] {
  const folder = path.join(
    path.dirname(require.resolve("openapi-typescript/package.json")),
    "dist",
  );
  return ["transform", "lib"].flatMap((name) => filesIn(path.join(folder, name), /\.cjs$/));
}

function filesIn(folder: string, ending: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}
