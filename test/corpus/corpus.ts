import path from "node:path";
import { generatorHash } from "../../generator/output/generator-identity.js";
import { candidatesBelow, readDocument, sampleOf, type CorpusDocument } from "./documents.js";
import type { Options } from "./options.js";
import { examineAll } from "./pool.js";
import { failureLine, progressLine } from "./report.js";
import { isFine, type Examination, type Result } from "./result.js";
import { addToState, readState, stillHolds } from "./state.js";

/** How often it is told how far a run is, in milliseconds. */
const PROGRESS = 15_000;

/**
 * Runs all documents that the options choose, and gives what became of them, sorted by path.
 *
 * @param worker the program of the worker processes
 * @param say takes lines about failures and progress, as they come
 */
export async function runCorpus(
  options: Options,
  worker: string,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  const { folder, limit, filter, sample, seed, again, resume } = options;
  const state = resume === undefined ? new Map<string, Result>() : readState(resume);
  const generator = await generatorHash();
  const candidates = candidatesBelow(path.resolve(folder))
    .filter((candidate) => candidate.path.includes(filter))
    .filter(({ path: name }) => again?.includes(state.get(name)?.outcome ?? "compiled") ?? true);
  const documents = sampleOf(candidates, sample, seed).slice(0, limit).map(readDocument);
  const toDo: Todo[] = [];
  const results: Result[] = [];
  for (const document of documents) {
    const known = state.get(document.path);
    if (!document.isDocument) results.push(resultOf(document, NO_DOCUMENT));
    else if (again === undefined && stillHolds(known, document, generator, options))
      results.push(known);
    else toDo.push({ document, file: document.file, twice: options.twice });
  }
  const progress = setInterval(() => {
    say(progressLine(results, documents.length));
  }, PROGRESS);
  await examineAll(toDo, { ...options, worker }, ({ document }, examination) => {
    const result = resultOf(document, examination);
    results.push(result);
    if (resume !== undefined) addToState(resume, result);
    if (!isFine(result.outcome)) say(failureLine(result));
  });
  clearInterval(progress);
  return results.sort((left, right) => (left.path < right.path ? -1 : 1));

  function resultOf({ path: name, hash }: CorpusDocument, examination: Examination): Result {
    const { timeout, memory } = options;
    return { path: name, document: hash, generator, timeout, memory, ...examination };
  }
}

interface Todo {
  readonly document: CorpusDocument;
  readonly file: string;
  readonly twice: boolean;
}

const NO_DOCUMENT: Examination = {
  outcome: "no-document",
  reasons: [],
  warnings: {},
  generating: 0,
  compiling: 0,
  lines: 0,
};
