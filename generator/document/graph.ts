import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { createLocator } from "../diagnostics/locate.js";
import { quoted } from "../diagnostics/quoted.js";
import { createCatalogue, type Catalogue } from "./catalogue.js";
import {
  findReferences,
  type FoundReference,
  type ParsedFile,
  type PlaceInFile,
  type SearchNode,
  type SearchOptions,
} from "./find-references.js";
import { grammarOf, type Grammar } from "./grammar.js";
import { isObject } from "./json.js";
import {
  addressOf,
  isUrl,
  type Address,
  type Permissions,
  type Refusal,
} from "./reference-policy.js";
import { isRefusal, targetOf, type ReferenceTarget } from "./reference-target.js";
import type { JsonObject } from "./source.js";
import { trailPointer } from "./trail.js";
import { hasJsonSchema } from "./version.js";

export interface Reference extends FoundReference {
  readonly target: ReferenceTarget;
}

/** All files of a document, and all references in those parts of them that belong to it. */
export interface DocumentGraph {
  readonly root: ParsedFile;
  readonly grammar: Grammar;
  readonly files: readonly ParsedFile[];
  readonly references: readonly Reference[];
  /** The schemas that have an `$id` or an anchor. */
  readonly identified: ReadonlySet<JsonObject>;
  /** Those that lead to no value; each was told as an error. */
  readonly broken: readonly FoundReference[];
}

/** Opens a file that a reference names, by absolute path or URL; the refusal says why it cannot be used. */
export type OpenFile = (location: string) => Promise<Opened>;
export interface Opened {
  readonly file?: ParsedFile;
  readonly refusal?: Refusal;
  readonly warnings?: readonly Diagnostic[];
}

/**
 * Follows every reference of a document, to other files too, and finds those that lead to nothing or in circles. There
 * is a value beside errors too.
 */
export async function followReferences(
  root: ParsedFile,
  permissions: Permissions,
  openFile: OpenFile,
): Promise<{ readonly value: DocumentGraph; readonly diagnostics: readonly Diagnostic[] }> {
  const locator = createLocator();
  const place: PlaceInFile = (file, pointer) => locator.inFile(file.file, pointer, "value");
  const grammar = grammarOf(root.value);
  const hasIdentifiers = hasJsonSchema(root.value);
  const state: Following = {
    permissions,
    openFile,
    search: { searched: new Map(), grammar, place, hasIdentifiers },
    catalogue: createCatalogue(hasIdentifiers ? grammar : undefined),
    opened: new Map(),
    files: [],
    references: [],
    identified: new Set(),
    broken: [],
    findings: [],
  };
  addFile(root, state);
  await followAll(root, state);
  const { files, references, identified, broken, findings } = state;
  const circular = new Set(circularReferences(references));
  return {
    value: {
      root,
      grammar,
      files,
      references: references.filter((reference) => !circular.has(reference)),
      identified,
      broken: [...broken, ...circular],
    },
    diagnostics: [
      ...findings,
      ...[...circular].map((reference) => circularReference(reference, place)),
    ],
  };
}

/** What one call of {@link followReferences} gathers. */
interface Following {
  readonly permissions: Permissions;
  readonly openFile: OpenFile;
  readonly search: SearchOptions;
  readonly catalogue: Catalogue;
  /** By location as references have it. */
  readonly opened: Map<string, Opened>;
  readonly files: ParsedFile[];
  readonly references: Reference[];
  readonly identified: Set<JsonObject>;
  readonly broken: FoundReference[];
  readonly findings: Diagnostic[];
}

interface Addressed {
  readonly reference: FoundReference;
  readonly address: Address;
}

/**
 * Searches in waves: what the references of one lead to is searched in the next. A reference to something that is
 * not known waits until nothing else is left to do, so that the order in which files come in decides nothing, and
 * nothing is fetched that some file of the document has.
 */
async function followAll(root: ParsedFile, state: Following): Promise<void> {
  const { catalogue } = state;
  let nodes: readonly SearchNode[] = isObject(root.value)
    ? [
        {
          file: root,
          value: root.value,
          kind: "document",
          trail: undefined,
          base: catalogue.baseAround(root, ""),
        },
      ]
    : [];
  let waiting: readonly Addressed[] = [];
  for (;;) {
    while (nodes.length > 0) {
      const found = searchIn(nodes, state);
      await openAll(
        found.flatMap(({ address }) => localLocation(address)),
        state,
      );
      const settled = settle(found, state, false);
      nodes = settled.nodes;
      waiting = [...waiting, ...settled.waiting];
    }
    const known = settle(waiting, state, false);
    const settled =
      known.nodes.length > 0 || (await openMore(known.waiting, state))
        ? known
        : settle(known.waiting, state, true);
    if (settled !== known && settled.nodes.length === 0) {
      state.findings.push(...settled.waiting.map((item) => refused(item, state)));
      state.broken.push(...settled.waiting.map(({ reference }) => reference));
      return;
    }
    ({ nodes, waiting } = settled);
  }
}

