import { diagnostic } from "./diagnostics/codes.js";
import { outcome, type Outcome } from "./diagnostics/diagnostic.js";
import { quoted } from "./diagnostics/quoted.js";
import { resolvePointer } from "./document/pointer.js";
import type { Source } from "./document/source.js";
import { emitApi } from "./emit/emit.js";
import type { ApiModel } from "./model/api-model.js";
import type { NamedApi, NamedOperation } from "./names/named-api.js";
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
  const values: Readonly<Record<Stage, () => unknown>> = {
    source: () => resolvePointer(source.document, found.operation.pointer),
    resolve: () => found.operation,
    name: () => ({ ...found, operation: operationIdentity(found.operation) }),
    types: () => stages.types?.operations.get(operationIdentity(found.operation)),
    model: () => stages.model && methodModel(stages.model, found.methodName),
    emit: () => stages.model && emittedText(stages.model, found.methodName, options),
  };
  return outcome(values[stage]());
}

function findOperation(named: NamedApi, wanted: string): NamedOperation | undefined {
  const operations = named.classes.flatMap((namedClass) => namedClass.operations);
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

function unknownOperation(operation: string): ReturnType<typeof diagnostic> {
  return diagnostic("unknown-operation", {
    message: `The document has no operation ${quoted(operation)}.`,
    hint: 'Name it by its operationId, by its method in the client, or as in "GET /path".',
  });
}

function methodModel(model: ApiModel, methodName: string): unknown {
  return model.classes
    .flatMap(({ operations }) => operations)
    .find((operation) => operation.methodName === methodName);
}

/** The class as it would be printed with this operation alone. */
function emittedText(model: ApiModel, methodName: string, { runtime }: ServiceOptions): string {
  const classes = model.classes
    .map((classModel) => ({
      ...classModel,
      operations: classModel.operations.filter((operation) => operation.methodName === methodName),
    }))
    .filter(({ operations }) => operations.length > 0);
  const files = emitApi({ ...model, classes }, runtime);
  return files.find(({ path }) => path === `${classes[0]?.fileStem ?? ""}.ts`)?.text ?? "";
}
