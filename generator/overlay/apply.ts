import { diagnostic } from "../diagnostics/codes.js";
import {
  hasErrors,
  type Diagnostic,
  type Outcome,
  type TextPlace,
} from "../diagnostics/diagnostic.js";
import { createLocator } from "../diagnostics/locate.js";
import { quoted } from "../diagnostics/quoted.js";
import { closest } from "../diagnostics/suggest.js";
import { isObject } from "../document/json.js";
import type { Limits } from "../document/limits.js";
import type { JsonValue, Source } from "../document/source.js";
import {
  additionFrom,
  draftFrom,
  mergeAt,
  removeAll,
  snapshotAt,
  sourceFrom,
  type Addition,
  type Draft,
  type Mismatch,
} from "./draft.js";
import type { Action, Overlay } from "./overlay.js";
import { isQuery, namesIn, type ParseQuery, type Query, type SelectedNode } from "./query.js";
import { weightOf } from "./weight.js";

/** What applying overlays works with. */
export interface Applying {
  readonly parseQuery: ParseQuery;
  readonly limits: Limits;
}

/**
 * Applies overlays to a source, one after the other, each action to the result of the one before it (Overlay 1.1.0,
 * "Overlay Object"). Those after one that fails are tried all the same, so that all problems are told at once, unless
 * it failed for being too much work.
 */
export function applyOverlays(
  source: Source,
  overlays: readonly Overlay[],
  applying: Applying,
): Outcome<Source> {
  const draft = draftFrom(source);
  const budget: Budget = { added: 0 };
  const diagnostics: Diagnostic[] = [];
  for (const overlay of overlays) {
    const locator = createLocator();
    const run: Run = {
      ...applying,
      draft,
      budget,
      overlay,
      place: (pointer, at = "value") => locator.inFile(overlay.file, pointer, at),
    };
    for (const action of overlay.actions) {
      const found = applyAction(action, run);
      diagnostics.push(...found);
      // Each further action on what has grown so far would take as long.
      if (found.some(({ code }) => code === "overlay-too-costly"))
        return { value: undefined, diagnostics };
    }
  }
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const files = new Map([
    ...source.files,
    ...overlays.map(({ file }) => [file.path, file] as const),
  ]);
  return { value: sourceFrom(draft, { ...source, files }), diagnostics };
}

/** How much all overlays together have added. */
interface Budget {
  added: number;
}

/** What the actions of one overlay work with. */
interface Run extends Applying {
  readonly draft: Draft;
  readonly budget: Budget;
  readonly overlay: Overlay;
  readonly place: (pointer: string, at?: "key" | "value") => TextPlace;
}

function applyAction(action: Action, run: Run): readonly Diagnostic[] {
  const nodes = select(action.target, `${action.pointer}/target`, "target", run);
  if (!isList(nodes)) return [nodes];
  const refusal = refusalOf(action, nodes, run);
  if (refusal !== undefined) return [refusal];
  if (action.change.kind === "remove") {
    removeAll(
      run.draft,
      nodes.map(({ location }) => location),
    );
    return [];
  }
  const addition = additionOf(action, run);
  if (!("value" in addition)) return [addition];
  const overweight = weighed(action, addition.value, nodes, run);
  if (overweight !== undefined) return [overweight];
  for (const { location } of nodes) {
    const found = mergeAt(run.draft, location, addition);
    // What does not fit one target hardly fits the others.
    if (found.length > 0) return found.map((mismatch) => incompatible(action, mismatch, run));
  }
  return [];
}

/* ----------------------------------------------------------------- selecting */

/** The nodes of a query: at least one, or else what is wrong. */
function select(
  text: string,
  pointer: string,
  field: "target" | "copy",
  { parseQuery, draft, place }: Run,
): readonly SelectedNode[] | Diagnostic {
  const query = parseQuery(text);
  if (!isQuery(query)) {
    return diagnostic("invalid-json-path", {
      message: `${quoted(text)} is no JSONPath query (RFC 9535): ${query.problem}, at character ${query.index + 1}.`,
      hint: "Write it like $.paths['/pets/{id}'].get: a name with other characters than letters, digits and _ stands in brackets and quotes.",
      place: place(pointer),
    });
  }
  const nodes = query.select(draft.document);
  if (nodes === "too costly") return tooCostly(text, place(pointer));
  if (nodes.length > 0) return nodes;
  const missing = missingName(query, draft);
  return diagnostic("action-without-match", {
    message: `The ${field} ${quoted(text)} matches nothing in the document${missingText(missing)}.`,
    hint: missingHint(missing),
    place: place(pointer),
  });
}

function isList(nodes: readonly SelectedNode[] | Diagnostic): nodes is readonly SelectedNode[] {
  return Array.isArray(nodes);
}

function tooCostly(text: string, place: TextPlace): Diagnostic {
  return diagnostic("overlay-too-costly", {
    message: `The query ${quoted(text)} looks at more values than any real one needs to.`,
    hint: "Name the way to what is meant, in place of .. or several of them.",
    place,
  });
}

/** The first name on the way of a query that the document does not have. */
interface MissingName {
  readonly name: string;
  readonly parent: string;
  readonly candidates: readonly string[];
}

/** So many names are compared with a missing one, and none that is longer than this. */
const CANDIDATES = 2000;
const LONGEST_CANDIDATE = 200;

