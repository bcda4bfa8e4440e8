import type { MediaType } from "../../resolve/resolved-api.js";
import type { TypeNode } from "../../types/type-node.js";
import type { TypeComparison } from "./compare-types.js";
import { assigns, inquiry, type Inquiry, type Suspect } from "./inquiry.js";
import { hasAt, typeSuspect, type Described, type MethodPair } from "./method-pair.js";

/** What the compiler is asked about two types of a value. */
export interface TypeQuestion {
  /** What callers have, and what it has to fit. */
  readonly from: string;
  readonly to: string;
  /** The new type, whichever of the two it is. */
  readonly target: string;
  readonly required: readonly Suspect[];
}

/** One inquiry for what can be assigned, and one for each member that is gone. */
export function typeInquiries(
  method: MethodPair,
  { differences, isCut }: TypeComparison,
  at: Described,
  { from, to, target, required }: TypeQuestion,
): readonly Inquiry[] {
  const told = differences
    .filter(({ question }) => question === "assignment")
    .map((difference) => typeSuspect(method, at, difference));
  const otherwise = typeSuspect(method, at, {
    rule: "type-incompatible",
    path: [],
    message: "The type no longer fits.",
    question: "assignment",
  });
  const members = differences
    .filter(({ question }) => question === "member")
    .map((difference) =>
      inquiry(hasAt(target, difference.path), [typeSuspect(method, at, difference)]),
    );
  const suspects = [...required, ...told];
  return [
    {
      // Whatever the compiler would say, there is nobody here to blame.
      question: isCut && suspects.length === 0 ? undefined : assigns(from, to),
      suspects,
      // What was left out is to blame, and told of other types.
      otherwise: isCut ? undefined : otherwise,
      parts: members,
    },
    ...members,
  ];
}

/** A media type and the type of its bodies. */
export interface TypedMedia {
  readonly mediaType: MediaType;
  readonly type: TypeNode;
}

/** Media types of the same name, and the two that are left where one took the place of another. */
export function mediaTypePairs(
  old: readonly TypedMedia[],
  changed: readonly TypedMedia[],
): readonly (readonly [TypedMedia, TypedMedia])[] {
  const named = old.flatMap((before) => {
    const after = changed.find(({ mediaType }) => mediaType.name === before.mediaType.name);
    return after === undefined ? [] : [[before, after] as const];
  });
  const [before, ...others] = old.filter((media) => !named.some(([found]) => found === media));
  const [after, ...more] = changed.filter((media) => !named.some(([, found]) => found === media));
  return before !== undefined && after !== undefined && others.length + more.length === 0
    ? [...named, [before, after]]
    : named;
}
