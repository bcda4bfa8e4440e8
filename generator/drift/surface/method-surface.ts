import type { OperationModel } from "../../model/api-model.js";
import type { NamedClass, NamedOperation } from "../../names/named-api.js";
import { operationIdentity } from "../../names/operations.js";
import type { OperationTypes } from "../../types/type-node.js";
import type { DocumentSurface } from "../document-side.js";

/** An operation as callers see it. */
export interface MethodSurface {
  readonly clientName: string;
  readonly namedClass: NamedClass;
  readonly named: NamedOperation;
  readonly types: OperationTypes;
  readonly model: OperationModel;
}

/** The methods of a client, by the identity of their operations. */
export function methodsOf({
  named,
  types,
  model,
}: DocumentSurface): ReadonlyMap<string, MethodSurface> {
  const methods = new Map<string, MethodSurface>();
  named.classes.forEach((namedClass, place) => {
    namedClass.operations.forEach((operation, index) => {
      const identity = operationIdentity(operation.operation);
      const found = model.classes[place]?.operations[index];
      const own = types.operations.get(identity);
      if (found === undefined || own === undefined) return;
      methods.set(identity, {
        clientName: named.clientName,
        namedClass,
        named: operation,
        types: own,
        model: found,
      });
    });
  });
  return methods;
}

/** `video.getVideo`, as it is called on the client. */
export function callName({ namedClass, named }: MethodSurface): string {
  return `${namedClass.propertyName}.${named.methodName}`;
}

/** The names that the client exports because of the operation, such as `GetVideoParams`. */
export function exportedTypes({ model }: MethodSurface): readonly string[] {
  return model.declarations.map(({ name }) => name);
}
