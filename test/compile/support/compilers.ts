import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { repository } from "../../support/repository.js";

/** A version of TypeScript: an npm alias, so that all of them are there at once. */
export interface Compiler {
  readonly version: string;
  /** Its folder in node_modules. */
  readonly folder: string;
  /** Flags of {@link STRICTEST} that this version does not know yet. */
  readonly unknown: readonly string[];
}

/** What a program is compiled with, beside the flags that all have. */
export interface FlagSet {
  readonly name: string;
  readonly flags: Readonly<Record<string, unknown>>;
  /** Whether the type-level tests belong to the program: they take null checks for granted. */
  readonly hasTypeTests: boolean;
}

export const COMPILERS: readonly Compiler[] = [
  {
    version: "5.4",
    folder: "typescript-5.4",
    unknown: ["isolatedDeclarations", "erasableSyntaxOnly"],
  },
  { version: "5.9", folder: "typescript", unknown: [] },
  { version: "6.0", folder: "typescript-6", unknown: [] },
  { version: "7.0", folder: "typescript-7", unknown: [] },
];

const BROWSER = { lib: ["ES2022", "DOM", "DOM.Iterable"], types: [] };

/** All that client.md, "Output", names, and what a careful project turns on besides. */
const STRICTEST = {
  strict: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  exactOptionalPropertyTypes: true,
  noFallthroughCasesInSwitch: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  declaration: true,
  isolatedDeclarations: true,
  erasableSyntaxOnly: true,
};

const NODE_NEXT = { module: "NodeNext", moduleResolution: "NodeNext" };

export const FLAG_SETS: readonly FlagSet[] = [
  {
    name: "loose",
    // Without "DOM.Iterable", as many projects are.
    flags: {
      lib: ["ES2022", "DOM"],
      types: [],
      strict: false,
      module: "ESNext",
      moduleResolution: "Bundler",
    },
    hasTypeTests: false,
  },
  { name: "strict", flags: { ...BROWSER, ...NODE_NEXT, strict: true }, hasTypeTests: true },
  { name: "strictest", flags: { ...BROWSER, ...NODE_NEXT, ...STRICTEST }, hasTypeTests: true },
  {
    name: "strictest, without the DOM",
    flags: {
      ...NODE_NEXT,
      ...STRICTEST,
      lib: ["ES2022"],
      types: ["node"],
      typeRoots: [repository("node_modules/@types")],
    },
    hasTypeTests: true,
  },
];

/**
 * Compiles files with one compiler and one set of flags, as a child process.
 *
 * @param folder where the `tsconfig.json` goes; a folder of its own for each program.
 * @returns what the compiler prints; empty if it has nothing to say.
 */
export async function compile(
  { folder: name, unknown }: Compiler,
  { flags }: FlagSet,
  include: readonly string[],
  folder: string,
): Promise<string> {
  const known = Object.entries(flags).filter(([flag]) => !unknown.includes(flag));
  const compilerOptions = {
    ...Object.fromEntries(known),
    target: "ES2022",
    noEmit: true,
    // Of libraries only: everything of ours is source.
    skipLibCheck: true,
  };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include }));
  const program = repository(`node_modules/${name}/bin/tsc`);
  try {
    await promisify(execFile)(
      process.execPath,
      [program, "--project", folder, "--pretty", "false"],
      {
        maxBuffer: 64_000_000,
      },
    );
    return "";
  } catch (error) {
    const { stdout, stderr, message } = error as Error & { stdout?: string; stderr?: string };
    return stdout === undefined ? message : `${stdout}${stderr ?? ""}` || message;
  }
}
