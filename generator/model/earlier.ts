import { compareText } from "../document/json.js";
import type { EarlierOperation, NamedApi, NamedOperation } from "../names/named-api.js";
import type { Docs } from "../types/docs.js";
import type { Declaration, OperationModel } from "./api-model.js";

/** An operation under a name that it had before: a method like any other, whose types are those that it has now. */
export function earlierOperation(
  earlier: EarlierOperation,
  modelled: (operation: NamedOperation) => OperationModel,
): OperationModel {
  const { className, methodName, typeStem } = earlier.now;
  const now = modelled({ ...earlier, methodName, typeStem });
  const before = modelled(earlier);
  return {
    ...before,
    docs: deprecated([`${className}.${methodName}`]),
    declarations:
      typeStem === earlier.typeStem
        ? []
        : before.declarations.map(({ name }, index) =>
            earlierName(name, now.declarations[index]?.name ?? name),
          ),
  };
}

/** What a class is for that is there for nothing but operations under earlier names. */
export function earlierClassDocs(earlier: readonly EarlierOperation[]): Docs {
  const classes = new Set(earlier.map(({ now }) => now.className));
  return [
    { kind: "text", text: "Operations that are in another class now." },
    ...deprecated([...classes].sort(compareText)),
  ];
}

/** Schemas, with the types among them that had another name before. */
export function withEarlier(
  schemas: readonly Declaration[],
  { earlierTypes }: NamedApi,
): readonly Declaration[] {
  if (earlierTypes.length === 0) return schemas;
  return [...schemas, ...earlierTypes.map(({ name, now }) => earlierName(name, now))].sort(
    (left, right) => compareText(left.name, right.name),
  );
}

function earlierName(name: string, now: string): Declaration {
  return {
    name,
    docs: deprecated([now]),
    shape: { kind: "alias", type: { kind: "named", name: now } },
  };
}

function deprecated(instead: readonly string[]): Docs {
  return [{ kind: "instead", names: instead }];
}
