import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../../support/repository.js";

/*
 * Documents of one trick each, beside what has to come of them. `name.expect.txt` says how it has to end (`outcome:
 * generate`, `reject` or `either`) and what has to hold (`assert:`, apart by semicolons).
 */

export interface HostileDocument {
  readonly name: string;
  readonly file: string;
  readonly outcome: string;
  readonly assertions: readonly Assertion[];
}

/** Such as `if-generate:max-seconds:20`. */
export interface Assertion {
  readonly text: string;
  /** The outcome that it is about; the other one is right without. */
  readonly only: "generate" | "reject" | undefined;
  readonly name: string;
  readonly argument: string;
}

/** They lie beside the repository and are no part of it. */
export const SHARED = path.join(repository(""), "../shared/hostile");

/** Ours. */
export const OWN = repository("test/hostile/documents");

/** The documents of a folder; none where there is no such folder. */
export function hostileDocuments(folder: string): readonly HostileDocument[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /\.(?:json|yaml)$/.test(file))
    .sort()
    .map((file) => {
      const name = file.replace(/\.[^.]*$/, "");
      const expected = readFileSync(path.join(folder, `${name}.expect.txt`), "utf8");
      const outcome = /^outcome: (generate|reject|either)$/m.exec(expected)?.[1];
      if (outcome === undefined) throw new Error(`${name}.expect.txt names no outcome`);
      const assertions = /^assert: (.*)$/m.exec(expected)?.[1]?.split(/;\s*/) ?? [];
      return { name, file: path.join(folder, file), outcome, assertions: assertions.map(parsed) };
    });
}

function parsed(text: string): Assertion {
  const [, only, rest = ""] = /^(?:if-(generate|reject):)?(.*)$/.exec(text) ?? [];
  const [, name = "", argument = ""] = /^((?:runtime:)?[^:]*):?(.*)$/.exec(rest) ?? [];
  return { text, only: only as Assertion["only"], name, argument };
}
