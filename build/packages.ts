import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Metafile } from "esbuild";
import { ROOT } from "./places.js";
import { COMPILER, compilerVersion } from "./syntax-trees.js";

/** A package of which something is in the bundles. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** Its licence as an SPDX expression (SPDX 3.0, annex B). */
  readonly license: string;
  /** Who made it, as its `package.json` says. */
  readonly author: string;
  readonly folder: string;
  /** How much of it is in the bundles. */
  readonly bytes: number;
}

/** The packages in the bundles, sorted by name. */
export function bundledPackages({ outputs }: Metafile): readonly BundledPackage[] {
  const bytes = new Map<string, number>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = folderOf(input);
      if (folder !== undefined) bytes.set(folder, (bytes.get(folder) ?? 0) + bytesInOutput);
    }
  }
  return [...bytes]
    .filter(([, count]) => count > 0)
    .map(([folder, count]) => ({
      ...manifestOf(folder),
      ...(folder === TYPESCRIPT ? { version: compilerVersion() } : {}),
      folder,
      bytes: count,
    }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** Where the licence of the compiler stands: ts-morph has none beside it. The version in this folder is another one. */
const TYPESCRIPT = path.join(ROOT, "node_modules/typescript");

/** The folder of the package that a file of it lies in; `undefined` for our own. */
function folderOf(input: string): string | undefined {
  if (path.resolve(ROOT, input) === COMPILER) return TYPESCRIPT;
  const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
  return folder === undefined ? undefined : path.resolve(ROOT, folder);
}

function manifestOf(
  folder: string,
): Pick<BundledPackage, "name" | "version" | "license" | "author"> {
  const file = path.join(folder, "package.json");
  if (!existsSync(file)) throw new Error(`${folder} is no package`);
  const { name, version, license, author } = JSON.parse(readFileSync(file, "utf8")) as Manifest;
  const maker = typeof author === "string" ? author : author?.name;
  return { name, version, license, author: maker ?? `the authors of ${name}` };
}

interface Manifest extends Pick<BundledPackage, "name" | "version" | "license"> {
  readonly author?: string | { readonly name: string };
}
