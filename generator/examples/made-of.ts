import { textHash } from "../document/hashes.js";
import { pointerTo, pointerTokens, resolvePointer } from "../document/pointer.js";
import { referenceTarget } from "../resolve/references.js";
import type { ExampleContext } from "./context.js";

/**
 * Gives a key for an example: two that are made alike and have the same key are the same.
 *
 * @param start plain data, as JSON has it: all that the example is made of besides its context
 * @param values the part of it of which values are made: it counts with all of the document and of the types that it
 * leads to
 */
export type MadeOf = (start: object, values: object) => string;

/** Looks up what examples can be made of. */
export function examplesMadeOf(context: ExampleContext): MadeOf {
  const { model, table, clientModule, clientVariable } = context;
  const { clientName, servers, securitySchemes } = model;
  const { dialect } = table.named.api;
  const common = [clientModule, clientVariable, clientName, dialect, servers, securitySchemes];
  const partOf = partsIn(context);
  const beginning = JSON.stringify(common);
  return (start, values) => {
    const parts = ledTo(JSON.stringify(values), context);
    const hashes = parts.map((id) => partOf(id).withAll());
    return textHash([beginning, JSON.stringify(start), ...hashes].join("\n"));
  };
}

/* ----------------------------------------------------------------------- what leads on */

/** The strings of JSON text (RFC 8259, section 7); of a member that is one, name and value. */
const STRINGS = /"([^"\\]*(?:\\.[^"\\]*)*)"(?::"([^"\\]*(?:\\.[^"\\]*)*)")?/g;

/**
 * The parts that JSON leads to directly: those of the document that a reference or a pointer leads to, by their
 * pointers; types by their names, which may be anywhere.
 */
function ledTo(json: string, { types }: Pick<ExampleContext, "types">): readonly string[] {
  const found = new Set<string>();
  for (const [, one = "", value = ""] of json.matchAll(STRINGS)) {
    if (one === "$ref") found.add(referenceTarget(plain(value)));
    // What stands nowhere has an empty pointer.
    else if (one === "pointer" && value !== "") found.add(plain(value));
    if (types.has(one)) found.add(one);
    if (types.has(value)) found.add(value);
  }
  return [...found];
}

/** What the inside of a string of JSON stands for. */
function plain(inside: string): string {
  return inside.includes("\\") ? String(JSON.parse(`"${inside}"`)) : inside;
}

/* --------------------------------------------------------------------------- the parts */

/** A part of the document, or a type. */
interface Part {
  /** A hash of what it is. */
  readonly own: string;
  readonly next: readonly string[];
  /** A hash of it and of all that it leads to. */
  readonly withAll: () => string;
}

function partsIn(context: ExampleContext): (id: string) => Part {
  const parts = new Map<string, Part>();
  const known = knownOfSchemas(context);
  const document = context.table.named.api.document;
  const partOf = (id: string): Part => {
    const found = parts.get(id);
    if (found !== undefined) return found;
    const isType = id !== "" && !id.startsWith("/");
    const content = isType ? context.types.get(id) : resolvePointer(document, id);
    const text = JSON.stringify([id, content, known.get(id)]);
    let withAll: string | undefined;
    const part: Part = {
      own: textHash(text),
      next: ledTo(text, context),
      withAll: () => (withAll ??= textHash(reached(id).join("\n"))),
    };
    parts.set(id, part);
    return part;
  };
  const reached = (start: string): readonly string[] => {
    const found = new Set([start]);
    // A set gives what is added to it while it is gone through, too.
    for (const id of found) for (const next of partOf(id).next) found.add(next);
    return [...found].map((id) => partOf(id).own);
  };
  return partOf;
}

/**
 * What the whole document says of schemas: their names and families, and which are decoded; by the pointers of the parts
 * that they stand in.
 */
function knownOfSchemas({ table, families }: ExampleContext): ReadonlyMap<string, object[]> {
  const { schemas, decodedSchemas } = table.named.api;
  const known = new Map<string, object[]>();
  const add = (pointer: string, told: object): void => {
    const tokens = pointerTokens(pointer);
    for (let depth = 0; depth <= tokens.length; depth += 1) {
      const part = pointerTo(...tokens.slice(0, depth));
      const others = known.get(part);
      if (others === undefined) known.set(part, [told]);
      else others.push(told);
    }
  };
  for (const [key, { pointer }] of schemas) {
    const members = families.members.get(key)?.flatMap((member) => schemas.get(member) ?? []) ?? [];
    const values = families.memberships.get(key)?.values ?? [];
    add(pointer, {
      key,
      pointer,
      members: members.map((one) => ({ pointer: one.pointer })),
      values,
    });
  }
  for (const pointer of decodedSchemas) add(pointer, { decoded: pointer });
  return known;
}
