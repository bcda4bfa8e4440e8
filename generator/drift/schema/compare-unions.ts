import { SCHEMA_KEYWORDS } from "../../resolve/schema-keywords.js";
import type { Level } from "../level.js";
import { areApart } from "./apart.js";
import { listedOf } from "./compare-values.js";
import type { Comparing, Difference, Edge, LocalChange } from "./difference.js";
import { satisfies } from "./accepts.js";
import { samplesOf } from "./samples.js";
import type { SchemaReader } from "./read-schema.js";
import type { Demand, Shape, Told } from "./shape.js";
import { quoted } from "../../diagnostics/quoted.js";
import { canonicalJson } from "../../document/hashes.js";
import { compareText } from "../../document/json.js";
import { componentSchemaName } from "../../resolve/references.js";
import { ownContentOf } from "./schema-content.js";
import type { Spot } from "../change.js";
import type { Kind } from "./value-types.js";

/** The alternatives of one kind of value on both sides. */
export interface Alternatives {
  readonly kind: Kind;
  readonly old: readonly Shape[];
  readonly new: readonly Shape[];
}

/** The two sides by who sends the values, and who has to understand them. */
interface Roles {
  readonly sent: readonly Shape[];
  readonly taken: readonly Shape[];
  readonly sender: SchemaReader;
  readonly taker: SchemaReader;
  /** All that is taken, of whatever kind. */
  readonly whole: Demand;
}

/** The most pairs of alternatives that are held against each other. */
const MOST_PAIRS = 10_000;

/**
 * What differs in the alternatives of one kind of value. Every alternative that is sent has to fit into one that is
 * understood. Where it does not, the one that it used to be tells why; without such a one it has come, or gone.
 */
export function compareUnions(
  given: Alternatives,
  wholes: { readonly old: Demand; readonly new: Demand },
  comparing: Comparing,
): Difference {
  const alternatives = simplified(given);
  const { kind } = alternatives;
  const [old, ...otherOld] = alternatives.old;
  const [now, ...otherNew] = alternatives.new;
  if (old === undefined || now === undefined) return { changes: [], edges: [] };
  if (otherOld.length === 0 && otherNew.length === 0)
    return {
      changes: [],
      edges: [{ path: [], pair: { kind: "shapes", old, new: now, of: kind } }],
    };
  if (alternatives.old.length * alternatives.new.length > MOST_PAIRS)
    return { changes: [tooMany(old, now, comparing)], edges: [] };
  const isRequest = comparing.direction === "request";
  const roles: Roles = isRequest
    ? {
        sent: alternatives.old,
        taken: alternatives.new,
        sender: comparing.old,
        taker: comparing.new,
        whole: wholes.new,
      }
    : {
        sent: alternatives.new,
        taken: alternatives.old,
        sender: comparing.new,
        taker: comparing.old,
        whole: wholes.old,
      };
  return match(roles, kind, comparing);
}

function match(roles: Roles, kind: Kind, comparing: Comparing): Difference {
  const partners = partnersOf(roles, kind, comparing);
  const edges: Edge[] = [];
  const changes: LocalChange[] = [];
  const met = new Set<Shape>();
  // The same alternative twice is one.
  const isTwin = (shape: Shape, others: readonly Shape[]): boolean =>
    others.some((other) => {
      const isSent = others === roles.taken;
      const pair = pairOf(isSent ? shape : other, isSent ? other : shape, kind, comparing);
      return comparing.isEqual(pair);
    });
  for (const shape of roles.sent) {
    const partner = partners.get(shape);
    const pairWith = (other: Shape): Edge["pair"] => pairOf(shape, other, kind, comparing);
    const fits = (other: Shape): boolean => comparing.worst(pairWith(other)) === "safe";
    const candidates = [...(partner === undefined ? [] : [partner]), ...roles.taken];
    const cover = candidates.find(fits);
    if (cover !== undefined) met.add(cover);
    if (partner !== undefined) met.add(partner);
    if (partner !== undefined && (cover === undefined || cover === partner)) {
      const isSure = cover === partner || isSurelyLost(roles, shape, partner, kind);
      edges.push({
        path: [],
        pair: pairWith(partner),
        ...(isSure ? {} : { atMost: "undecidable" }),
      });
    } else if (partner === undefined && !isTwin(shape, roles.taken)) {
      const isCovered = cover !== undefined;
      const isLost = !isCovered && isSurelyLost(roles, shape, undefined, kind);
      const level = isCovered ? "safe" : isLost ? "breaking" : "undecidable";
      changes.push(lone(shape, roles, comparing, level));
    }
  }
  for (const shape of roles.taken) {
    if (!met.has(shape) && !isTwin(shape, roles.sent)) changes.push(unmet(shape, roles, comparing));
  }
  return { changes, edges };
}

