import os from "node:os";
import { parseArgs } from "node:util";
import { OUTCOMES, type Outcome } from "./result.js";

export const USAGE = `npm run corpus -- FOLDER [options]

Generates a client from every OpenAPI document below FOLDER, compiles it with the strictest flags, and tells what
became of each. Ends with 1 if anything but "compiled" or "diagnosed" came out, and with 2 if it was called wrongly.

  --jobs N         worker processes (default: one for each processor)
  --timeout S      seconds that a document may take (default: 60)
  --memory MB      heap that a worker may have (default: 2048)
  --filter TEXT    only documents whose path has TEXT in it
  --limit N        only the first N documents
  --sample N       only N documents, chosen by --seed (default: 1)
  --twice          generate each document twice, and compare
  --resume FILE    keep results in FILE, one line of JSON each, and skip documents that are there already:
                   with the same text, made by the same generator
  --again LIST     with --resume: only documents that FILE says ended like that, such as crashed,not-compiled
  --json FILE      write all results there
`;

export interface Options {
  readonly folder: string;
  readonly jobs: number;
  readonly timeout: number;
  readonly memory: number;
  readonly filter: string;
  readonly limit: number;
  readonly sample: number;
  readonly seed: number;
  readonly twice: boolean;
  readonly resume: string | undefined;
  readonly again: readonly Outcome[] | undefined;
  readonly json: string | undefined;
}

/**
 * Reads the command line.
 *
 * @throws Error that says what is wrong with it.
 */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      jobs: { type: "string" },
      timeout: { type: "string" },
      memory: { type: "string" },
      filter: { type: "string" },
      limit: { type: "string" },
      sample: { type: "string" },
      seed: { type: "string" },
      twice: { type: "boolean" },
      resume: { type: "string" },
      again: { type: "string" },
      json: { type: "string" },
    },
  });
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) throw new Error("Name one folder.");
  if (values.again !== undefined && values.resume === undefined)
    throw new Error("--again needs --resume.");
  return {
    folder,
    jobs: wholeNumber("jobs", values.jobs, os.availableParallelism()),
    timeout: wholeNumber("timeout", values.timeout, 60),
    memory: wholeNumber("memory", values.memory, 2048),
    filter: values.filter ?? "",
    limit: wholeNumber("limit", values.limit, Infinity),
    sample: wholeNumber("sample", values.sample, Infinity),
    seed: wholeNumber("seed", values.seed, 1),
    twice: values.twice === true,
    resume: values.resume,
    again: values.again?.split(",").map(outcomeNamed),
    json: values.json,
  };
}

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} takes a whole number from 1 up.`);
  return Number(text);
}

function outcomeNamed(name: string): Outcome {
  const outcome = OUTCOMES.find((known) => known === name);
  if (outcome === undefined) throw new Error(`--again takes some of ${OUTCOMES.join(",")}.`);
  return outcome;
}
