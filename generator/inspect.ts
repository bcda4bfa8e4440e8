import { diagnostic } from "./diagnostics/codes.js";
import { outcome, type Outcome } from "./diagnostics/diagnostic.js";
import { quoted } from "./diagnostics/quoted.js";
import { resolvePointer } from "./document/pointer.js";
import type { Source } from "./document/source.js";
import { emitApi } from "./emit/emit.js";
import type { ApiModel, ClassModel, OperationModel } from "./model/api-model.js";
import type { EarlierOperation, NamedApi, NamedClass, NamedOperation } from "./names/named-api.js";
import { operationIdentity } from "./names/operations.js";
import type { ServiceOptions, Stage } from "./commands/pipeline-port.js";
import type { Stages } from "./stages.js";

/** What a stage made of one operation, named by its operationId, its method or `GET /path`. */
export function inspectStages(
  source: Source,
  stages: Stages,
  options: ServiceOptions,
  operation: string,
  stage: Stage,
): Outcome<unknown> {
  const { named, diagnostics } = stages;
  if (named === undefined) return { value: undefined, diagnostics };
  const found = findOperation(named, operation);
  if (found === undefined) return { value: undefined, diagnostics: [unknownOperation(operation)] };
  const identity = operationIdentity(found.operation);
  const values: Readonly<Record<Stage, () => unknown>> = {
    source: () => resolvePointer(source.document, found.operation.pointer),
    resolve: () => found.operation,
    name: () => ({ ...found, operation: identity, isPinned: isPinned(found, options) }),
    types: () => stages.types?.operations.get(identity),
    model: () => stages.model && methodModel(stages.model, found),
    emit: () => stages.model && emittedText(stages.model, found, options),
  };
  return outcome(values[stage]());
}

/** An operation and the class that it is in. */
type FoundOperation = NamedOperation &
  Pick<NamedClass, "className"> &
  Partial<Pick<EarlierOperation, "now">>;

/** Operations under the names that they have come before those under the names that they had. */
function findOperation({ classes }: NamedApi, wanted: string): FoundOperation | undefined {
  const operations = (["operations", "earlier"] as const).flatMap((list) =>
    classes.flatMap((namedClass) =>
      namedClass[list].map((found) => ({ className: namedClass.className, ...found })),
    ),
  );
  const [method = "", ...path] = wanted.split(" ");
  // Case counts in a method, but hardly anybody types it in capitals.
  const identities = [wanted, `${method.toUpperCase()} ${path.join(" ")}`];
  return identities
    .map((identity) =>
      operations.find(
        ({ operation, methodName }) =>
          operation.operationId === identity ||
          methodName === identity ||
          operationIdentity(operation) === identity,
      ),
    )
    .find((found) => found !== undefined);
}

/** Whether `driftline.lock` has the name of an operation, so that it stays. */
function isPinned(
  { className, methodName, operation }: FoundOperation,
  { pins }: ServiceOptions,
): boolean {
  const pinned = pins?.operations.get(operationIdentity(operation));
  return pinned?.className === className && pinned.methodName === methodName;
}

function unknownOperation(operation: string): ReturnType<typeof diagnostic> {
  return diagnostic("unknown-operation", {
    message: `The document has no operation ${quoted(operation)}.`,
    hint: 'Name it by its operationId, by its method in the client, or as in "GET /path".',
  });
}

function methodModel(
  { classes }: ApiModel,
  { className, methodName }: FoundOperation,
): OperationModel | undefined {
  return classes
    .find((classModel) => classModel.className === className)
    ?.operations.find((operation) => operation.methodName === methodName);
}

/**
 * The class as it would be printed with this operation alone. An earlier name of an operation stands for the types of
 * what it is called now, so that this is printed, too.
 */
function emittedText(model: ApiModel, found: FoundOperation, { runtime }: ServiceOptions): string {
  const { className, methodName, now } = found;
  const isShown = (classModel: ClassModel): boolean => classModel.className === className;
  const only = (classModel: ClassModel): ClassModel => ({
    ...classModel,
    operations: classModel.operations.filter((operation) =>
      [methodName, now?.methodName].includes(operation.methodName),
    ),
  });
  const classes = model.classes
    .filter((classModel) => isShown(classModel) || classModel.className === now?.className)
    .map(only);
  const shown = `${classes.find(isShown)?.fileStem ?? ""}.ts`;
  return emitApi({ ...model, classes }, runtime).find(({ path }) => path === shown)?.text ?? "";
}
