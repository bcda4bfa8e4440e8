import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { operationSections } from "../docs/support/operation-sections.js";
import { programsIn, type CodeBlock } from "../docs/support/page-files.js";
import { runProgram } from "../docs/support/run-program.js";
import { DOCUMENTED_SERVICES } from "../docs/support/services.js";
import { methodName } from "../services/support/client.js";
import type { Operation } from "../services/support/document.js";
import { complaintsOf } from "./support/complaints.js";
import { EXCEPTIONS, type Exception } from "./support/exceptions.js";
import { unexcused } from "./support/excused.js";
import { startPrism, type Prism } from "./support/prism.js";

/*
 * Every program of every operation, as its page has it, against a server that others wrote: all requests go to
 * Prism, whatever host the program names.
 */

/** Programs that cannot run against Prism, and why. */
const SKIPPED: readonly {
  readonly is: (operation: Operation) => boolean;
  readonly reason: string;
}[] = [
  {
    is: ({ responses }) => contentTypes(responses).includes("text/event-stream"),
    reason: "Prism cannot write an event stream",
  },
  {
    is: ({ responses }) => contentTypes(responses).includes("text/html"),
    reason: "it is a page for a browser: the program makes its URL, and sends nothing",
  },
];

/** What Prism is wrong about only where arguments are like those of the programs. */
const OWN_EXCEPTIONS: readonly Exception[] = [
  {
    complaint: /^request: Cannot deserialize JSON object array in form data/,
    operations: ["addLive"],
    reason: "it reads no array of objects in style deepObject",
  },
];

const needed = new Set<Exception>();

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each(DOCUMENTED_SERVICES)("$service", ({ service, document, pages }) => {
  const sections = [...operationSections(pages)];
  let prism: Prism;
  beforeAll(async () => {
    prism = await startPrism(service);
  });
  afterAll(async () => {
    await prism.stop();
  });

  it.for(document.operations)("$operationId", async (operation, { skip }) => {
    const { operationId } = operation;
    const skipped = SKIPPED.find(({ is }) => is(operation));
    if (skipped !== undefined) skip(skipped.reason);
    const method = `#${methodName(operationId)}`;
    const programs = sections.flatMap(([key, { nodes, page }]) =>
      key.endsWith(method) ? programsIn(nodes, page) : [],
    );
    expect(programs).not.toEqual([]);
    for (const program of programs) expect(await said(program, operationId)).toEqual([]);
  });

  /** What Prism, the client or the program has to complain about. */
  async function said(
    { page, line, text }: CodeBlock,
    operationId: string,
  ): Promise<readonly string[]> {
    const all: string[] = [];
    const send = globalThis.fetch;
    vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
      const { pathname, search } = new URL(input instanceof Request ? input.url : input);
      const response = await send(new URL(pathname + search, prism.url), init);
      const body: unknown = response.ok ? undefined : await bodyOf(response.clone());
      all.push(...complaintsOf(response.headers, body));
      return withoutLink(response);
    });
    const { complaints, thrown } = await runProgram(text);
    vi.unstubAllGlobals();
    const found = unexcused(operationId, all, [...EXCEPTIONS, ...OWN_EXCEPTIONS], needed);
    // Where Prism refuses what is right, the program tells so.
    const isRefused = all.length > found.length;
    const errors = thrown === undefined || isSamePage(thrown) ? [] : [errorText(thrown)];
    const told = isRefused ? [] : complaints.flat().map(String);
    return [...found, ...errors, ...told].map((one) => `${page}:${line}: ${one}`);
  }
});

it.each(OWN_EXCEPTIONS)("was wrong: $reason", (row) => {
  expect(needed).toContain(row);
});

function errorText(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : JSON.stringify(thrown);
}

/** Prism links every page to the one example that the document has of a link: to the blocks of an account. */
function withoutLink(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.delete("link");
  return new Response(response.body, { status: response.status, headers });
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return text.startsWith("{") ? JSON.parse(text) : text;
}

/** The media types of successes. */
function contentTypes(responses: Operation["responses"]): readonly string[] {
  const successes = Object.entries(responses).filter(([status]) => status.startsWith("2"));
  return successes.flatMap(([, { content = {} }]) => Object.keys(content));
}

/** Prism has no state: it gives the same page for ever, which the client notices. Nothing else may be thrown. */
function isSamePage(error: unknown): boolean {
  return error instanceof Error && error.name === "PagingError";
}
