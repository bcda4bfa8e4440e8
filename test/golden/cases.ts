import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { BridgeName } from "../../generator/bridges/bridge-names.js";
import type { Diagnostic, Outcome } from "../../generator/diagnostics/diagnostic.js";
import { printDiagnostics } from "../../generator/diagnostics/print.js";
import type { ExtensionNames } from "../../generator/document/extension-names.js";
import type { AllowedOrigin } from "../../generator/document/fetch-file.js";
import { valueHash } from "../../generator/document/hashes.js";
import type { Int64Policy } from "../../generator/document/int64-policy.js";
import { LIMITS, type Limits } from "../../generator/document/limits.js";
import type { Helper } from "../../generator/names/helper.js";
import {
  LOCK_FILE,
  lockedService,
  lockText,
  ONLY_SERVICE,
  readLock,
  withServices,
  type Lock,
} from "../../generator/pins/lock-file.js";
import type { GeneratedFile } from "../../generator/output/generated-file.js";
import type { FilterEntry, OperationFilter, Selection } from "../../generator/select/selection.js";
import { helperOf } from "../../generator/templates.js";
import { generateFile, printed, type Generated } from "../support/generate.js";
import { repository } from "../support/repository.js";

/*
 * A case is a folder: `document.yaml` or `document.json` with the files it refers to, the files that it is about in
 * `expected/`, and what is found in `diagnostics.txt`, where anything is. `UPDATE_GOLDEN=1` writes the last two. With
 * a `driftline.lock` beside the document, the next one is among what is expected.
 */

export interface GoldenCase {
  readonly name: string;
  readonly folder: string;
  readonly settings: CaseSettings;
}

/** What an optional `case.yaml` says. */
interface CaseSettings {
  /** The generated files that the case is about. Default: `models.ts` and the classes. */
  readonly files?: readonly string[];
  /** Overlays: files of the case. */
  readonly overlays?: readonly string[];
  /** Limits of the loader that the document is to exceed. */
  readonly limits?: Partial<Limits>;
  /** Folders that references may read, relative to that of the case. */
  readonly folders?: readonly string[];
  /** Origins from which references may fetch. */
  readonly origins?: readonly AllowedOrigin[];
  /** Extensions that are read, as the configuration names them. */
  readonly extensions?: ExtensionNames;
  /** What 64-bit integers are. Default: numbers. */
  readonly int64?: Int64Policy;
  /** Helpers of the client: files of the case, without ending. */
  readonly helpers?: readonly string[];
  /** Which operations are taken, as the configuration says it. */
  readonly include?: FilterSettings;
  readonly exclude?: FilterSettings;
  readonly prune?: boolean;
}

/** A filter without the places of its entries. */
interface FilterSettings {
  readonly tags?: readonly string[];
  readonly paths?: readonly string[];
  readonly operations?: readonly string[];
  readonly deprecated?: boolean;
}

const SETTINGS: readonly string[] = [
  "files",
  "overlays",
  "limits",
  "folders",
  "origins",
  "extensions",
  "int64",
  "helpers",
  "include",
  "exclude",
  "prune",
] satisfies (keyof CaseSettings)[];

export interface CaseResult {
  /** All generated files; `undefined` after an error. */
  readonly files: readonly GeneratedFile[] | undefined;
  /** What the folder should hold, by path in it. */
  readonly shown: ReadonlyMap<string, string>;
}

const FOLDER = repository("test/golden");
const FINDINGS = "diagnostics.txt";

/** The names of all cases, sorted. */
export function caseNames(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((name) => statSync(path.join(FOLDER, name)).isDirectory())
    .sort();
}

/** Reads the settings of a case. Throws for a setting that there is none of. */
export function readCase(name: string): GoldenCase {
  const folder = path.join(FOLDER, name);
  const file = path.join(folder, "case.yaml");
  const settings = existsSync(file) ? (parse(readFileSync(file, "utf8")) as CaseSettings) : {};
  const unknown = Object.keys(settings).filter((key) => !SETTINGS.includes(key));
  if (unknown.length > 0) throw new Error(`${name}/case.yaml has ${unknown.join(", ")}`);
  return { name, folder, settings };
}

/** The root document of a case, relative to the repository. */
export function documentOfCase({ name, folder }: GoldenCase): string {
  const isJson = existsSync(path.join(folder, "document.json"));
  return `test/golden/${name}/document.${isJson ? "json" : "yaml"}`;
}

