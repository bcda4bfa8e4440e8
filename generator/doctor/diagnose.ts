import { diagnostic, firstHand } from "../diagnostics/codes.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { createLocator, type Locator } from "../diagnostics/locate.js";
import { quoted } from "../diagnostics/quoted.js";
import { compareText } from "../document/json.js";
import { LIMITS } from "../document/limits.js";
import { pointerTokens } from "../document/pointer.js";
import type { Source } from "../document/source.js";
import type { NamedOperation } from "../names/named-api.js";
import { operationIdentity } from "../names/operations.js";
import { applyOverlays, type Applying } from "../overlay/apply.js";
import { checkReferences } from "../overlay/check-references.js";
import { parseOverlay } from "../overlay/parse-overlay.js";
import { loadQueries } from "../overlay/query.js";
import { runStages, type StageOptions } from "../stages.js";
import { overlayText, writtenAction, type WrittenAction } from "./overlay-text.js";
import type { Patient, Phase, Repair } from "./repair.js";
import { repairsOf } from "./repairs.js";

/** What is wrong with a document, and what an overlay can do about it. All findings are located by position. */
export interface Diagnosis {
  /** What the actions repair. */
  readonly repairable: readonly Diagnostic[];
  /** What is still found when they are applied. */
  readonly lasting: readonly Diagnostic[];
  /** The actions of an overlay for the document, in their order. */
  readonly actions: readonly WrittenAction[];
}

/** What the overlay is called while it is being written; no file that is read can have this name. */
const UNWRITTEN = "";

/** A repair can bring to light what was not found before; so many times is looked again. */
const ROUNDS = 20;

/**
 * Examines a document, repairs what can be repaired, and looks again, until nothing is left to be done.
 *
 * @param title what the document is called where it has no title
 * @param isBroken whether parts of the document could not be read: what seems to be missing may stand in them
 */
export async function diagnose(
  source: Source,
  options: StageOptions,
  title: string,
  isBroken = false,
): Promise<Diagnosis> {
  const applying: Applying = { parseQuery: await loadQueries(LIMITS.depth), limits: LIMITS };
  const examination: Examination = { options, title, isBroken, applying };
  let examined = examine(source, examination);
  const attempted = new Map<string, Diagnostic>();
  const actions: WrittenAction[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = treatable(examined, attempted);
    if (found.repairs.length === 0) break;
    const treated = treat(examined.source, found.repairs, examination);
    for (const finding of found.findings) attempted.set(keyOf(finding), finding);
    actions.push(...treated.actions);
    examined = examine(treated.source, examination);
  }
  const lasting = new Set(examined.findings.map(({ located }) => keyOf(located)));
  return {
    repairable: [...attempted].flatMap(([key, finding]) => (lasting.has(key) ? [] : [finding])),
    lasting: examined.findings.map(({ located }) => located),
    actions,
  };
}

/* ----------------------------------------------------------------- examining */

/** What stays the same while a document is examined again and again. */
interface Examination {
  readonly options: StageOptions;
  readonly title: string;
  readonly isBroken: boolean;
  readonly applying: Applying;
}

interface Examined {
  readonly source: Source;
  readonly patient: Patient;
  readonly findings: readonly Finding[];
}

/** A finding with its pointer, which repairs need, and with its position, which stays when the document changes. */
interface Finding {
  readonly found: Diagnostic;
  readonly located: Diagnostic;
}

function examine(source: Source, { options, title, isBroken }: Examination): Examined {
  const { named, diagnostics: all } = runStages(source, options);
  const diagnostics = isBroken ? firstHand(all) : all;
  const operations = named?.classes.flatMap((namedClass) => namedClass.operations) ?? [];
  const locator = createLocator(source);
  const findings = [...diagnostics, ...operations.flatMap(missingOperationId)].map((found) => {
    return { found, located: withPosition(found, locator) };
  });
  return { source, patient: { document: source.document, operations, title }, findings };
}

/** Positions in the overlay that is being written mean nothing to anybody yet. */
function withPosition(found: Diagnostic, locator: Locator): Diagnostic {
  const { place, ...rest } = found;
  const position = place === undefined ? undefined : locator.ofPlace(place);
  if (position === undefined) return found;
  return position.file.path === UNWRITTEN ? rest : { ...rest, place: position };
}

