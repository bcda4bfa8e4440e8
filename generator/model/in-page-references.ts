import type { NamedApi } from "../names/named-api.js";

/*
 * Descriptions refer to other parts of the document by the anchors that its rendered page has: `[log
 * in](#operation/getOAuthToken)`. No standard says what those are; these are the ones of Redoc and of references.
 */

/** What the client has for a part of the document. */
export type InPageTarget =
  | { readonly kind: "class"; readonly className: string }
  | { readonly kind: "method"; readonly className: string; readonly methodName: string }
  | { readonly kind: "type"; readonly typeName: string };

/** What can be referred to, by {@link inPageIdentity}. */
export type InPageTargets = ReadonlyMap<string, InPageTarget>;

const ANCHORS: readonly (readonly [kind: string, anchor: RegExp])[] = [
  ["operation", /^#(?:tag\/[^/]+\/)?operation\/([^/]+)$/],
  ["tag", /^#tag\/([^/]+)$/],
  ["schema", /^#(?:schema|model|\/components\/schemas|\/definitions)\/([^/]+)$/],
];

/**
 * What tells the target of an in-page reference apart from all others.
 *
 * @param url of a link, such as `#operation/getVideo`
 * @returns undefined for everything else: links that lead out of the page, and to its sections
 */
export function inPageIdentity(url: string): string | undefined {
  for (const [kind, anchor] of ANCHORS) {
    const [, name] = anchor.exec(url) ?? [];
    if (name !== undefined) return identity(kind, decoded(name));
  }
  return undefined;
}

/** All that the client has of the document. What two of them would answer to is no name of either. */
export function inPageTargets({ classes, schemas }: NamedApi): InPageTargets {
  return unambiguous([
    ...classes.flatMap(({ className, tag, operations }) => [
      ...(tag === undefined ? [] : [entry("tag", tag, { kind: "class", className })]),
      ...operations.flatMap(({ operation: { operationId }, methodName }) =>
        operationId === undefined
          ? []
          : [entry("operation", operationId, { kind: "method", className, methodName })],
      ),
    ]),
    ...[...schemas].map(([schema, { name }]) =>
      entry("schema", schema, { kind: "type", typeName: name }),
    ),
  ]);
}

type Entry = readonly [identity: string, target: InPageTarget];

function entry(kind: string, name: string, target: InPageTarget): Entry {
  return [identity(kind, name), target];
}

function unambiguous(entries: readonly Entry[]): InPageTargets {
  const found = new Map(entries);
  const seen = new Set<string>();
  for (const [name] of entries) {
    if (seen.has(name)) found.delete(name);
    seen.add(name);
  }
  return found;
}

/** A tag is an anchor with hyphens for its spaces. */
function identity(kind: string, name: string): string {
  return `${kind} ${kind === "tag" ? name.replace(/\s+/g, "-") : name}`;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
