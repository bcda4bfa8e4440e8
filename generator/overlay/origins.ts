import { childPointer, pointerTokens } from "../document/pointer.js";
import type { Source } from "../document/source.js";

/** Where a value stands in a file. */
export interface Origin {
  /** A key of the source's `files`. */
  readonly file: string;
  readonly pointer: string;
}

/**
 * Where the values of a document come from, as a tree that grows beside it: what has no node of its own comes from
 * the same place in the file of what it stands in.
 */
export interface OriginNode {
  readonly origin: Origin;
  readonly children: ReadonlyMap<string, OriginNode>;
}

/** A node that is to be changed. Only whoever made it may do so. */
export interface OriginDraft extends OriginNode {
  origin: Origin;
  readonly children: Map<string, OriginNode>;
}

/** The node of a value and of everything in it that comes from the same place. */
export function originLeaf(origin: Origin): OriginNode {
  return { origin, children: new Map() };
}

/** The node of a member or an item of a value. */
export function originOfChild(node: OriginNode, token: string | number): OriginNode {
  const { file, pointer } = node.origin;
  return (
    node.children.get(String(token)) ?? originLeaf({ file, pointer: childPointer(pointer, token) })
  );
}

/** The origins of a source as a tree. */
export function originTree({ file, origins }: Source): OriginNode {
  const root = draftOf(originLeaf({ file: file.path, pointer: "" }));
  // Shorter pointers first: each node is made before those below it.
  const sorted = [...origins].sort(([left], [right]) => left.length - right.length);
  for (const [pointer, origin] of sorted) {
    const tokens = pointerTokens(pointer);
    let node = root;
    for (const token of tokens.slice(0, -1)) node = draftChild(node, token);
    node.children.set(tokens.at(-1) ?? "", draftOf(originLeaf(origin)));
  }
  return root;
}

/** A copy of a node whose children may be changed. */
export function draftOf({ origin, children }: OriginNode): OriginDraft {
  return { origin, children: new Map(children) };
}

/** Only for trees that are made from nothing but drafts. */
function draftChild(node: OriginDraft, token: string): OriginDraft {
  const child = originOfChild(node, token) as OriginDraft;
  node.children.set(token, child);
  return child;
}

/** The tree as a source has it: a pointer for each value that comes from another place than what it stands in. */
export function originsOf(root: OriginNode): Source["origins"] {
  const origins = new Map<string, Origin>();
  const waiting: { readonly node: OriginNode; readonly pointer: string }[] = [
    { node: root, pointer: "" },
  ];
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    for (const [token, child] of entry.node.children) {
      const pointer = childPointer(entry.pointer, token);
      const inherited = childPointer(entry.node.origin.pointer, token);
      const { file } = entry.node.origin;
      if (child.origin.file !== file || child.origin.pointer !== inherited)
        origins.set(pointer, child.origin);
      waiting.push({ node: child, pointer });
    }
  }
  return origins;
}
