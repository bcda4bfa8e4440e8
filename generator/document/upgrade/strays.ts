import { nameTargets, type Nameless } from "../bundle-names.js";
import { childrenOf, isTargetKind, SWAGGER, type NodeKind, type TargetKind } from "../grammar.js";
import { isObject, objectMember, stringMember } from "../json.js";
import { fragmentPointer, pointerTokens, resolvePointer } from "../pointer.js";
import type { JsonObject } from "../source.js";

/** Something that is referred to but stands where Swagger 2.0 has nothing, such as `#/x-schemas/Pet`. */
export interface Stray extends Nameless {
  readonly kind: TargetKind;
  readonly value: JsonObject;
  /** Under which it becomes a component. */
  readonly name: string;
}

/** The fields of a document below which everything is upgraded where it stands. */
const UPGRADED_PLACES: ReadonlySet<string> = new Set([
  "paths",
  "definitions",
  "parameters",
  "responses",
  "securityDefinitions",
  "components",
]);

/** Schemas and path items that stand elsewhere. Other strays are upgraded where they are used. */
export function findStrays(document: JsonObject): readonly Stray[] {
  const found = new Map<string, Omit<Stray, "name">>();
  const seen = new Map<NodeKind, Set<JsonObject>>();
  const waiting: { readonly value: JsonObject; readonly kind: NodeKind }[] = [
    { value: document, kind: "document" },
  ];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { value, kind } = node;
    const objects = seen.get(kind) ?? new Set();
    if (objects.has(value)) continue;
    seen.set(kind, objects.add(value));
    waiting.push(...childrenOf(value, kind, SWAGGER));
    const stray = strayOf(value, kind, document);
    if (stray === undefined) continue;
    waiting.push(stray);
    if (kind === "schema" || kind === "pathItem") found.set(`${kind} ${stray.pointer}`, stray);
  }
  return [
    ...named([...found.values()], "schema", takenNames(document, "definitions", "schemas")),
    ...named([...found.values()], "pathItem", takenNames(document, "", "pathItems")),
  ];
}

/** What the `$ref` of an object leads to, if that is a stray. */
function strayOf(
  value: JsonObject,
  kind: NodeKind,
  document: JsonObject,
): Omit<Stray, "name"> | undefined {
  const reference = stringMember(value, "$ref");
  if (reference === undefined || !isTargetKind(kind)) return undefined;
  const pointer = fragmentPointer(reference) ?? "";
  const target = resolvePointer(document, pointer);
  const [top] = pointerTokens(pointer);
  if (!isObject(target) || top === undefined || UPGRADED_PLACES.has(top)) return undefined;
  // Names that are taken get what stands before them: `models_Size`.
  return { kind, value: target, file: top, pointer };
}

function named(
  found: readonly Omit<Stray, "name">[],
  kind: TargetKind,
  taken: ReadonlySet<string>,
): readonly Stray[] {
  const names = nameTargets(
    found.filter((stray) => stray.kind === kind),
    taken,
  );
  return [...names].map(([stray, name]) => ({ ...stray, name }));
}

function takenNames(document: JsonObject, own: string, section: string): ReadonlySet<string> {
  const components = objectMember(objectMember(document, "components"), section);
  return new Set([
    ...Object.keys(objectMember(document, own) ?? {}),
    ...Object.keys(components ?? {}),
  ]);
}
