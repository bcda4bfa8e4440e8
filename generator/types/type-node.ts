import type { Docs } from "./docs.js";

/** A TypeScript type as the model holds it: just the kinds that a schema can become. */
export type TypeNode =
  | { readonly kind: "keyword"; readonly name: KeywordName }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "named"; readonly name: string }
  | Int64Type
  | { readonly kind: "blob" }
  /** A file in a multipart body. */
  | { readonly kind: "filePart" }
  | { readonly kind: "binaryBody" }
  /** Whatever a URL or a header can hold, where the document says nothing about a parameter. */
  | { readonly kind: "parameterValue" }
  /** A stream of events, of a type of their own where the document describes them. */
  | { readonly kind: "eventStream"; readonly event: TypeNode | undefined }
  /** A sequence of JSON values that comes, and one that is sent. */
  | { readonly kind: "jsonStream"; readonly item: TypeNode }
  | { readonly kind: "jsonItems"; readonly item: TypeNode }
  /** A media type range such as `image/*`, as the text of a type that a caller chooses from. */
  | { readonly kind: "mediaRange"; readonly type: string }
  | { readonly kind: "array"; readonly element: TypeNode }
  | TupleType
  | { readonly kind: "union"; readonly members: readonly TypeNode[] }
  | { readonly kind: "intersection"; readonly members: readonly TypeNode[] }
  | ObjectType;

export type KeywordName =
  "string" | "number" | "bigint" | "boolean" | "unknown" | "never" | "null" | "undefined";

/** A 64-bit integer that is no number, or one such value, in digits. */
export interface Int64Type {
  readonly kind: "int64";
  readonly as: "string" | "bigint";
  readonly value: string | undefined;
}

export interface TupleType {
  readonly kind: "tuple";
  readonly elements: readonly TypeNode[];
  /** How many of them, from the first one on, are always there. */
  readonly required: number;
  /** What may follow them, any number of times. */
  readonly rest: TypeNode | undefined;
}

export interface ObjectType {
  readonly kind: "object";
  /** Required ones first, then by name. */
  readonly members: readonly TypeMember[];
  /** The type of every other member, where there may be others. */
  readonly index: TypeNode | undefined;
  /** What the document says of the others, where the index had to take in the types of the members, too. */
  readonly additional?: TypeNode;
}

export interface TypeMember {
  readonly name: string;
  readonly optional: boolean;
  readonly type: TypeNode;
  readonly docs: Docs;
}

/** The keyword types that stages make by themselves. */
export const STRING: TypeNode = { kind: "keyword", name: "string" };
export const UNDEFINED: TypeNode = { kind: "keyword", name: "undefined" };
export const UNKNOWN: TypeNode = { kind: "keyword", name: "unknown" };

/** The types that a tuple is made of. */
export function tupleParts({ elements, rest }: TupleType): readonly TypeNode[] {
  return rest === undefined ? elements : [...elements, rest];
}

/** The types of one operation, in the order of its parameters, media types and responses. */
export interface OperationTypes {
  readonly parameters: readonly TypeNode[];
  readonly requestBodies: readonly (TypeNode | undefined)[];
  readonly responses: readonly (readonly (TypeNode | undefined)[])[];
}
