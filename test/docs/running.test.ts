import { afterEach, describe, expect, it, vi } from "vitest";
import { methodName } from "../services/support/client.js";
import type { ApiDocument, Operation } from "../services/support/document.js";
import { documentService, visited, type Exchange } from "./support/document-fetch.js";
import { classPages, operationSections } from "./support/operation-sections.js";
import { pageOf, programsIn, programsOf, type CodeBlock } from "./support/page-files.js";
import { runProgram } from "./support/run-program.js";
import { DOCUMENTED_SERVICES } from "./support/services.js";

/*
 * Every program of every page runs as it stands, against a service that knows nothing but the document: it reads
 * each request by the document, and answers with what the document promises.
 */

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Programs that somebody would be sorry to have copied. */
const WRONG = [
  {
    what: "sends what the document does not describe",
    code: `await fetch("https://sftpgo.example/healthz?page=1");`,
    said: "WrongApi.md:2: query: page?",
  },
  {
    what: "calls what is not there",
    code: `await fetch("https://sftpgo.example/nothing");`,
    said: "WrongApi.md:2: GET /nothing: no operation",
  },
  { what: "throws", code: `throw new Error("oh");`, said: "WrongApi.md:2: Error: oh" },
  { what: "tells an error", code: `console.error(404);`, said: "WrongApi.md:2: 404" },
  {
    what: "needs credentials that it does not have",
    code: `import { SFTPGo } from "./generated/sftpgo/index.js";
await new SFTPGo({ baseUrl: "https://sftpgo.example" }).token.getToken();`,
    said: "MissingCredentialsError",
  },
];

describe.each(DOCUMENTED_SERVICES)("$service", ({ document, pages }) => {
  const sections = operationSections(pages);

  it.each(document.operations)("$operationId: each way to log in", async (operation) => {
    const method = `#${methodName(operation.operationId)}`;
    const found = [...sections].flatMap(([key, one]) => (key.endsWith(method) ? [one] : []));
    expect(found).toHaveLength(1);
    const programs = found.flatMap(({ nodes, page }) => programsIn(nodes, page));
    const runs = [];
    for (const program of programs) runs.push(await run(program, document));
    for (const exchanges of runs) {
      const called = new Set(exchanges.map(({ operationId }) => operationId));
      expect(called).toEqual(new Set([operation.operationId]));
    }
    const schemes = runs.map(([first]) => first?.schemes ?? []);
    expect(schemes).toEqual(alternativesOf(operation));
  });

  it("programs of other pages", async () => {
    const classes = new Set(classPages(pages));
    const programs = pages.filter((page) => !classes.has(page)).flatMap(programsOf);
    for (const program of programs) await run(program, document);
  });
});

describe("a program that is wrong", () => {
  const [{ document } = { document: undefined }] = DOCUMENTED_SERVICES.filter(
    ({ service }) => service === "sftpgo",
  );

  it.each(WRONG)("$what", async ({ code, said }) => {
    if (document === undefined) throw new Error("no document");
    const [program] = programsOf(pageOf("WrongApi.md", `\`\`\`ts\n${code}\n\`\`\`\n`));
    if (program === undefined) throw new Error("no program");
    await expect(run(program, document)).rejects.toThrow(said);
  });
});

/** The schemes of each alternative of an operation, in order; one without any where nothing is asked for. */
function alternativesOf({ security }: Operation): readonly (readonly string[])[] {
  const all = security.map((alternative) => Object.keys(alternative).sort().join());
  // Alternatives that differ in their scopes only are written alike.
  const different = [...new Set(all.length === 0 ? [""] : all)];
  return different.map((names) => names.split(",").filter((name) => name !== ""));
}

/**
 * Runs a program. Throws what it throws, what it tells as an error, and what the document has against its requests.
 *
 * @returns its requests; a URL that it writes counts as one
 */
async function run(
  { page, line, text }: CodeBlock,
  document: ApiDocument,
): Promise<readonly Exchange[]> {
  const service = documentService(document);
  vi.stubGlobal("fetch", service.fetch);
  const { output, complaints, thrown } = await runProgram(text);
  const made = service.takeExchanges();
  const pagesShown = output.flat().filter((value) => URL.canParse(String(value)));
  const exchanges =
    made.length > 0
      ? made
      : await Promise.all(pagesShown.map((url) => visited(new URL(String(url)), document)));
  const problems = exchanges.flatMap((exchange) => exchange.problems);
  const wrong = [...(thrown === undefined ? [] : [thrown]), ...complaints.flat(), ...problems];
  if (wrong.length > 0) throw new Error(`${page}:${line}: ${wrong.map(String).join("; ")}`);
  return exchanges;
}
