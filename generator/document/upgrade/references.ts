import type { Findings } from "../../diagnostics/diagnostic.js";
import { quoted } from "../../diagnostics/quoted.js";
import { trailPointer, type Trail } from "../trail.js";
import { childrenOf, isTargetKind, type NodeKind, type TargetKind } from "../grammar.js";
import { objectMember, setMember, stringMember } from "../json.js";
import { fragmentPointer, referenceTo, resolvePointer } from "../pointer.js";
import type { JsonObject } from "../source.js";
import { found } from "./findings.js";
import { homeOf, originPointer, type Layout } from "./origins.js";

interface Node {
  readonly value: JsonObject;
  readonly kind: NodeKind;
  readonly trail: Trail | undefined;
}

/** Makes every `$ref` of an upgraded document lead to where its target stands now. Completes the document in place. */
export function* redirectReferences(document: JsonObject, layout: Layout): Findings<void> {
  const waiting: Node[] = [{ value: document, kind: "document", trail: undefined }];
  const seen = new Set<JsonObject>();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    // Media types share their schemas.
    if (seen.has(node.value)) continue;
    seen.add(node.value);
    yield* redirect(node, document, layout);
    const { trail } = node;
    for (const { value, kind, tokens } of childrenOf(node.value, node.kind))
      waiting.push({ value, kind, trail: { before: trail, tokens } });
  }
}

function* redirect(
  { value, kind, trail }: Node,
  document: JsonObject,
  layout: Layout,
): Findings<void> {
  if (kind === "discriminator") redirectMapping(value, layout);
  const reference = stringMember(value, "$ref");
  if (reference === undefined || !isTargetKind(kind)) return;
  const target = newTarget(reference, kind, layout);
  if (resolvePointer(document, target) !== undefined) {
    setMember(value, "$ref", referenceTo(target));
    return;
  }
  // Only schemas are left: what else is referred to was followed on the way.
  delete value["$ref"];
  yield withoutHome(reference, originPointer(layout, trailPointer(trail, "$ref")));
}

function newTarget(reference: string, kind: TargetKind, layout: Layout): string {
  return homeOf(layout, kind, fragmentPointer(reference) ?? "");
}

/** A mapping names schemas, or refers to them. */
function redirectMapping(discriminator: JsonObject, layout: Layout): void {
  const mapping = objectMember(discriminator, "mapping");
  for (const key of Object.keys(mapping ?? {})) {
    const reference = stringMember(mapping, key);
    if (mapping !== undefined && reference?.startsWith("#") === true)
      setMember(mapping, key, referenceTo(newTarget(reference, "schema", layout)));
  }
}

function withoutHome(reference: string, pointer: string): ReturnType<typeof found> {
  return found("ignored-value", {
    message: `The reference ${quoted(reference)} leads to something that is no schema; it describes nothing.`,
    hint: "Refer to a definition.",
    pointer,
  });
}
