import { spawn } from "node:child_process";
import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { hasErrors } from "../../generator/diagnostics/diagnostic.js";
import type { FileReader } from "../../generator/document/file-reader.js";
import { loadSource } from "../../generator/document/load.js";
import { emitApi } from "../../generator/emit/emit.js";
import type { GeneratedFile } from "../../generator/output/generated-file.js";
import { runStages } from "../../generator/stages.js";
import { allFindings, type Generated } from "../support/generate.js";
import { repository } from "../support/repository.js";
import { typeErrors } from "../support/type-check.js";
import { ASSERTIONS, type Run } from "./support/assertions.js";
import {
  hostileDocuments,
  OWN,
  SHARED,
  type HostileDocument,
} from "./support/hostile-documents.js";
import { complaintsAbout, generateText } from "./support/line.js";
import { codeOf, parseErrors } from "./support/reading.js";

const shared = hostileDocuments(SHARED);
if (shared.length === 0)
  process.stderr.write(`SKIPPED: the hostile documents are not there (${SHARED} does not exist)\n`);

describe.skipIf(shared.length === 0)("hostile documents from beside the repository", () => {
  it("are there", () => {
    expect(shared.length).toBeGreaterThan(30);
  });
  behaves(shared);
});

describe("our own hostile documents", () => {
  behaves(hostileDocuments(OWN));
});

/** What holds for all documents, and what the text beside each of them asks for. */
function behaves(documents: readonly HostileDocument[]): void {
  let runs: ReadonlyMap<string, Run> = new Map();

  beforeAll(async () => {
    runs = await runAll(documents);
  }, 300_000);

  describe.each(documents)("$name", (document) => {
    const runOf = (): Run => {
      const run = runs.get(document.name);
      if (run === undefined) throw new Error(`no result for ${document.name}`);
      return run;
    };

    it("ends as it should, with nothing hidden in findings, names and files", () => {
      const { result } = runOf();
      const { outcome } = document;
      if (outcome !== "either")
        expect(result.files === undefined ? "reject" : "generate").toBe(outcome);
      expect(complaintsAbout(result)).toEqual([]);
    });

    it("gives files in which nothing of the document became code", () => {
      for (const { path: file, text } of runOf().result.files ?? []) {
        expect(codeOf(text), file).not.toContain("__PWNED__");
        expect(parseErrors(text), file).toEqual([]);
      }
    });

    it.each(document.assertions)(
      "$text",
      async ({ only, name, argument }) => {
        const check = Object.hasOwn(ASSERTIONS, name) ? ASSERTIONS[name] : undefined;
        if (check === undefined) throw new Error(`nobody knows what ${name} is`);
        const run = runOf();
        const isOther =
          only !== undefined && (only === "generate") !== (run.result.files !== undefined);
        if (!isOther) await check(run, argument);
      },
      120_000,
    );
  });
}

/* ------------------------------------------------------------------------------- running */

async function runAll(documents: readonly HostileDocument[]): Promise<ReadonlyMap<string, Run>> {
  const runs = new Map<string, Run>();
  for (const document of documents) runs.set(document.name, await runOne(document));
  const texts = [...runs].flatMap(([name, { result }]) =>
    (result.files ?? []).map(({ path: file, text }) => [`${name}/${file}`, text] as const),
  );
  const errors = typeErrors(new Map(texts));
  for (const [name, run] of runs) {
    const own = errors.filter((error) => error.startsWith(`${name}/`));
    runs.set(name, { ...run, typeErrors: own });
  }
  return runs;
}

async function runOne(document: HostileDocument): Promise<Run> {
  const read: string[] = [];
  const requests: string[] = [];
  const patterns: string[] = [];
  const reader: FileReader = {
    readBytes: (file) => {
      read.push(file);
      return readFile(file);
    },
    realPath: realpath,
  };
  const stop = watch(requests, patterns);
  const before = performance.now();
  const result = await generated(document, reader).finally(stop);
  return {
    document,
    result,
    seconds: (performance.now() - before) / 1_000,
    read,
    requests,
    patterns,
    typeErrors: [],
    memory: () => memoryOf(document),
    files: async (text) => (await generateText(text)).files ?? [],
  };
}

/** Takes down what is sent and which regular expressions are made, until it is told to stop. */
function watch(requests: string[], patterns: string[]): () => void {
  const { RegExp: Original } = globalThis;
  const fetch = vi.spyOn(globalThis, "fetch").mockImplementation((input) => {
    requests.push(input instanceof Request ? input.url : input.toString());
    return Promise.reject(new Error("no network here"));
  });
  const connect = vi.spyOn(Socket.prototype, "connect").mockImplementation(() => {
    requests.push("a connection");
    throw new Error("no network here");
  });
  globalThis.RegExp = new Proxy(Original, {
    construct: (target, args: [string | RegExp, string?], newTarget) => {
      patterns.push(String(args[0]));
      return Reflect.construct(target, args, newTarget) as RegExp;
    },
  });
  return () => {
    globalThis.RegExp = Original;
    fetch.mockRestore();
    connect.mockRestore();
  };
}

async function generated({ file }: HostileDocument, reader: FileReader): Promise<Generated> {
  const loaded = await loadSource(file, { reader });
  if (loaded.value === undefined || hasErrors(loaded.diagnostics))
    return { source: loaded.value, files: undefined, diagnostics: allFindings(loaded) };
  const { model, diagnostics } = runStages(loaded.value, {});
  const files: readonly GeneratedFile[] | undefined =
    model === undefined ? undefined : emitApi(model, "../runtime");
  return { source: loaded.value, files, diagnostics: [...loaded.diagnostics, ...diagnostics] };
}

/** The most memory that the whole program needs for a document, in MB. */
async function memoryOf({ file }: HostileDocument): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), "driftline-hostile-"));
  const report = `process.on("exit", () => process.stderr.write("maxRSS " + process.resourceUsage().maxRSS + "\\n"))`;
  const program = [
    "--import",
    `data:text/javascript,${report}`,
    repository("generator/bin.js"),
    ...["generate", "--input", file, "--output", path.join(folder, "out")],
  ];
  try {
    const child = spawn(process.execPath, program, { stdio: ["ignore", "ignore", "pipe"] });
    let text = "";
    child.stderr.setEncoding("utf8").on("data", (part: string) => (text += part));
    await new Promise((resolve) => child.on("close", resolve));
    expect(text).not.toMatch(/\n\s+at /);
    return Math.max(...[...text.matchAll(/^maxRSS (\d+)$/gm)].map(([, kb]) => Number(kb))) / 1_024;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
