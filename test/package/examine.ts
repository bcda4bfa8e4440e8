import { repository } from "../support/repository.js";
import { expectCode, installed, type Surroundings } from "./programs.js";

/** What may lie in the package besides `dist/`. */
const BESIDES = ["CHANGELOG.md", "LICENSE", "README.md", "package.json", "schema.json"];

/** Sources that users get: they become part of their clients. */
const TEMPLATE = /^dist\/templates\/.*\.ts$/;

/** Throws unless the tools that look at packages find nothing. */
export async function lint(tarball: string, surroundings: Surroundings): Promise<void> {
  const publint = installed("publint/src/cli.js");
  const attw = installed("@arethetypeswrong/cli/dist/index.js");
  await expectCode(0, ["node", publint, "run", tarball, "--strict"], surroundings);
  // It is imported; Node.js 20.19 and later can require it all the same.
  await expectCode(0, ["node", attw, "--profile", "esm-only", tarball], surroundings);
}

/** Throws if anything is packed that nobody needs. */
export function examineFiles(files: readonly string[]): void {
  const wrong = files.filter(
    (file) =>
      (!file.startsWith("dist/") && !BESIDES.includes(file)) ||
      (/(?<!\.d)\.ts$/.test(file) && !TEMPLATE.test(file)),
  );
  if (wrong.length > 0) throw new Error(`the package has ${wrong.join(", ")}`);
}

/** The oldest and the newest compiler that is supported, each with one way to find modules. */
const COMPILERS = [
  ["typescript-5.4", "--module", "nodenext"],
  ["typescript-6", "--module", "esnext", "--moduleResolution", "bundler"],
] as const;

/** Throws unless a program that uses the package compiles in a project that has it installed. */
export async function compile(surroundings: Surroundings): Promise<void> {
  for (const [compiler, ...modules] of COMPILERS) {
    const tsc = repository(`node_modules/${compiler}/bin/tsc`);
    const types = ["--types", "node", "--typeRoots", repository("node_modules/@types")];
    const options = ["--noEmit", "--strict", "--target", "es2022", ...types, ...modules];
    await expectCode(0, ["node", tsc, ...options, "program.ts"], surroundings);
  }
}

/** Throws unless the plugin is there for whoever has Vite; nothing of Vite is needed to load it. */
export async function importPlugin(surroundings: Surroundings): Promise<void> {
  const program = `import { driftline } from "driftline/vite"; console.log(driftline().name);`;
  await expectCode(0, ["node", "--input-type=module", "--eval", program], surroundings);
}