/** Sends the document of a case down the line. What bridges give is part of no expectation. */
export async function runCase(
  found: GoldenCase,
  bridges: readonly BridgeName[] = [],
): Promise<CaseResult> {
  const { files: wanted, overlays = [], folders = [], origins = [] } = found.settings;
  const { limits, extensions, int64, helpers } = found.settings;
  const selection = selectionOf(found.settings);
  const lock = await lockOf(found);
  const made = await generateFile(documentOfCase(found), {
    limits: { ...LIMITS, ...limits },
    folders: folders.map((folder) => path.join(found.folder, folder)),
    origins,
    bridges,
    overlays: overlays.map((file) => `test/golden/${found.name}/${file}`),
    ...(extensions === undefined ? {} : { extensions }),
    ...(int64 === undefined ? {} : { int64 }),
    ...(helpers === undefined ? {} : { helpers: helpers.map((name) => readHelper(found, name)) }),
    ...(selection === undefined ? {} : { selection }),
    ...(lock?.value === undefined ? {} : { pins: lockedService(lock.value, ONLY_SERVICE).pins }),
  });
  if (lock !== undefined && lock.value === undefined) return refused(lock.diagnostics);
  const missing = (wanted ?? []).filter((file) => made.files?.every(({ path }) => path !== file));
  if (missing.length > 0) throw new Error(`${found.name}: no ${missing.join(", ")} is generated`);
  const files = (made.files ?? []).filter(({ path }) => wanted?.includes(path) ?? isTelling(path));
  const findings = printed(made);
  return {
    files: made.files,
    shown: new Map([
      ...files.map(({ path, text }) => [`expected/${path}`, text] as const),
      ...(lock?.value === undefined ? [] : [nextLock(lock.value, made)]),
      ...(findings === "" ? [] : [[FINDINGS, findings] as const]),
    ]),
  };
}

/** The lock of a case, where it has one. */
async function lockOf({ folder }: GoldenCase): Promise<Outcome<Lock> | undefined> {
  return existsSync(path.join(folder, LOCK_FILE)) ? readLock(folder) : undefined;
}

/** With a lock that cannot be read there is nothing to generate. */
function refused(diagnostics: readonly Diagnostic[]): CaseResult {
  const findings = printDiagnostics(diagnostics, undefined, { color: false });
  return { files: undefined, shown: new Map([[FINDINGS, findings]]) };
}

function nextLock(lock: Lock, { source, pins }: Generated): readonly [string, string] {
  const before = lockedService(lock, ONLY_SERVICE);
  const document = source && valueHash(source.document);
  const next = withServices(
    lock,
    new Map([[ONLY_SERVICE, { ...before, document, pins: pins ?? before.pins }]]),
  );
  return [`expected/${LOCK_FILE}`, lockText(next)];
}

function selectionOf({ include, exclude, prune }: CaseSettings): Selection | undefined {
  if (include === undefined && exclude === undefined && prune === undefined) return undefined;
  return {
    ...(include === undefined ? {} : { include: filterOf(include) }),
    ...(exclude === undefined ? {} : { exclude: filterOf(exclude) }),
    prune: prune === true,
  };
}

function filterOf(settings: FilterSettings): OperationFilter {
  const { tags = [], paths = [], operations = [], deprecated = false } = settings;
  const entries = (texts: readonly string[]): readonly FilterEntry[] =>
    texts.map((text) => ({ text }));
  return {
    tags: entries(tags),
    paths: entries(paths),
    operations: entries(operations),
    deprecated,
  };
}

function readHelper({ folder }: GoldenCase, name: string): Helper {
  const file = `${name}.ts`;
  return helperOf({ path: file, text: readFileSync(path.join(folder, file), "utf8") });
}

function isTelling(file: string): boolean {
  return ["models.ts", "int64.ts"].includes(file) || file.endsWith("-api.ts");
}

/** What the folder of a case holds, by path in it: everything under `expected/`, and the findings. */
export function expectedFiles({ folder }: GoldenCase): ReadonlyMap<string, string> {
  const expected = path.join(folder, "expected");
  const names = existsSync(expected) ? readdirSync(expected).sort() : [];
  const findings = path.join(folder, FINDINGS);
  return new Map([
    ...names.map(
      (name) => [`expected/${name}`, readFileSync(path.join(expected, name), "utf8")] as const,
    ),
    ...(existsSync(findings) ? [[FINDINGS, readFileSync(findings, "utf8")] as const] : []),
  ]);
}

/** Tells whether what is expected is to be rewritten instead of compared. */
export function isRewriting(): boolean {
  return process.env["UPDATE_GOLDEN"] === "1";
}

/** Makes what a case gives what is expected of it. */
export function rewrite({ folder }: GoldenCase, shown: ReadonlyMap<string, string>): void {
  rmSync(path.join(folder, "expected"), { recursive: true, force: true });
  rmSync(path.join(folder, FINDINGS), { force: true });
  for (const [file, text] of shown) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
}
