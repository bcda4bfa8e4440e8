import type { OperationPair } from "../change.js";
import type { DocumentSurface } from "../document-side.js";
import { exists, key, type Inquiry } from "./inquiry.js";
import { suspect, type MethodPair } from "./method-pair.js";
import { callName, type MethodSurface } from "./method-surface.js";

/** Whether the method is still called what it was called, and where. */
export function compareNames(
  method: MethodPair,
  renamedClasses: ReadonlyMap<string, string>,
): readonly Inquiry[] {
  const { old, new: changed } = method;
  const sameMethod = old.named.methodName === changed.named.methodName;
  const sameClass =
    old.namedClass.className === changed.namedClass.className &&
    old.namedClass.propertyName === changed.namedClass.propertyName;
  if (sameMethod && sameClass) return [];
  const [before, after] = [callName(old), callName(changed)];
  const isClass = renamedClasses.get(old.namedClass.className) === changed.namedClass.className;
  const change = suspect(
    method,
    undefined,
    { kind: "operation" },
    {
      rule: sameMethod ? (isClass ? "class-renamed" : "method-moved") : "method-renamed",
      ...(sameMethod && isClass ? { cause: old.namedClass.className } : {}),
      message:
        sameMethod && isClass
          ? `The class \`${old.namedClass.className}\` is now \`${changed.namedClass.className}\`, and \`client.${old.namedClass.propertyName}\` is \`client.${changed.namedClass.propertyName}\`.`
          : `The method \`${before}\` is now \`${after}\`.`,
      old: { pointer: old.named.operation.pointer },
      new: { pointer: changed.named.operation.pointer },
    },
  );
  return [
    {
      question: exists(namesOf(old, changed.clientName)),
      suspects: [change],
      isAlwaysTold: true,
    },
  ];
}

/** Everything that a method is called by, in the new client. */
function namesOf({ namedClass, named, model }: MethodSurface, clientName: string): string {
  const { className, propertyName } = namedClass;
  const method = key(named.methodName);
  return `[${[
    `New.${clientName}[${key(propertyName)}][${method}]`,
    `New.${className}[${method}]`,
    ...(model.call.kind === "request" ? [`New.Operations[${method}]`] : []),
  ].join(", ")}]`;
}

/** A method whose operation the new document does not have. */
export function removedMethod(pair: OperationPair, old: MethodSurface): Inquiry {
  return {
    question: undefined,
    suspects: [
      suspect(
        { pair },
        undefined,
        { kind: "operation" },
        {
          rule: "method-removed",
          message: `The method \`${callName(old)}\` is gone.`,
          old: { pointer: old.named.operation.pointer },
          new: undefined,
        },
      ),
    ],
    isAlwaysTold: true,
  };
}

/** Classes whose operations all moved, together, to a class that is new: by the old name of each. */
export function renamedClasses(
  methods: readonly Pick<MethodPair, "old" | "new">[],
  surfaces: { readonly old: DocumentSurface; readonly new: DocumentSurface },
): ReadonlyMap<string, string> {
  const [before, after] = [surfaces.old, surfaces.new].map(
    ({ named }) => new Set(named.classes.map(({ className }) => className)),
  );
  const targets = new Map<string, Set<string>>();
  for (const { old, new: changed } of methods) {
    const from = old.namedClass.className;
    targets.set(from, (targets.get(from) ?? new Set()).add(changed.namedClass.className));
  }
  return new Map(
    [...targets].flatMap(([from, to]) => {
      const [only] = to;
      const isRenamed =
        to.size === 1 && only !== undefined && after?.has(from) === false && !before?.has(only);
      return isRenamed ? [[from, only] as const] : [];
    }),
  );
}
