import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { changedByPrettier } from "../support/prettier.js";
import { repository } from "../support/repository.js";
import { COMPILERS, compile, FLAG_SETS } from "./support/compilers.js";
import { useFolder } from "./support/folder.js";
import { generateConfigured, generateInto, PUBLISHED, type Run } from "./support/published.js";

/*
 * Every client that the project makes, compiled by everyone who could use it: each compiler with each
 * set of flags, over the three services, the six published documents and both other policies for
 * 64-bit integers together.
 */

const folder = useFolder();
const ROWS = COMPILERS.flatMap((compiler) =>
  FLAG_SETS.map((flagSet) => ({
    compiler,
    flagSet,
    title: `TypeScript ${compiler.version}, ${flagSet.name}`,
  })),
);

/** How many processes run at a time. */
const AT_A_TIME = 2;
const MINUTES = 60_000;

/** What is wrong with the published documents (services.md, section 3), by diagnostic code. */
const FINDINGS: Readonly<Record<string, readonly string[]>> = {
  "mastodon-4.7.0.json": [],
  "peertube-5.1.0.json": [
    "binary-in-json",
    "delimited-pattern",
    "form-without-names",
    "http-owned-header",
    "nullable-beside-reference",
  ],
  "peertube-6.2.0.json": [
    "binary-in-json",
    "delimited-pattern",
    "form-without-names",
    "http-owned-header",
    "nullable-beside-reference",
    "undeclared-path-parameter",
  ],
  "peertube-8.0.0.json": [
    "binary-in-json",
    "delimited-pattern",
    "express-path",
    "form-without-names",
    "http-owned-header",
    "nullable-beside-reference",
    "unused-path-parameter",
  ],
  "peertube-8.1.0.yaml": [
    "binary-in-json",
    "delimited-pattern",
    "form-without-names",
    "http-owned-header",
    "nullable-beside-reference",
  ],
  "sftpgo-2.7.0.yaml": [],
};

/** What the command may say: a warning with its place and a code frame, more places, the summary. */
const SAID = new RegExp(
  [
    /^\S+:\d+:\d+: warning\[[a-z-]+\]: [^\n]+(?:\n[ >] +\d* \|[^\n]*)+(?:\nhint: [^\n]+)?$/,
    /^\d+ more: warning\[[a-z-]+\](?:\n {2}\S+:\d+:\d+)+$/,
    /^\d+ warnings?\n"driftline explain CODE" tells more about each kind\.$/,
  ]
    .map(({ source }) => source)
    .join("|"),
);

/** Clients whose 64-bit integers are no numbers. */
const INT64 = ["bigint", "string"] as const;

const runs = new Map<string, Run>();
const complaints = new Map<string, string>();

if (PUBLISHED.missing !== undefined) {
  process.stderr.write(`The published documents are not compiled: ${PUBLISHED.missing}\n`);
}

beforeAll(async () => {
  // The files are modules, wherever they lie.
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  await inParallel(PUBLISHED.files, async (file) => {
    runs.set(file, await generateInto(file, outputOf(file)));
  });
  const configuration = path.join(folder, "driftline.yaml");
  writeFileSync(configuration, int64Configuration());
  const { code, stderr } = await generateConfigured(configuration);
  if (code !== 0) throw new Error(stderr);
  const clients = [
    repository("generated"),
    path.join(folder, "int64"),
    ...PUBLISHED.files.map(outputOf),
  ];
  const control = path.join(folder, "control.ts");
  writeFileSync(control, controlFile());
  await inParallel(ROWS, async ({ compiler, flagSet, title }, index) => {
    const tests = flagSet.hasTypeTests ? [repository("test/types")] : [];
    const include = [control, ...clients, ...tests];
    const project = path.join(folder, `row-${index}`);
    mkdirSync(project);
    complaints.set(title, await compile(compiler, flagSet, include, project));
  });
}, 10 * MINUTES);

describe.skipIf(PUBLISHED.missing !== undefined)("the published documents", () => {
  it("are six", () => {
    expect(PUBLISHED.files.map((file) => path.basename(file))).toEqual(Object.keys(FINDINGS));
  });

  it.each(Object.entries(FINDINGS))("%s generates; what is said is located", (name, codes) => {
    const file = PUBLISHED.files.find((one) => path.basename(one) === name) ?? "";
    const { code, stdout, stderr } = runs.get(file) ?? { code: -1, stdout: "", stderr: "no run" };
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^\S+: \d+ written\n$/);
    const paragraphs = stderr === "" ? [] : stderr.trimEnd().split("\n\n");
    for (const paragraph of paragraphs) expect(paragraph).toMatch(SAID);
    const found = new Set(
      [...stderr.matchAll(/^\S+: warning\[([a-z-]+)\]/gm)].map(([, one]) => one),
    );
    expect([...found].sort()).toEqual(codes);
  });

  it("give files that prettier would not change", async () => {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
      (name) => name.endsWith(".ts") && name !== "control.ts",
    );
    expect(names.length).toBeGreaterThan(200);
    const files = names.map(
      (name) => [name, readFileSync(path.join(folder, name), "utf8")] as const,
    );
    expect(await changedByPrettier(files)).toEqual([]);
  }, 60_000);
});

describe("the clients of the three services and of the published documents compile", () => {
  it.each(ROWS)("$title", ({ title }) => {
    expect(complaints.get(title)).toMatch(/^\S*control\.ts\(1,14\): error TS2322: [^\n]+\n$/);
  });
});

/**
 * A file that imports every client, and has one mistake: a program that does not complain about that
 * one did not look, and about a client that it did not find it complains.
 */
function controlFile(): string {
  const services = ["peertube", "mastodon", "sftpgo"].map((name) =>
    repository(`generated/${name}`),
  );
  const int64 = INT64.map((policy) => path.join(folder, "int64", policy));
  const imports = [...services, ...int64, ...PUBLISHED.files.map(outputOf)].map(
    (client, index) => `import * as client${index} from ${JSON.stringify(`${client}/index.js`)};`,
  );
  const names = imports.map((_, index) => `client${index}`);
  return ["export const mistake: string = 1;", ...imports, `void [${names.join()}];`].join("\n");
}

/** A service for each policy, of a document that has 64-bit integers in every place. */
function int64Configuration(): string {
  const services = INT64.map((policy) => {
    const input = path.relative(folder, repository(`test/golden/int64-${policy}/document.yaml`));
    return `  ${policy}: { input: ${JSON.stringify(input)}, int64: ${policy} }`;
  });
  return ["services:", ...services, "output: int64"].join("\n");
}

function outputOf(file: string): string {
  return path.join(folder, path.basename(file, path.extname(file)));
}

/** Does work for all items, a few at a time, in order. */
async function inParallel<Item>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries();
  const workers = Array.from({ length: AT_A_TIME }, async () => {
    for (const [index, item] of queue) await work(item, index);
  });
  await Promise.all(workers);
}