function pairOf(sent: Shape, taken: Shape, kind: Kind, { direction }: Comparing): Edge["pair"] {
  return direction === "request"
    ? { kind: "shapes", old: sent, new: taken, of: kind }
    : { kind: "shapes", old: taken, new: sent, of: kind };
}

/** Whether some value of an alternative has nothing that takes it, if its partner does not. */
function isSurelyLost(roles: Roles, shape: Shape, partner: Shape | undefined, kind: Kind): boolean {
  const others = roles.taken.filter((other) => other !== partner);
  if (others.every((other) => areApart(roles.sender, shape, roles.taker, other, kind))) return true;
  return samplesOf(roles.sender, shape, kind).some(
    (value) => satisfies(roles.taker, roles.whole, value) === false,
  );
}

/**
 * Alternatives that are the same one in both documents: chosen by the same names, equal, of mostly the same properties,
 * at the same position, or the only ones left.
 */
function partnersOf(
  { sent, taken, sender, taker }: Roles,
  kind: Kind,
  comparing: Comparing,
): ReadonlyMap<Shape, Shape> {
  const partners = new Map<Shape, Shape>();
  const free = new Set(taken);
  const join = (areOne: (shape: Shape, other: Shape) => boolean): void => {
    for (const shape of sent) {
      if (partners.has(shape)) continue;
      const found = [...free].find((other) => areOne(shape, other));
      if (found === undefined) continue;
      partners.set(shape, found);
      free.delete(found);
    }
  };
  join((shape, other) => isReferred(shape) && nameOf(shape) === nameOf(other));
  join((shape, other) => comparing.isEqual(pairOf(shape, other, kind, comparing)));
  if (kind === "object")
    join((shape, other) =>
      haveSameNames(
        [...sender.partsOf(shape).named.keys()],
        [...taker.partsOf(other).named.keys()],
      ),
    );
  join((shape, other) => nameOf(shape) === nameOf(other));
  const lonely = sent.filter((shape) => !partners.has(shape));
  if (lonely.length === 1 && free.size === 1) join(() => true);
  return partners;
}

/** Whether more than half of the names are the same. */
function haveSameNames(names: readonly string[], others: readonly string[]): boolean {
  const shared = names.filter((name) => others.includes(name)).length;
  return shared > 0 && shared * 2 > Math.max(names.length, others.length);
}

/** Whether references chose it: otherwise its name is only its position. */
function isReferred({ choices }: Shape): boolean {
  return choices.some((choice) => choice.startsWith("/"));
}

function nameOf({ choices }: Shape): string {
  return JSON.stringify([...choices].filter((choice) => choice !== "null").sort());
}

/* ------------------------------------------------------------------ simplified */

/** Without alternatives that another one includes; lists of values are put together. */
function simplified({ kind, old, new: now }: Alternatives): Alternatives {
  return { kind, old: withoutIncluded(old, kind), new: withoutIncluded(now, kind) };
}

function withoutIncluded(shapes: readonly Shape[], kind: Kind): readonly Shape[] {
  const open = shapes.find((shape) => isOpen(shape, kind));
  if (open !== undefined) return [open];
  const [first, ...rest] = shapes.filter((shape) => listedOf(shape, kind) !== undefined);
  if (first === undefined || rest.length === 0) return shapes;
  const others = shapes.filter((shape) => listedOf(shape, kind) === undefined);
  return [listTogether(first, rest, kind), ...others];
}

