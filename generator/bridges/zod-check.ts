/**
 * What a validator looks at: a schema of the document, read in the way in which its type was made, together with the
 * limits that no type can say. It allows everything that the document does, and may allow more.
 */
export type Check =
  | { readonly kind: "anything" | "nothing" | "null" | "boolean" | "int64" }
  | { readonly kind: "text"; readonly limits: TextChecks }
  | { readonly kind: "number"; readonly limits: NumberChecks }
  | { readonly kind: "values"; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: "list"; readonly items: Check; readonly limits: ListChecks }
  | TupleCheck
  | ObjectCheck
  | { readonly kind: "nullable"; readonly inner: Check }
  | { readonly kind: "any of" | "all of"; readonly members: readonly Check[] }
  /** A named schema, by its key. */
  | { readonly kind: "named"; readonly key: string };

export interface TextChecks {
  /** In characters (Unicode code points). */
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  /** Only one that can be run on any text without harm. */
  readonly pattern: string | undefined;
}

export interface NumberChecks {
  readonly isInteger: boolean;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  /** Limits that are excluded themselves. */
  readonly above: number | undefined;
  readonly below: number | undefined;
  readonly step: number | undefined;
}

export interface ListChecks {
  readonly least: number | undefined;
  readonly most: number | undefined;
  readonly isDistinct: boolean;
}

export interface TupleCheck {
  readonly kind: "tuple";
  readonly elements: readonly Check[];
  /** How many of them, from the first one on, are always there. */
  readonly required: number;
  readonly rest: Check | undefined;
  readonly limits: ListChecks;
}

export interface ObjectCheck {
  readonly kind: "object";
  readonly members: readonly MemberCheck[];
  /** What other members have to be; `undefined` where nothing is said of them, `nothing` where there are none. */
  readonly others: Check | undefined;
  readonly least: number | undefined;
  readonly most: number | undefined;
}

export interface MemberCheck {
  readonly name: string;
  readonly isRequired: boolean;
  readonly check: Check;
}

export const ANYTHING: Check = { kind: "anything" };
export const NOTHING: Check = { kind: "nothing" };
export const NULL: Check = { kind: "null" };

/** What one of several checks lets through; null, which is one of many, goes beside the others. */
export function anyOf(members: readonly Check[]): Check {
  const others = members.filter(({ kind }) => kind !== "null" && kind !== "nothing");
  const [first] = others;
  if (first === undefined) return members.some(({ kind }) => kind === "null") ? NULL : NOTHING;
  const either: Check = others.length === 1 ? first : { kind: "any of", members: others };
  return members.some(({ kind }) => kind === "null") ? orNull(either) : either;
}

/** What all of several checks let through. */
export function allOf(members: readonly Check[]): Check {
  const telling = members.filter(({ kind }) => kind !== "anything");
  const [first] = telling;
  if (first === undefined) return ANYTHING;
  return telling.length === 1 ? first : { kind: "all of", members: telling };
}

export function orNull(inner: Check): Check {
  const hasNull = ["anything", "null", "nullable"].includes(inner.kind);
  return hasNull ? inner : { kind: "nullable", inner };
}

/** The checks that a check is made of. */
export function partsOf(check: Check): readonly Check[] {
  switch (check.kind) {
    case "list":
      return [check.items];
    case "tuple":
      return [...check.elements, ...(check.rest === undefined ? [] : [check.rest])];
    case "object":
      return [
        ...check.members.map((member) => member.check),
        ...(check.others === undefined ? [] : [check.others]),
      ];
    default:
      return partsOfSame(check);
  }
}

/** Those of them that look at the same value. */
export function partsOfSame(check: Check): readonly Check[] {
  switch (check.kind) {
    case "nullable":
      return [check.inner];
    case "any of":
    case "all of":
      return check.members;
    default:
      return [];
  }
}
