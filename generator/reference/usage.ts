import { declarationLeaves } from "../model/type-leaves.js";
import type { Declaration } from "../model/api-model.js";
import { compareText } from "../document/json.js";
import type { ClassReference, ModelReference, ModelUse, OperationReference } from "./reference.js";

/** Where the types of `models.ts` are used. */
export interface Usage {
  /** By the name of the type. */
  readonly operations: ReadonlyMap<string, readonly ModelUse[]>;
  readonly models: ReadonlyMap<string, readonly string[]>;
  readonly directionOf: (name: string) => ModelReference["direction"];
}

/** Looks at each declaration once. */
export function usageOf(models: readonly Declaration[], classes: readonly ClassReference[]): Usage {
  const parts = new Map(models.map((model) => [model.name, namesIn(model)]));
  const operations = usesOf(
    classes.flatMap((one) => one.operations),
    parts,
  );
  return { operations, models: ownersOf(parts), directionOf: directions(operations, parts) };
}

type Names = ReadonlySet<string>;

function namesIn(declaration: Declaration): Names {
  return new Set(
    declarationLeaves(declaration).flatMap((leaf) => (leaf.kind === "named" ? [leaf.name] : [])),
  );
}

/* ------------------------------------------------------------------ operations */

function usesOf(
  operations: readonly OperationReference[],
  models: ReadonlyMap<string, Names>,
): ReadonlyMap<string, readonly ModelUse[]> {
  const uses = new Map<string, ModelUse[]>();
  for (const operation of operations) {
    const { className, methodName } = operation;
    const own = new Map(operation.declarations.map((one) => [one.name, namesIn(one)]));
    const taken = reached([operation.params?.typeName ?? ""], own);
    const given = reached(
      operation.answers.map(({ responsesName }) => responsesName),
      own,
    );
    for (const name of new Set([...taken, ...given])) {
      if (!models.has(name)) continue;
      const use = { className, methodName, takes: taken.has(name), gives: given.has(name) };
      const known = uses.get(name);
      if (known === undefined) uses.set(name, [use]);
      else known.push(use);
    }
  }
  return uses;
}

/** The names themselves, and all that the declarations of them lead to. */
function reached(start: Iterable<string>, declarations: ReadonlyMap<string, Names>): Names {
  const found = new Set(start);
  // A set gives what is added to it while it is gone through, too.
  for (const name of found) {
    for (const next of declarations.get(name) ?? []) found.add(next);
  }
  return found;
}

/* ---------------------------------------------------------------------- models */

/** The models that have each one directly, sorted; that one has itself is no news. */
function ownersOf(parts: ReadonlyMap<string, Names>): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const owner of [...parts.keys()].sort(compareText)) {
    for (const part of parts.get(owner) ?? []) {
      if (part === owner) continue;
      const known = owners.get(part);
      if (known === undefined) owners.set(part, [owner]);
      else known.push(owner);
    }
  }
  return owners;
}

function directions(
  operations: ReadonlyMap<string, readonly ModelUse[]>,
  parts: ReadonlyMap<string, Names>,
): Usage["directionOf"] {
  const used = (isUsed: (use: ModelUse) => boolean): Names =>
    reached(
      [...operations].flatMap(([name, uses]) => (uses.some(isUsed) ? [name] : [])),
      parts,
    );
  const sent = used(({ takes }) => takes);
  const received = used(({ gives }) => gives);
  return (name) => {
    if (sent.has(name)) return received.has(name) ? "both" : "requests";
    return received.has(name) ? "answers" : undefined;
  };
}