function listTogether(first: Shape, rest: readonly Shape[], kind: Kind): Shape {
  const all = [first, ...rest];
  const values: readonly Told[] = all.flatMap((shape) => listedOf(shape, kind) ?? []);
  return {
    ...first,
    key: all.map(({ key }) => key).join("/"),
    types: new Set(all.flatMap(({ types }) => [...types])),
    values,
    lists: all,
    choices: [],
  };
}

/** Whether a shape has all values of a kind. */
function isOpen(shape: Shape, kind: Kind): boolean {
  if (kind === "number" && !shape.types.has("fraction")) return false;
  if (shape.values !== undefined) return false;
  return shape.atoms.every(({ schema }) =>
    Object.keys(schema).every((key) => {
      const keyword = Object.hasOwn(SCHEMA_KEYWORDS, key) ? SCHEMA_KEYWORDS[key] : undefined;
      if (keyword === undefined || WITHOUT_EFFECT.has(key)) return true;
      return keyword.about !== undefined && keyword.about !== kind;
    }),
  );
}

/** Keywords that do not narrow the values of a kind that is allowed at all. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(
  "type nullable title description default deprecated readOnly writeOnly example examples externalDocs xml discriminator $ref allOf anyOf oneOf".split(
    " ",
  ),
);

/* --------------------------------------------------------------------- changes */

function lone(shape: Shape, { taken }: Roles, { direction }: Comparing, wire: Level): LocalChange {
  const isRequest = direction === "request";
  const spot = variantSpot(shape);
  const other = { pointer: taken[0]?.pointer ?? "" };
  return {
    rule: isRequest ? "variant-removed" : "variant-added",
    wire,
    path: [],
    old: isRequest ? spot : other,
    new: isRequest ? other : spot,
    message: (subject) => variantText(subject, shape, !isRequest),
  };
}

function unmet(shape: Shape, { sent }: Roles, { direction }: Comparing): LocalChange {
  const isRequest = direction === "request";
  const spot = variantSpot(shape);
  const other = { pointer: sent[0]?.pointer ?? "" };
  return {
    rule: isRequest ? "variant-added" : "variant-removed",
    wire: "safe",
    path: [],
    old: isRequest ? other : spot,
    new: isRequest ? spot : other,
    message: (subject) => variantText(subject, shape, isRequest),
  };
}

/** What a variant is: the schemas that it refers to, by name, and what is written out of it. */
function variantSpot(shape: Shape): Spot {
  const names = shape.choices.filter((choice) => choice.startsWith("/")).sort(compareText);
  const isNamed = shape.choices.every((choice) => choice.startsWith("/") || choice === "null");
  const written = shape.atoms.map(({ schema }) => canonicalJson(ownContentOf(schema)));
  return {
    pointer: shape.atoms[0]?.pointer ?? shape.pointer,
    content: isNamed && names.length > 0 ? names : [...names, ...written.sort(compareText)],
  };
}

function variantText(subject: string, shape: Shape, isAdded: boolean): string {
  const names = shape.choices.flatMap((choice) => componentSchemaName(choice) ?? []);
  const [name] = names;
  const what = name === undefined ? "one of its variants" : quoted(name);
  return isAdded
    ? `${subject} may now be ${name === undefined ? "of another variant" : quoted(name)}.`
    : `${subject} may no longer be ${what}.`;
}

function tooMany(old: Shape, now: Shape, comparing: Comparing): LocalChange {
  return {
    rule: "comparison-cut",
    wire: "undecidable",
    path: [],
    old: { pointer: old.pointer, content: comparing.old.wholeContentOf(old.atoms) },
    new: { pointer: now.pointer, content: comparing.new.wholeContentOf(now.atoms) },
    message: (subject) => `${subject} has too many variants to be compared.`,
  };
}