function missingOperationId({ operation, methodName }: NamedOperation): readonly Diagnostic[] {
  if (operation.operationId !== undefined) return [];
  const identity = quoted(operationIdentity(operation));
  return [
    diagnostic("missing-operation-id", {
      message: `${identity} has no operationId; its method is called ${quoted(methodName).slice(1, -1)}, after its path.`,
      hint: "Give it an operationId, so that the method keeps its name when the path changes.",
      place: { pointer: operation.pointer },
    }),
  ];
}

function keyOf({ code, message, place }: Diagnostic): string {
  const position =
    place !== undefined && "line" in place
      ? `${place.file.path}:${place.line}:${place.column}`
      : JSON.stringify(place ?? null);
  return `${code} ${position} ${message}`;
}

/* ------------------------------------------------------------------ treating */

interface Treatable {
  readonly findings: readonly Diagnostic[];
  readonly repairs: readonly Repair[];
}

/** What can be done in one round: items are removed only when nothing else is left, for that moves others. */
function treatable(
  { findings, patient }: Examined,
  attempted: ReadonlyMap<string, Diagnostic>,
): Treatable {
  const open = findings
    .filter(({ located }) => !attempted.has(keyOf(located)))
    .map(({ found, located }) => ({ located, repairs: repairsOf(found, patient) }))
    .filter(({ repairs }) => repairs.length > 0);
  const steady = open.filter(({ repairs }) =>
    repairs.every(({ phase }) => phase !== "remove item"),
  );
  const chosen = steady.length > 0 ? steady : open;
  return {
    findings: chosen.map(({ located }) => located),
    repairs: inOrder(distinct(chosen.flatMap(({ repairs }) => repairs))),
  };
}

/** Several findings may need the same change. */
function distinct(repairs: readonly Repair[]): readonly Repair[] {
  return [...new Map(repairs.map((repair) => [JSON.stringify(repair), repair])).values()];
}

const PHASES: readonly Phase[] = ["merge", "remove", "add", "rename", "remove item"];

/** By phase; what is removed or renamed from the end and from below, so that the pointers of the others stay right. */
function inOrder(repairs: readonly Repair[]): readonly Repair[] {
  return PHASES.flatMap((phase) => {
    const own = repairs.filter((repair) => repair.phase === phase);
    return phase === "merge" || phase === "add"
      ? own
      : own.sort((left, right) => comparePointers(right.pointer, left.pointer));
  });
}

function comparePointers(left: string, right: string): number {
  const [leftTokens, rightTokens] = [pointerTokens(left), pointerTokens(right)];
  for (const [index, token] of leftTokens.entries()) {
    const other = rightTokens[index];
    if (other === undefined) return 1;
    const isIndex = /^\d+$/.test(token) && /^\d+$/.test(other);
    const order = isIndex ? Number(token) - Number(other) : compareText(token, other);
    if (order !== 0) return order;
  }
  return leftTokens.length - rightTokens.length;
}

interface Treated {
  readonly source: Source;
  readonly actions: readonly WrittenAction[];
}

/** Applies repairs as the overlay will: through its text. */
function treat(source: Source, repairs: readonly Repair[], examination: Examination): Treated {
  const { applying } = examination;
  const steps = repairs.flatMap((repair) => repair.steps);
  const actions = steps.map((step) => writtenAction(step, source.document));
  const file = { path: UNWRITTEN, text: overlayText(actions, { title: "Repairs" }) };
  const overlay = parseOverlay(file, applying.limits);
  const applied = overlay.value && applyOverlays(source, [overlay.value], applying);
  if (applied?.value !== undefined && flaws(applied.value) <= flaws(source))
    return { source: applied.value, actions };
  return repairs.length === 1
    ? { source, actions: [] }
    : treatOneByOne(source, repairs, examination);
}

/** How many references lead to nothing, which no repair may make more of. */
function flaws(source: Source): number {
  return checkReferences(source).length;
}

/** Where repairs get in the way of each other, each is made that still can be. */
function treatOneByOne(
  source: Source,
  repairs: readonly Repair[],
  examination: Examination,
): Treated {
  let treated: Treated = { source, actions: [] };
  for (const repair of repairs) {
    const next = treat(treated.source, [repair], examination);
    treated = { source: next.source, actions: [...treated.actions, ...next.actions] };
  }
  return treated;
}
