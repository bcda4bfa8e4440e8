import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Metafile } from "esbuild";
import { declarationsOf } from "./declarations.js";
import { PUBLIC_MODULES } from "./entries.js";
import { DIST, ROOT } from "./places.js";

/** Makes a module that hands on what a bundle exports, and its declarations, for each public module. */
export async function writePublicModules({ outputs }: Metafile): Promise<void> {
  for (const [name, source] of Object.entries(PUBLIC_MODULES)) {
    if (!existsSync(path.join(ROOT, source))) continue;
    const names = outputs[`dist/${name}.cjs`]?.exports ?? [];
    await writeFile(path.join(DIST, `${name}.js`), facade(name, names));
    await writeDeclarations(name, source);
  }
}

function facade(name: string, names: readonly string[]): string {
  return `import bundle from "./${name}.cjs";\n\nexport const { ${names.join(", ")} } = bundle;\n`;
}

/** They lie as the sources do, in a folder of their own; the first of them is handed on, so that it has its name. */
async function writeDeclarations(name: string, source: string): Promise<void> {
  for (const [file, text] of declarationsOf(source)) {
    const target = path.join(DIST, "types", path.relative("generator", file));
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target.replace(/\.ts$/, ".d.ts"), text);
  }
  const first = path
    .relative("generator", source)
    .replaceAll(path.sep, "/")
    .replace(/\.ts$/, ".js");
  await writeFile(path.join(DIST, `${name}.d.ts`), `export * from "./types/${first}";\n`);
}