function searchIn(nodes: readonly SearchNode[], state: Following): readonly Addressed[] {
  const { references, identified, findings } = findReferences(nodes, state.search);
  state.findings.push(...findings);
  for (const item of identified) {
    state.catalogue.add(item);
    if (isObject(item.value)) state.identified.add(item.value);
  }
  const addresses = new Map<string, Address>();
  return references.map((reference) => {
    const { uri, base, file } = reference;
    const key = `${file.path}\n${base}\n${uri}`;
    const address = addresses.get(key) ?? addressOf(uri, base, file, state.permissions);
    addresses.set(key, address);
    return { reference, address };
  });
}

/** Finds the targets of references; gives back those that have to be searched in turn, and those without any. */
function settle(
  items: readonly Addressed[],
  state: Following,
  isLenient: boolean,
): { readonly nodes: readonly SearchNode[]; readonly waiting: readonly Addressed[] } {
  const nodes: SearchNode[] = [];
  const waiting: Addressed[] = [];
  for (const item of items) {
    const { reference, address } = item;
    const target = targetOf(reference, address, state, isLenient);
    if (isRefusal(target)) {
      waiting.push(item);
      continue;
    }
    if (target.isGuessed === true) state.findings.push(guessed(reference, state));
    state.references.push({ ...reference, target });
    if (isObject(target.value))
      nodes.push({
        file: target.file,
        value: target.value,
        kind: reference.kind,
        trail: target.trail,
        base: state.catalogue.baseAround(target.file, target.pointer),
      });
  }
  return { nodes, waiting };
}

function localLocation({ location }: Address): readonly string[] {
  return location === undefined || isUrl(location) ? [] : [location];
}

/**
 * Opens what may hold the targets of waiting references: first the files that would be meant without any `$id`,
 * since they may well have the `$id`s that are meant, and only then files of other hosts.
 *
 * @returns whether there was anything left to open
 */
async function openMore(waiting: readonly Addressed[], state: Following): Promise<boolean> {
  const addresses = waiting.map(({ address }) => address);
  const ways = [
    addresses.flatMap(({ beside }) => (beside === undefined ? [] : [beside])),
    addresses.flatMap(({ location }) => (location === undefined ? [] : [location])),
  ];
  for (const locations of ways) {
    if (locations.some((location) => !state.opened.has(location))) {
      await openAll(locations, state);
      return true;
    }
  }
  return false;
}

/** More at the same time would only take more memory. */
const OPENED_TOGETHER = 8;

async function openAll(locations: readonly string[], state: Following): Promise<void> {
  const unknown = [...new Set(locations)].filter((location) => !state.opened.has(location));
  for (let start = 0; start < unknown.length; start += OPENED_TOGETHER) {
    const some = unknown.slice(start, start + OPENED_TOGETHER);
    const opened = await Promise.all(some.map((location) => state.openFile(location)));
    some.forEach((location, index) => {
      addOpened(location, opened[index] ?? {}, state);
    });
  }
}

/** A file that is there under another name already counts as that file. */
function addOpened(
  location: string,
  { file, refusal, warnings = [] }: Opened,
  state: Following,
): void {
  const known = state.files.find((other) => other.path === file?.path) ?? file;
  state.opened.set(location, {
    ...(known === undefined ? {} : { file: known }),
    ...(refusal === undefined ? {} : { refusal }),
  });
  if (known === undefined || state.files.includes(known)) return;
  addFile(known, state);
  state.findings.push(...warnings);
}

function addFile(file: ParsedFile, { files, catalogue }: Following): void {
  files.push(file);
  catalogue.addFile(file);
}

function refused({ reference, address }: Addressed, state: Following): Diagnostic {
  const refusal = targetOf(reference, address, state, true);
  if (!isRefusal(refusal)) throw new Error("A reference was refused that has a target.");
  return diagnostic(refusal.code, {
    message: `The reference ${quoted(reference.uri)} ${refusal.problem}.`,
    hint: refusal.hint,
    place: placeOf(reference, state.search.place),
  });
}

function guessed(reference: FoundReference, { search }: Following): Diagnostic {
  return diagnostic("reference-past-id", {
    message: `The reference ${quoted(reference.uri)} leads to nothing in the schema resource that it stands in, whose $id it is relative to; it is read as relative to the file.`,
    hint: "Remove the $id, or write the reference relative to it.",
    place: placeOf(reference, search.place),
  });
}

function placeOf({ file, trail }: FoundReference, place: PlaceInFile): ReturnType<PlaceInFile> {
  return place(file, trailPointer(trail));
}

/**
 * Every reference that, followed from target to target, comes back to itself. Each has one target, so that a walk
 * that marks what it has passed visits every reference once.
 */
function circularReferences(references: readonly Reference[]): readonly Reference[] {
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
    return [...walked].slice(entry);
  });
}

function circularReference(reference: Reference, place: PlaceInFile): Diagnostic {
  return diagnostic("circular-reference", {
    message: `The reference ${quoted(reference.uri)} leads back to itself and never to a value.`,
    hint: "Replace one reference of the circle by what is meant.",
    place: placeOf(reference, place),
  });
}
