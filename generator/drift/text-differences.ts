import { canonicalJson } from "../document/hashes.js";
import { childrenOf } from "../document/grammar.js";
import { member, objectMember } from "../document/json.js";
import { childPointer } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import type { DocumentSide } from "./document-side.js";
import type { TextDifference } from "./finding.js";
import { createSpotter } from "./spots.js";
import { erasedTemplate } from "./wire/path-template.js";

/** The fields that only people read (OpenAPI 3.1, 4.8; JSON Schema 2020-12, validation, 9), and what they are told as. */
const TEXTS: Readonly<Record<string, TextDifference["what"]>> = {
  description: "description",
  summary: "summary",
  title: "title",
  example: "example",
  examples: "example",
  externalDocs: "externalDocs",
  $comment: "comment",
};

/** Objects outside of the grammar, which has only those that a `$ref` can stand below. */
const OTHERS = ["info", "externalDocs"] as const;

/** The same object of both documents, and where it stands. */
interface Twin {
  readonly kind: Parameters<typeof childrenOf>[1];
  readonly old: Standing;
  readonly new: Standing;
}

interface Standing {
  readonly value: JsonObject;
  readonly pointer: string;
}

/** A text that is not the same, with its pointer where it stands. */
interface Found {
  readonly what: TextDifference["what"];
  readonly old: string | undefined;
  readonly new: string | undefined;
}

/**
 * What differs only in texts and examples: of everything that stands in the same place of both documents as they are
 * compared. What has moved, or what only one of them has, is told as a finding.
 */
export function textDifferences(
  old: DocumentSide,
  current: DocumentSide,
): readonly TextDifference[] {
  const documents = [old.api.document, current.api.document] as const;
  const spots = [createSpotter(old), createSpotter(current)] as const;
  const found = [...textsOfRoot(...documents), ...textsBelow(...documents)];
  return found.map(({ what, old: before, new: now }) => ({
    what,
    old: before === undefined ? undefined : spots[0]({ pointer: before }),
    new: now === undefined ? undefined : spots[1]({ pointer: now }),
  }));
}

function textsOfRoot(old: JsonObject, current: JsonObject): readonly Found[] {
  const ofInfo = textsAt(
    { value: objectMember(old, OTHERS[0]) ?? {}, pointer: `/${OTHERS[0]}` },
    { value: objectMember(current, OTHERS[0]) ?? {}, pointer: `/${OTHERS[0]}` },
  );
  const hasTags = member(old, "tags") !== undefined || member(current, "tags") !== undefined;
  const tags = hasTags ? difference("tag", "tags", standing(old), standing(current)) : [];
  return [...ofInfo, ...tags];
}

function standing(value: JsonObject): Standing {
  return { value, pointer: "" };
}

function textsBelow(old: JsonObject, current: JsonObject): readonly Found[] {
  const found: Found[] = [];
  const open: Twin[] = [{ kind: "document", old: standing(old), new: standing(current) }];
  for (let twin = open.pop(); twin !== undefined; twin = open.pop()) {
    found.push(...textsAt(twin.old, twin.new));
    open.push(...twinsBelow(twin).reverse());
  }
  return found;
}

function textsAt(old: Standing, current: Standing): readonly Found[] {
  return Object.entries(TEXTS).flatMap(([key, what]) => difference(what, key, old, current));
}

function difference(
  what: Found["what"],
  key: string,
  old: Standing,
  current: Standing,
): readonly Found[] {
  const [before, now] = [member(old.value, key), member(current.value, key)];
  if (before === undefined && now === undefined) return [];
  if (canonicalJson(before ?? null) === canonicalJson(now ?? null)) return [];
  return [
    {
      what,
      old: before === undefined ? undefined : childPointer(old.pointer, key),
      new: now === undefined ? undefined : childPointer(current.pointer, key),
    },
  ];
}

/** The objects below both that stand in the same place; the names of path parameters are no part of a place. */
function twinsBelow({ kind, old, new: current }: Twin): Twin[] {
  const keyOf = (tokens: readonly string[]): string =>
    JSON.stringify(kind === "paths" ? tokens.map(erasedTemplate) : tokens);
  const others = new Map(
    childrenOf(current.value, kind).map((child) => [keyOf(child.tokens), child]),
  );
  return childrenOf(old.value, kind).flatMap((child) => {
    const other = others.get(keyOf(child.tokens));
    if (other?.kind !== child.kind) return [];
    const at = ({ pointer }: Standing, { tokens, value }: typeof child): Standing => ({
      value,
      pointer: childPointer(pointer, ...tokens),
    });
    return [{ kind: child.kind, old: at(old, child), new: at(current, other) }];
  });
}
