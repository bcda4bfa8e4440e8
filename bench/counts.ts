import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { bundleOf, IMPORTS } from "../test/size/bundles.js";
import { repository } from "../test/support/repository.js";
import { warmCounts } from "./warm-counts.js";

/** Counts by what they count: the same on every machine, however busy it is. */
export type Counts = Readonly<Record<string, number>>;

const SERVICES = ["mastodon", "peertube", "sftpgo"];

/** What costs users something: bytes to read, to bundle and to check, and what is made again after a change. */
export async function countAll(): Promise<Counts> {
  const counts: Record<string, number> = {};
  for (const folder of ["runtime", ...SERVICES]) {
    const files = filesBelow(repository(`generated/${folder}`));
    const code = files.filter((file) => file.endsWith(".ts"));
    counts[`${folder}: files of code`] = code.length;
    counts[`${folder}: bytes of code`] = sizeOf(code);
    const pages = files.filter((file) => file.endsWith(".md"));
    if (pages.length > 0) counts[`${folder}: bytes of pages`] = sizeOf(pages);
  }
  for (const service of SERVICES) Object.assign(counts, checked(service));
  for (const one of IMPORTS)
    counts[`${one.service}: bundle of ${one.name}`] = (await bundleOf(one)).size;
  return { ...counts, ...(await warmCounts()) };
}

/** What the compiler counts of a program; it has no types for it. */
interface Counting extends ts.Program {
  readonly getInstantiationCount: () => number;
  readonly getSymbolCount: () => number;
  readonly getTypeCount: () => number;
}

/** What the compiler has to do for one client. */
function checked(service: string): Counts {
  const program = ts.createProgram([repository(`generated/${service}/index.ts`)], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
    skipLibCheck: true,
  }) as Counting;
  const [mistake] = ts.getPreEmitDiagnostics(program);
  if (mistake !== undefined)
    throw new Error(`${service}: ${ts.flattenDiagnosticMessageText(mistake.messageText, " ")}`);
  return {
    [`${service}: instantiations`]: program.getInstantiationCount(),
    [`${service}: types`]: program.getTypeCount(),
    [`${service}: symbols`]: program.getSymbolCount(),
  };
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => path.join(folder, file))
    .filter((file) => statSync(file).isFile());
}

function sizeOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}
