import { quoted } from "../../diagnostics/quoted.js";
import { canonicalJson } from "../../document/hashes.js";
import { member, objectMember } from "../../document/json.js";
import type { NamedSchema, ResolvedApi } from "../../resolve/resolved-api.js";
import { namesAlike } from "./names-alike.js";
import { createPairing } from "./pairing.js";
import { spot, type PartChange, type WireContext } from "./wire-context.js";

interface Named {
  readonly name: string;
  readonly schema: NamedSchema;
}

/** Component schemas that are called something else now, and are the same otherwise. */
export function* renamedSchemas(context: WireContext): Generator<PartChange> {
  const pairing = createPairing(
    onlyNamedIn(context.old, context.new),
    onlyNamedIn(context.new, context.old),
  );
  pairing.by(({ schema }) => outline(schema));
  for (const { old, new: now } of pairing.pairs()) {
    if (old === undefined || now === undefined || !isSame(context, old, now)) continue;
    yield {
      rule: "schema-renamed",
      wire: "safe",
      direction: undefined,
      position: { kind: "operation" },
      path: [],
      old: spot(old.schema.pointer, old.name),
      new: spot(now.schema.pointer, now.name),
      message: `The schema ${quoted(old.name)} is called ${quoted(now.name)} now.`,
    };
  }
}

function onlyNamedIn({ schemas }: ResolvedApi, other: ResolvedApi): readonly Named[] {
  return [...schemas].flatMap(([name, schema]) =>
    schema.isComponent && !other.schemas.has(name) ? [{ name, schema }] : [],
  );
}

/** What is quickly compared, and tells schemas of the same name apart from others. */
function outline({ schema }: NamedSchema): string {
  const properties = Object.keys(objectMember(schema, "properties") ?? {}).sort();
  return canonicalJson([
    member(schema, "type") ?? null,
    member(schema, "enum") ?? null,
    properties,
  ]);
}

/** What says little could be the same by chance; names that are alike tell more. */
function isSame({ compareSchemas }: WireContext, old: Named, now: Named): boolean {
  const properties = Object.keys(objectMember(old.schema.schema, "properties") ?? {});
  const saysMuch = properties.length > 1 || member(old.schema.schema, "enum") !== undefined;
  return (
    (saysMuch || namesAlike(old.name, now.name)) &&
    compareSchemas(old.schema, now.schema, "request").length === 0 &&
    compareSchemas(old.schema, now.schema, "response").length === 0
  );
}