function missingName(query: Query, draft: Draft): MissingName | undefined {
  for (let { parent } = query; parent !== undefined; parent = parent.query.parent) {
    const nodes = parent.query.select(draft.document);
    if (nodes === "too costly") return undefined;
    if (nodes.length === 0) continue;
    if (parent.name === undefined) return undefined;
    const names = namesIn(nodes).filter((name) => name.length <= LONGEST_CANDIDATE);
    const candidates = names.slice(0, CANDIDATES);
    return { name: parent.name, parent: parent.text, candidates };
  }
  return undefined;
}

function missingText(missing: MissingName | undefined): string {
  if (missing === undefined) return "";
  return `: ${quoted(missing.parent).slice(1, -1)} has no ${quoted(missing.name)}`;
}

function missingHint(missing: MissingName | undefined): string {
  const guess =
    missing === undefined || missing.name.length > LONGEST_CANDIDATE
      ? undefined
      : closest(missing.name, missing.candidates);
  return guess === undefined
    ? "Correct the query, or remove the action if the document no longer needs it."
    : `Did you mean ${quoted(guess)}? Remove the action if the document no longer needs it.`;
}

/* ------------------------------------------------------------------ refusing */

type Kind = "object" | "list" | "single value";

function kindOf(value: JsonValue): Kind {
  if (Array.isArray(value)) return "list";
  return isObject(value) ? "object" : "single value";
}

/** Why the nodes of a target cannot be changed as an action wants to, if they cannot. */
function refusalOf(
  { pointer, change }: Action,
  nodes: readonly SelectedNode[],
  { overlay, place }: Run,
): Diagnostic | undefined {
  const target = place(`${pointer}/target`);
  if (change.kind === "remove" && nodes.some(({ location }) => location.length === 0)) {
    return incompatibleTarget(
      "The target is the whole document, which cannot be removed.",
      "Name what is to be removed in it.",
      target,
    );
  }
  const kinds = new Set(nodes.map(({ value }) => kindOf(value)));
  if (overlay.version === "1.0" && kinds.has("single value")) {
    return incompatibleTarget(
      "The target selects a value that is neither an object nor a list, which version 1.0 of the Overlay Specification does not allow.",
      "Write overlay: 1.1.0, or change the object that the value stands in.",
      target,
    );
  }
  if (change.kind === "remove" || kinds.size === 1) return undefined;
  return incompatibleTarget(
    `The target selects values of several kinds: ${[...kinds].join(", ")}.`,
    "Make one action for each kind.",
    target,
  );
}

function incompatibleTarget(message: string, hint: string, place: TextPlace): Diagnostic {
  return diagnostic("incompatible-action", { message, hint, place });
}

function incompatible(
  { pointer, change }: Action,
  { pointer: present, present: value, added, origin }: Mismatch,
  { overlay, place }: Run,
): Diagnostic {
  const isOwn = change.kind === "update" && origin.file === overlay.file.path;
  return diagnostic("incompatible-action", {
    message: `${aKind(added)} cannot be merged into ${aKind(value).toLowerCase()}, which ${present === "" ? "is the whole document" : `stands at ${quoted(present)}`}.`,
    hint: "Remove the present value by an action of its own, and add the new one by the next action.",
    place: place(isOwn ? origin.pointer : `${pointer}/${change.kind}`),
  });
}

function aKind(value: JsonValue): string {
  const kind = kindOf(value);
  return kind === "object" ? "An object" : `A ${kind}`;
}

/* -------------------------------------------------------------------- adding */

function additionOf({ pointer, change }: Action, run: Run): Addition | Diagnostic {
  const { overlay, draft, place } = run;
  if (change.kind !== "copy") {
    const value = change.kind === "update" ? change.value : null;
    return additionFrom(value, { file: overlay.file.path, pointer: `${pointer}/update` });
  }
  const nodes = select(change.from, `${pointer}/copy`, "copy", run);
  if (!isList(nodes)) return nodes;
  const [node, ...more] = nodes;
  if (node === undefined || more.length > 0) {
    return diagnostic("incompatible-action", {
      message: `The copy ${quoted(change.from)} selects ${nodes.length} values, where one is to be copied.`,
      hint: "Name the one value that is meant.",
      place: place(`${pointer}/copy`),
    });
  }
  return snapshotAt(draft, node.location, node.value);
}

/** Adds what is merged to what was before it; what would be too much is not merged. */
function weighed(
  { pointer, change }: Action,
  value: JsonValue,
  nodes: readonly SelectedNode[],
  { budget, limits, place }: Run,
): Diagnostic | undefined {
  const weight = weightOf(value);
  const depth = nodes.reduce((most, { location }) => Math.max(most, location.length), 0);
  budget.added += weight.values * nodes.length;
  if (budget.added > limits.aliasedValues) {
    return diagnostic("overlay-too-costly", {
      message: `With this action the overlays add more than ${limits.aliasedValues} values to the document.`,
      hint: "Put what is added many times into components, and refer to it with $ref.",
      place: place(`${pointer}/${change.kind}`),
    });
  }
  if (depth + weight.height <= limits.depth) return undefined;
  return diagnostic("too-deep", {
    message: `With this action values are nested more than ${limits.depth} levels deep.`,
    hint: "Move inner schemas to components and refer to them with $ref.",
    place: place(`${pointer}/${change.kind}`),
  });
}
