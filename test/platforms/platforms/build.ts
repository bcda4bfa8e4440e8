import { writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { repository } from "../../support/repository.js";

/** Puts an entry and all that it imports into one file, as it would be deployed. */
export async function bundle(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [repository(`test/platforms/entries/${entry}`)],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    logLevel: "error",
  });
}

/** Turns every source into one module of JavaScript, as `tsc` does, and gives the folder of them. */
export async function transpile(outdir: string): Promise<string> {
  await build({
    entryPoints: [
      "generated/**/*.ts",
      "test/platforms/suite/*.ts",
      "test/platforms/entries/*.ts",
    ].map(repository),
    outdir,
    outbase: repository(""),
    format: "esm",
    target: "es2022",
    logLevel: "error",
  });
  writeFileSync(path.join(outdir, "package.json"), '{ "type": "module" }');
  return outdir;
}
