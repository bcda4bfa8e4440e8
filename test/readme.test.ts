import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { compileFunction } from "node:vm";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { generateFile } from "./support/generate.js";
import { pageServices } from "./support/page-services.js";
import { repository } from "./support/repository.js";
import { typeErrors } from "./support/type-check.js";

/** A task on each page. */
const GUIDES = readdirSync(repository("docs/guides")).map((name) => `docs/guides/${name}`);
const PAGES = [
  "llms.txt",
  "README.md",
  "CONTRIBUTING.md",
  "generator/README.md",
  "docs/client.md",
  "docs/documents.md",
  "docs/diagnostics.md",
  "docs/drift.md",
  "docs/drift-rules.md",
  "docs/programming.md",
  "docs/bridges.md",
  "docs/configuration.md",
  "docs/reference-pages.md",
  "docs/releasing.md",
  "docs/install-size.md",
  "docs/sizes.md",
  "docs/comparison.md",
  ...GUIDES,
  "examples/README.md",
];
/** Those with programs; the others are about documents, or about the code. */
const PROGRAMS = ["README.md", "docs/client.md", ...GUIDES.filter(hasPrograms)];

/**
 * What the pages say in words, once: these names are given in all programs. A program that declares one of them
 * itself, or imports it, means its own.
 */
const GIVEN: Readonly<Record<string, string>> = {
  baseUrl: "string",
  destination: "WritableStream<Uint8Array>",
  fetchJwt: "(rejected: string | undefined, signal: AbortSignal) => Promise<string>",
  file: "File",
  journal: 'import("./journal/index.js").Golden',
  ledger: 'import("./ledger/index.js").Ledger',
  localStorage: "Storage",
  mastodon: 'import("./generated/mastodon/index.js").Mastodon',
  password: "string",
  peertube: 'import("./generated/peertube/index.js").PeerTube',
  readLog: "() => AsyncGenerator<{ message: string }>",
  process: "{ env: Record<string, string | undefined> }",
  sftpgo: 'import("./generated/sftpgo/index.js").SFTPGo',
  username: "string",
};

describe("the README", () => {
  it("begins with what the project is, and then two commands that exist", () => {
    const [commands = ""] = programs("README.md", "sh");
    const scripts = [...commands.matchAll(/^npm ci && npm (?:run )?(\S+)/gm)].map(
      (match) => match[1],
    );
    expect(scripts).toEqual(["generate", "test"]);
    const { scripts: known } = JSON.parse(readFileSync(repository("package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    expect(Object.keys(known)).toEqual(expect.arrayContaining(scripts));
  });

  it("leads to files and headings that are there", () => {
    const missing = PAGES.flatMap((page) => linksOf(page).filter((link) => !leads(page, link)));
    expect(missing).toEqual([]);
  });
});

describe("programs of the pages", () => {
  const texts = PROGRAMS.map((page) => [page, programs(page, "ts")] as const);

  it("are there", () => {
    expect(texts.map(([, found]) => found.length > 0)).toEqual(PROGRAMS.map(() => true));
    expect(texts.flatMap(([, found]) => found).length).toBeGreaterThan(30);
  });

  it("compile under the strictest flags", async () => {
    const others = await Promise.all(OTHERS.map(clientFiles));
    const files = new Map([...others.flat(), ["../node.d.ts", NODE]]);
    texts.forEach(([page, found]) => {
      found.forEach((text, index) => {
        files.set(`../${page.replaceAll("/", "-")}-${index + 1}.ts`, `${text}\n${given(text)}`);
      });
    });
    // A program that shows a value gives it a name, and no more.
    const wrong = typeErrors(files).filter((complaint) => !/: TS(?:6133|6198): /.test(complaint));
    expect(wrong).toEqual([]);
  }, 60_000);

  it.concurrent.each(
    texts.flatMap(([page, found]) => found.filter(isRunnable).map((text) => [page, text])),
  )(
    "run: %s %#",
    async (_page, text) => {
      await run(text);
    },
    30_000,
  );

  it("use everything that they are given", () => {
    const all = texts.flatMap(([, found]) => found.map(given)).join("");
    expect(Object.keys(GIVEN).filter((name) => !all.includes(`declare const ${name}:`))).toEqual(
      [],
    );
  });
});

function hasPrograms(page: string): boolean {
  return programs(page, "ts").length > 0;
}

/** Whether a program needs nothing but the services that it is given: no client, browser or file of its own. */
function isRunnable(text: string): boolean {
  return !/new (?!Error)[A-Z]\w+\(|localStorage|location|ledger|journal|"node:/.test(text);
}

/** Runs a program, with fakes for the services that it is given. */
async function run(text: string): Promise<void> {
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(text, { compilerOptions: options });
  const scope: Record<string, unknown> = { ...pageServices() };
  for (const [, names = "", file = ""] of outputText.matchAll(IMPORT)) {
    const module = (await import(repository(file))) as Readonly<Record<string, unknown>>;
    for (const name of names.split(",").map((part) => part.trim())) scope[name] = module[name];
  }
  const body = outputText.replaceAll(IMPORT, "").replace(/^export \{\};$/m, "");
  const program = compileFunction(`return (async () => {${body}})();`, Object.keys(scope));
  await (program as (...values: readonly unknown[]) => Promise<void>)(...Object.values(scope));
}

const IMPORT = /^import \{([^}]*)\} from "\.\/([^"]+)";$/gm;

/** The blocks of a page in one language. */
function programs(page: string, language: string): readonly string[] {
  const fenced = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm");
  const text = readFileSync(repository(page), "utf8");
  return [...text.matchAll(fenced)].map((match) => match[1] ?? "");
}

/** Declarations of what a program is given; it is a module, so that it may wait. */
function given(text: string): string {
  const declarations = Object.entries(GIVEN).filter(
    ([name]) =>
      new RegExp(`(?<![.\\w"])${name}\\b(?!:)`).test(text) &&
      !new RegExp(`^(?:export )?const ${name}\\b`, "m").test(text),
  );
  return [...declarations.map(([name, type]) => `declare const ${name}: ${type};`), "export {};"]
    .join("\n")
    .concat("\n");
}

/** What programs use of Node.js. */
const NODE = `
declare module "node:fs/promises" {
  export function readFile(path: string, encoding: "utf8"): Promise<string>;
  export function writeFile(path: string, text: string, options: { mode: number }): Promise<void>;
}
`;

/** Clients of what none of the three services has. */
const OTHERS = [
  { folder: "ledger", golden: "int64-bigint", int64: "bigint" },
  { folder: "journal", golden: "sequences", int64: "number" },
] as const;

async function clientFiles({
  folder,
  golden,
  int64,
}: (typeof OTHERS)[number]): Promise<readonly (readonly [string, string])[]> {
  const document = repository(`test/golden/${golden}/document.yaml`);
  const { files = [] } = await generateFile(document, { int64 });
  return files.map(({ path, text }) => [
    `../${folder}/${path}`,
    text.replaceAll('"../runtime/', '"../generated/runtime/'),
  ]);
}

/** Where a page leads to within the repository. */
function linksOf(page: string): readonly string[] {
  const text = readFileSync(repository(page), "utf8");
  return [...text.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map((match) => match[1] ?? "");
}

function leads(page: string, link: string): boolean {
  const [file = "", heading] = link.split("#");
  const target = file === "" ? page : path.posix.join(path.posix.dirname(page), file);
  if (!existsSync(repository(target))) return false;
  return (
    heading === undefined || headingsOf(readFileSync(repository(target), "utf8")).includes(heading)
  );
}

/** The anchors of a page, as repositories on the web make them. */
function headingsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
}
