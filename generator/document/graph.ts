import { diagnostic } from "../diagnostics/codes.js";
import { hasErrors, outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { createLocator } from "../diagnostics/locate.js";
import { quoted } from "../diagnostics/quoted.js";
import {
  findReferences,
  trailPointer,
  type FoundReference,
  type ParsedFile,
  type PlaceInFile,
  type Searched,
  type SearchNode,
} from "./find-references.js";
import { grammarOf, type Grammar, type TargetKind } from "./grammar.js";
import { isObject } from "./json.js";
import { pointerTokens, resolvePointer } from "./pointer.js";
import { addressOf, type Address, type Refusal } from "./reference-policy.js";
import type { JsonValue } from "./source.js";

/** Where a reference leads. */
export interface ReferenceTarget {
  readonly file: ParsedFile;
  readonly pointer: string;
  readonly value: JsonValue;
}

export interface Reference extends FoundReference {
  readonly target: ReferenceTarget;
}

/** All files of a document, and all references in those parts of them that belong to it. */
export interface DocumentGraph {
  readonly root: ParsedFile;
  readonly grammar: Grammar;
  readonly files: readonly ParsedFile[];
  readonly references: readonly Reference[];
}

/** Opens a file that a reference names; the refusal says why it cannot be used. */
export type OpenFile = (path: string) => Promise<Opened>;
export interface Opened {
  readonly file?: ParsedFile;
  readonly refusal?: Refusal;
  readonly warnings?: readonly Diagnostic[];
}

/**
 * Follows every reference of a document, to other files too, and finds those that lead to nothing or in circles.
 *
 * @param rootFolder absolute path of the folder that no reference may leave
 */
export async function followReferences(
  root: ParsedFile,
  rootFolder: string,
  openFile: OpenFile,
): Promise<Outcome<DocumentGraph>> {
  const locator = createLocator();
  const place: PlaceInFile = (file, pointer) => locator.inFile(file.file, pointer, "value");
  const state: Following = {
    rootFolder,
    openFile,
    place,
    opened: new Map(),
    files: [root],
    references: [],
    findings: [],
  };
  const searched: Searched = new Map();
  const grammar = grammarOf(root.value);
  let nodes: readonly SearchNode[] = isObject(root.value)
    ? [{ file: root, value: root.value, kind: "document", trail: undefined }]
    : [];
  while (nodes.length > 0) {
    const { references, findings } = findReferences(nodes, searched, grammar, place);
    state.findings.push(...findings);
    nodes = await followAll(references, state);
  }
  if (!hasErrors(state.findings))
    state.findings.push(...circularReferences(state.references, place));
  return outcome(
    { root, grammar, files: state.files, references: state.references },
    state.findings,
  );
}

/** What one call of {@link followReferences} gathers. */
interface Following {
  readonly rootFolder: string;
  readonly openFile: OpenFile;
  readonly place: PlaceInFile;
  /** By absolute path as references have it. */
  readonly opened: Map<string, Opened>;
  readonly files: ParsedFile[];
  readonly references: Reference[];
  readonly findings: Diagnostic[];
}

/** Finds the targets of references; gives back those that have to be searched in turn. */
async function followAll(
  found: readonly FoundReference[],
  state: Following,
): Promise<readonly SearchNode[]> {
  const addresses = new Map<string, Address | Refusal>();
  const addressed = found.map((reference) => {
    const key = `${reference.file.path}\n${reference.uri}`;
    const address =
      addresses.get(key) ?? addressOf(reference.uri, reference.file.path, state.rootFolder);
    addresses.set(key, address);
    return { reference, address };
  });
  await openAll(
    addressed.flatMap(({ address }) =>
      "path" in address && address.path !== undefined ? [address.path] : [],
    ),
    state,
  );
  return addressed.flatMap(({ reference, address }) => {
    const result = "code" in address ? address : targetOf(reference, address, state);
    if ("code" in result) {
      state.findings.push(refused(reference, result, state.place));
      return [];
    }
    state.references.push({ ...reference, target: result });
    return isObject(result.value) ? [searchNodeOf(result, reference.kind)] : [];
  });
}

async function openAll(paths: readonly string[], state: Following): Promise<void> {
  const unknown = [...new Set(paths)].filter((path) => !state.opened.has(path));
  const opened = await Promise.all(unknown.map((path) => state.openFile(path)));
  unknown.forEach((path, index) => {
    addOpened(path, opened[index] ?? {}, state);
  });
}

/** A file that is there under another name already counts as that file. */
function addOpened(path: string, { file, refusal, warnings = [] }: Opened, state: Following): void {
  const known = state.files.find((other) => other.path === file?.path) ?? file;
  state.opened.set(path, {
    ...(known === undefined ? {} : { file: known }),
    ...(refusal === undefined ? {} : { refusal }),
  });
  if (known === undefined || state.files.includes(known)) return;
  state.files.push(known);
  state.findings.push(...warnings);
}

function targetOf(
  reference: FoundReference,
  address: Address,
  { opened }: Following,
): ReferenceTarget | Refusal {
  const entry = address.path === undefined ? { file: reference.file } : opened.get(address.path);
  if (entry?.refusal !== undefined) return entry.refusal;
  const value =
    entry?.file === undefined ? undefined : resolvePointer(entry.file.value, address.pointer);
  if (entry?.file === undefined || value === undefined) return UNRESOLVED;
  return isValidTarget(value, reference.kind)
    ? { file: entry.file, pointer: address.pointer, value }
    : NO_OBJECT;
}

function isValidTarget(value: JsonValue, kind: TargetKind): boolean {
  return isObject(value) || (kind === "schema" && typeof value === "boolean");
}

function searchNodeOf({ file, pointer, value }: ReferenceTarget, kind: TargetKind): SearchNode {
  const tokens = pointerTokens(pointer);
  return { file, value: isObject(value) ? value : {}, kind, trail: { before: undefined, tokens } };
}

const UNRESOLVED: Refusal = {
  code: "unresolved-reference",
  problem: "leads to nothing",
  hint: "Correct the path, or add what it should lead to. A / in a key is written ~1 there, and a ~ is written ~0.",
};

const NO_OBJECT: Refusal = {
  code: "unresolved-reference",
  problem: "leads to something that is no object",
  hint: "Correct the path so that it leads to the object that is meant.",
};

function refused(
  reference: FoundReference,
  { code, problem, hint }: Refusal,
  place: PlaceInFile,
): Diagnostic {
  return diagnostic(code, {
    message: `The reference ${quoted(reference.uri)} ${problem}.`,
    hint,
    place: place(reference.file, trailPointer(reference.trail)),
  });
}

/**
 * Every reference that, followed from target to target, comes back to itself. Each has one target, so that a walk
 * that marks what it has passed visits every reference once.
 */
function circularReferences(
  references: readonly Reference[],
  place: PlaceInFile,
): readonly Diagnostic[] {
  const byHolder = new Map(
    references
      .filter(({ key }) => key === "$ref")
      .map((reference) => [reference.holder, reference]),
  );
  const done = new Set<Reference>();
  return [...byHolder.values()].flatMap((start) => {
    const walked = new Set<Reference>();
    let current: Reference | undefined = start;
    while (current !== undefined && !done.has(current) && !walked.has(current)) {
      walked.add(current);
      current = isObject(current.target.value) ? byHolder.get(current.target.value) : undefined;
    }
    const entry =
      current !== undefined && walked.has(current) ? [...walked].indexOf(current) : walked.size;
    for (const reference of walked) done.add(reference);
    return [...walked].slice(entry).map((reference) => circular(reference, place));
  });
}

function circular(reference: Reference, place: PlaceInFile): Diagnostic {
  return diagnostic("circular-reference", {
    message: `The reference ${quoted(reference.uri)} leads back to itself and never to a value.`,
    hint: "Replace one reference of the circle by what is meant.",
    place: place(reference.file, trailPointer(reference.trail)),
  });
}
