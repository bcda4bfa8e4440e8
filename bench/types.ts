import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../test/support/repository.js";
import {
  installed,
  makeOthers,
  node,
  orvalModules,
  SERVICES,
  type Service,
  titleOf,
} from "./calls-others.js";
import { tell } from "./progress.js";
import type { Table } from "./suite.js";
import { CLASSES, CLIENTS, type Client, programOf } from "./types-programs.js";

/*
 * What it costs to check the types of a program over ours and over the clients of others, by the same options of the
 * compiler, with TypeScript 5.9 and 7.
 */

export const name = "types";

/** How often each program is checked, in turns with all others; the medians count. */
const TURNS = 3;

/** The compilers, as `bench/package.json` calls them; 7 is told to use one thread, so that its memory is comparable. */
const COMPILERS = [
  { title: "TypeScript 5.9", package: "typescript", flags: [] },
  { title: "TypeScript 7", package: "typescript-7", flags: ["--singleThreaded"] },
] as const;

/** What the compiler tells of one run. Seconds of the processor, and kilobytes as it counts them. */
interface Cost {
  readonly seconds: number;
  readonly memory: number;
  readonly instantiations: number;
  readonly types: number;
  readonly files: number;
  /** How many errors it found; a client that does not compile is told as such. */
  readonly errors: number;
}

/**
 * Measures. Takes about three minutes.
 *
 * @throws Error if a generator or compiler does not start, or a program over one of ours has an error.
 */
export function tables(folder: string): readonly Table[] {
  makeOthers(folder);
  for (const service of SERVICES) makeRest(folder, service);
  symlinkSync(installed(), path.join(folder, "node_modules"));
  return COMPILERS.map((compiler) => tableOf(compiler, folder));
}

/** What makeOthers leaves out: the types of openapi-typescript, ours as JavaScript, and all of orval's in one module. */
function makeRest(folder: string, service: Service): void {
  const document = path.join(folder, `${service}.yaml`);
  const types = path.join(folder, `openapi-typescript-${service}.ts`);
  execFileSync(node(), [installed("openapi-typescript", "bin/cli.js"), document, "-o", types], {
    stdio: "ignore",
  });
  const ours = ["--input", document, "--output", path.join(folder, `javascript-${service}`)];
  const bin = repository("generator/bin.js");
  const settings = ["--name", CLASSES[service], "--language", "javascript"];
  execFileSync(process.execPath, [bin, "generate", ...ours, ...settings], { stdio: "ignore" });
  // orval writes a module for each tag, and none that has all of them. Their other exports repeat each other's names.
  const modules = orvalModules(folder, service).map((module) => {
    const functions = readFileSync(module, "utf8").matchAll(/^export const (\w+) = async/gm);
    const names = [...functions].map(([, found]) => found).join(", ");
    return `export { ${names} } from ${JSON.stringify(module.replace(/\.ts$/, ".js"))};\n`;
  });
  writeFileSync(path.join(folder, `orval-${service}`, "all.ts"), modules.join(""));
}

function tableOf(compiler: (typeof COMPILERS)[number], folder: string): Table {
  const programs = SERVICES.flatMap((service) =>
    CLIENTS.map((client) => ({ service, client, file: writeProgram(folder, service, client) })),
  );
  const costs = new Map(programs.map(({ file }) => [file, [] as Cost[]]));
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const { file } of programs) costs.get(file)?.push(check(compiler, file));
    tell(`${compiler.title}: turn ${turn + 1} of ${TURNS}`);
  }
  for (const { service, client, file } of programs) {
    const broken = costs.get(file)?.some(({ errors }) => errors > 0) === true;
    if (broken && client.startsWith("ours")) throw new Error(`${file} (${service}) has errors.`);
  }
  return {
    title: `Checking types, ${compiler.title}`,
    note:
      `Three calls of each service and the use of their answers, strict, skipLibCheck; medians of ${TURNS} runs in ` +
      "turns; the compiler's start and libraries are in all figures. Ours, hey-api's and orval's runtimes are sources " +
      "that are checked, too; those of openapi-fetch and of ours as JavaScript are declarations, which skipLibCheck " +
      "skips. orval's and openapi-fetch's know neither credentials nor retries.",
    header: ["service", "client", "seconds", "MB", "instantiations", "types", "files", "errors"],
    rows: programs.map(({ service, client, file }) =>
      rowOf(service, titleOfClient(client), costs.get(file) ?? []),
    ),
  };
}

function rowOf(service: string, client: string, costs: readonly Cost[]): readonly string[] {
  const median = (of: (cost: Cost) => number): number =>
    costs.map(of).sort((one, other) => one - other)[(TURNS - 1) / 2] ?? NaN;
  return [
    service,
    client,
    median(({ seconds }) => seconds).toFixed(2),
    (median(({ memory }) => memory) / 1024).toFixed(0),
    median(({ instantiations }) => instantiations).toLocaleString("en"),
    median(({ types }) => types).toLocaleString("en"),
    String(median(({ files }) => files)),
    String(median(({ errors }) => errors)),
  ];
}

function titleOfClient(client: Client): string {
  if (client === "hey-api" || client === "orval") return titleOf(client);
  return client === "openapi-typescript" ? `${client} + ${titleOf("openapi-fetch")}` : client;
}

/** Where the generated code of a client is, as an import names it. */
function moduleOf(folder: string, service: Service, client: Client): string {
  switch (client) {
    case "ours":
      return repository(`generated/${service}/index.js`);
    case "ours, JavaScript":
      return path.join(folder, `javascript-${service}`, "index.js");
    case "hey-api":
      return path.join(folder, `hey-api-${service}`, "index.js");
    case "orval":
      return path.join(folder, `orval-${service}`, "all.js");
    case "openapi-typescript":
      return path.join(folder, `openapi-typescript-${service}.js`);
  }
}

/** Writes a program and its configuration; gives the configuration's place. */
function writeProgram(folder: string, service: Service, client: Client): string {
  const own = path.join(folder, "programs", service, client.replaceAll(/\W+/g, "-"));
  mkdirSync(own, { recursive: true });
  writeFileSync(
    path.join(own, "program.ts"),
    programOf(client, service, moduleOf(folder, service, client)),
  );
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2024", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
    module: "ESNext",
    moduleResolution: "Bundler",
    types: [],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const config = path.join(own, "tsconfig.json");
  writeFileSync(config, JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  return config;
}

/** One run of a compiler. Errors in clients of others are counted: the rest of the figures holds all the same. */
function check({ package: compiler, flags }: (typeof COMPILERS)[number], config: string): Cost {
  const words = [installed(compiler, "bin/tsc"), "-p", config, "--extendedDiagnostics", ...flags];
  // Bash tells the time of all processes below: TypeScript 7 is started by a small program of its own.
  const script = 'TIMEFORMAT="%U %S"; time "$@"';
  const { stdout, stderr } = spawnSync("bash", ["-c", script, "bash", node(), ...words], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    env: { ...process.env, LC_ALL: "C" },
  });
  const told = (what: string): number => {
    const [, digits] = new RegExp(`^${what}:\\s+(\\d+)`, "m").exec(stdout) ?? [];
    if (digits === undefined) throw new Error(`${compiler} does not tell "${what}": ${stderr}`);
    return Number(digits);
  };
  const [user = NaN, system = NaN] = (stderr.trim().split("\n").at(-1) ?? "")
    .split(" ")
    .map(Number);
  return {
    seconds: user + system,
    memory: told("Memory used"),
    instantiations: told("Instantiations"),
    types: told("Types"),
    files: told("Files"),
    errors: stdout.match(/error TS/g)?.length ?? 0,
  };
}
