import { operationIdentity } from "../../names/operations.js";
import type { GeneratedFile } from "../../output/generated-file.js";
import type { Operation } from "../../resolve/resolved-api.js";
import type { OperationPair } from "../change.js";
import type { DocumentSide } from "../document-side.js";
import type { SurfaceChange } from "../surface-change.js";
import { compareAnswers } from "./compare-answers.js";
import { compareExports } from "./compare-exports.js";
import { compareNames, removedMethod, renamedClasses } from "./compare-names.js";
import { compareRequests } from "./compare-requests.js";
import { compareService, type Surfaces } from "./compare-service.js";
import { createTypeComparer } from "./compare-types.js";
import type { Inquiry } from "./inquiry.js";
import type { MethodPair } from "./method-pair.js";
import { exportedTypes, methodsOf, type MethodSurface } from "./method-surface.js";
import { exportsSameNames, printClients } from "./print-clients.js";
import { isRefused, settle, type Answer } from "./settle.js";
import { scopeOf } from "./type-scope.js";
import { askCompiler, type CompilerAnswers } from "./user-program.js";

/** How many questions the compiler is asked at most; whatever else is suspected is told as undecidable. */
const MOST_QUESTIONS = 20_000;

/**
 * What stops code that was written for the old client from compiling against the new one, and where. The compiler
 * decides; what it accepts is not told, except for names, which are told either way.
 *
 * @param pairs the operations; those that are no methods of a client are left alone
 * @param runtime the files of the runtime, which both clients use
 */
export function compareSurfaces(
  old: DocumentSide,
  changed: DocumentSide,
  pairs: readonly OperationPair[],
  runtime: readonly GeneratedFile[],
): readonly SurfaceChange[] {
  if (old.surface === undefined || changed.surface === undefined) return [];
  const surfaces: Surfaces = { old: old.surface, new: changed.surface };
  const methods = pairMethods(surfaces, pairs);
  const removed = removedMethods(surfaces, pairs);
  const naming = nameInquiries(methods, surfaces);
  const inquiries = [
    ...compareService(surfaces),
    ...removed.map(({ pair, method }) => removedMethod(pair, method)),
    ...naming.map(({ inquiry }) => inquiry),
    ...methods.flatMap((method) => [...compareRequests(method), ...compareAnswers(method)]),
  ];
  if (inquiries.length === 0 && exportsSameNames(surfaces)) return [];
  const answers = ask(surfaces, runtime, inquiries);
  const lost = [
    ...removed.map(({ method }) => method),
    ...naming.flatMap(({ inquiry, method }) =>
      isRefused(inquiry, answers.answerTo) ? [method.old] : [],
    ),
  ];
  const explained = explainedNames(surfaces, lost, methods);
  const exported = compareExports(answers.exported, surfaces, methods, explained);
  return [
    ...settle(inquiries, answers.answerTo),
    ...exported.map((suspect) => ({ ...suspect, source: "breaking" as const })),
  ];
}

/* ---------------------------------------------------------------------- methods */

function pairMethods(surfaces: Surfaces, pairs: readonly OperationPair[]): readonly MethodPair[] {
  const [before, after] = [methodsOf(surfaces.old), methodsOf(surfaces.new)];
  const scopes = { old: scopeOf(surfaces.old.model), new: scopeOf(surfaces.new.model) };
  const compareTypes = createTypeComparer(scopes.old, scopes.new);
  return pairs.filter(isCalled).flatMap((pair) => {
    const [old, changed] = [methodOf(before, pair.old), methodOf(after, pair.new)];
    return old === undefined || changed === undefined
      ? []
      : [{ pair, old, new: changed, compareTypes, scopes, surfaces }];
  });
}

function removedMethods(
  surfaces: Surfaces,
  pairs: readonly OperationPair[],
): readonly { readonly pair: OperationPair; readonly method: MethodSurface }[] {
  const methods = methodsOf(surfaces.old);
  return pairs.filter(isCalled).flatMap((pair) => {
    const method = pair.new === undefined ? methodOf(methods, pair.old) : undefined;
    return method === undefined ? [] : [{ pair, method }];
  });
}

/** Webhooks and callbacks are called by the server: clients have no methods for them. */
function isCalled({ origin }: OperationPair): boolean {
  return origin === "paths";
}

function methodOf(
  methods: ReadonlyMap<string, MethodSurface>,
  operation: Operation | undefined,
): MethodSurface | undefined {
  return operation === undefined ? undefined : methods.get(operationIdentity(operation));
}

function nameInquiries(
  methods: readonly MethodPair[],
  surfaces: Surfaces,
): readonly { readonly method: MethodPair; readonly inquiry: Inquiry }[] {
  const classes = renamedClasses(methods, surfaces);
  return methods.flatMap((method) =>
    compareNames(method, classes).map((inquiry) => ({ method, inquiry })),
  );
}

/* ---------------------------------------------------------------------- names */

/** The exported names that nobody need tell of, because what they belong to is told. */
function explainedNames(
  { old, new: changed }: Surfaces,
  lost: readonly MethodSurface[],
  methods: readonly MethodPair[],
): ReadonlySet<string> {
  const name = old.named.clientName;
  return new Set([
    ...lost.flatMap((method) => [method.namedClass.className, ...exportedTypes(method)]),
    ...methods.flatMap(({ old: before, new: after }) =>
      after.model.params === undefined ? [before.model.params?.typeName ?? ""] : [],
    ),
    ...(name === changed.named.clientName
      ? []
      : ["", "Auth", "Options", "ServerVariables"].map((ending) => `${name}${ending}`)),
  ]);
}

/* ---------------------------------------------------------------------- compiler */

/** Whether an answer makes a difference: not where nobody is to blame, or a part that is known to be refused explains it. */
function mayTell({ suspects, otherwise, parts = [] }: Inquiry): boolean {
  if (suspects.length > 0) return true;
  return otherwise !== undefined && parts.every(({ question }) => question !== undefined);
}

interface Asked {
  readonly answerTo: (question: string) => Answer;
  readonly exported: CompilerAnswers["exported"];
}

function ask(
  surfaces: Surfaces,
  runtime: readonly GeneratedFile[],
  inquiries: readonly Inquiry[],
): Asked {
  const all = [...new Set(inquiries.filter(mayTell).flatMap(({ question }) => question ?? []))];
  const questions = all.slice(0, MOST_QUESTIONS);
  const skipped = new Set(all.slice(MOST_QUESTIONS));
  const { refusals, exported } = askCompiler(
    { ...printClients(surfaces, inquiries), runtime },
    questions,
  );
  const answerTo = (question: string): Answer => {
    if (refusals.has(question)) return { kind: "refused", reason: refusals.get(question) };
    return { kind: skipped.has(question) ? "not asked" : "accepted" };
  };
  return { answerTo, exported };
}
