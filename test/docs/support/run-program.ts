import { compileFunction } from "node:vm";
import ts from "typescript";
import { repository } from "../../support/repository.js";

/** What became of a program. */
export interface Ran {
  /** What it wrote with `console.log`, line by line. */
  readonly output: readonly (readonly unknown[])[];
  /** What it wrote with any other function of `console`. */
  readonly complaints: readonly (readonly unknown[])[];
  /** What it threw; `undefined` for nothing. */
  readonly thrown: unknown;
}

/** What programs read of their environment: a credential for each way to log in. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  ACCESS_TOKEN: "access-token",
  API_KEY: "api-key",
  BEARER_TOKEN: "bearer-token",
  PASSWORD: "word",
  USERNAME: "user",
};

/**
 * Runs a program as it stands, as a file beside `generated/`, except that its environment and its console are ours
 * and that it finds no files of this machine.
 */
export async function runProgram(code: string): Promise<Ran> {
  const output: unknown[][] = [];
  const complaints: unknown[][] = [];
  const complain = (...values: unknown[]): unknown => complaints.push(values);
  const modules = await modulesOf(code);
  const scope = {
    console: {
      log: (...values: unknown[]) => output.push(values),
      ...{ debug: complain, error: complain, info: complain, warn: complain },
    },
    process: { env: ENVIRONMENT },
    require: (name: string) => modules.get(name),
    exports: {},
  };
  const program = compileFunction(
    `return (async () => {${asCommonJs(code)}\n})();`,
    Object.keys(scope),
  ) as (...values: readonly unknown[]) => Promise<void>;
  try {
    await program(...Object.values(scope));
    return { output, complaints, thrown: undefined };
  } catch (error) {
    return { output, complaints, thrown: error ?? new Error("nothing was thrown") };
  }
}

/** As a function body: what is imported comes from `require`, and it may wait. */
function asCommonJs(code: string): string {
  return ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  }).outputText;
}

async function modulesOf(code: string): Promise<ReadonlyMap<string, unknown>> {
  const names = ts.preProcessFile(code).importedFiles.map(({ fileName }) => fileName);
  const entries = names.map(async (name) => {
    const found: unknown = await import(name.startsWith(".") ? repository(name) : name);
    return [name, found] as const;
  });
  return new Map(await Promise.all(entries));
}
