import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Loader, OnLoadResult, Plugin } from "esbuild";
import { nameOf, ROOT } from "./places.js";
import { rewritten } from "./rewrite.js";
import { UTILITIES } from "./substitutes.js";

/** Reads the sources of the generator as `rewrite.ts` tells, or what stands in for them. */
export function sources(substitutes: ReadonlyMap<string, string>): Plugin {
  return {
    name: "sources",
    setup(build) {
      build.onLoad({ filter: /[\\/]generator[\\/].*\.[jt]s$/ }, ({ path: file }) =>
        load(file, substitutes.get(nameOf(file))),
      );
      // Another entry.
      build.onResolve({ filter: /^\.\/[a-z-]+\.cjs$/ }, ({ path: specifier, importer }) =>
        importer.startsWith(path.join(ROOT, "generator"))
          ? { path: specifier, external: true }
          : undefined,
      );
    },
  };
}

/**
 * What openapi-typescript takes from a linter to cut references into parts asks for two functions of a module that
 * would bring a dozen packages along.
 */
export const withoutLinter: Plugin = {
  name: "without-linter",
  setup(build) {
    build.onResolve({ filter: /^\.\/utils$/ }, ({ importer }) =>
      importer.replaceAll("\\", "/").endsWith("/openapi-core/lib/ref-utils.js")
        ? { path: "utils", namespace: "linter" }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "linter" }, () => ({
      contents: UTILITIES,
      loader: "js",
    }));
  },
};

async function load(file: string, substitute: string | undefined): Promise<OnLoadResult> {
  const loader = path.extname(file).slice(1) as Loader;
  if (substitute !== undefined) return { contents: substitute, loader, resolveDir: ROOT };
  return { contents: rewritten(await readFile(file, "utf8"), file), loader };
}
