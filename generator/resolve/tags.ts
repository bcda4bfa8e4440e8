import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { arrayMember, stringMember, stringsMember } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import type { Tag } from "./resolved-api.js";

/** A tag as it stands in the document. */
interface WrittenTag {
  readonly pointer: string;
  readonly value: JsonValue;
}

type WrittenTags = ReadonlyMap<string, WrittenTag>;

/** The tags that the document says something about, by name. */
export function* resolveTags(document: JsonObject): Findings<ReadonlyMap<string, Tag>> {
  const written = writtenTags(document);
  const tags = new Map<string, Tag>();
  for (const [name, { value, pointer }] of written) {
    tags.set(name, {
      summary: stringMember(value, "summary"),
      description: stringMember(value, "description"),
      ancestors: yield* ancestorsOf(name, written, `${pointer}/parent`),
    });
  }
  return tags;
}

function writtenTags(document: JsonObject): WrittenTags {
  return new Map(
    arrayMember(document, "tags").flatMap((value, index) => {
      const name = stringMember(value, "name");
      return name === undefined ? [] : [[name, { value, pointer: `/tags/${index}` }] as const];
    }),
  );
}

/** The names of the tags that a tag is nested under. One that leads nowhere, or in a circle, ends the way. */
function* ancestorsOf(
  name: string,
  tags: WrittenTags,
  pointer: string,
): Findings<readonly string[]> {
  const passed = new Set([name]);
  const ancestors: string[] = [];
  let current = parentOf(tags.get(name));
  while (current !== undefined) {
    const tag = tags.get(current);
    if (tag === undefined) {
      // Told where it stands, and not once more for each tag below that one.
      if (passed.size === 1) yield unknownParent(current, pointer);
      break;
    }
    if (passed.has(current)) {
      if (current === name) yield circularParent(name, pointer);
      return [];
    }
    passed.add(current);
    ancestors.push(stringMember(tag.value, "summary") ?? current);
    current = parentOf(tag);
  }
  return ancestors;
}

function parentOf(tag: WrittenTag | undefined): string | undefined {
  return stringMember(tag?.value, "parent");
}

function unknownParent(parent: string, pointer: string): Diagnostic {
  return diagnostic("invalid-tag-parent", {
    message: `The document has no tag ${quoted(parent)}, which is to be the parent of this one.`,
    hint: "Add it to the tags of the document, or correct the name. It matters to comments only.",
    place: { pointer, at: "value" },
  });
}

function circularParent(name: string, pointer: string): Diagnostic {
  return diagnostic("invalid-tag-parent", {
    message: `The parents of the tag ${quoted(name)} lead back to it.`,
    hint: "Take off the parent that does. It matters to comments only.",
    place: { pointer, at: "value" },
  });
}

/** Kinds of tags that label operations and do not group them (OpenAPI, "Tag Kind Registry"). */
const LABELS: ReadonlySet<string | undefined> = new Set(["audience", "badge"]);

/** The names of the tags that are labels, such as `beta`. */
export function labelTags(document: JsonObject): ReadonlySet<string> {
  const labels = [...writtenTags(document)].filter(([, { value }]) =>
    LABELS.has(stringMember(value, "kind")),
  );
  return new Set(labels.map(([name]) => name));
}

/**
 * The tag that decides the class of an operation: the first one that is no label, or the first where all are. Documents
 * before OpenAPI 3.2 have no kinds, so that it is the first there.
 */
export function groupingTag(
  operation: JsonObject,
  labels: ReadonlySet<string>,
): string | undefined {
  const names = stringsMember(operation, "tags");
  return names.find((name) => !labels.has(name)) ?? names[0];
}
