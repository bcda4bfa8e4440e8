import type { SurfaceChange } from "../surface-change.js";

/** A change before anybody has decided whether code still compiles. */
export type Suspect = Omit<SurfaceChange, "source">;

/** A question to the compiler, and what its answer means. */
export interface Inquiry {
  /** An expression of the user program; `undefined` where the answer is known: no. */
  readonly question: string | undefined;
  /** What is to blame where the compiler refuses it. */
  readonly suspects: readonly Suspect[];
  /** What is told where the compiler refuses it and nobody is to blame, here or in another inquiry that asks the same. */
  readonly otherwise?: Suspect | undefined;
  /** Inquiries about parts of the same thing: where one of them is refused, {@link otherwise} is not told. */
  readonly parts?: readonly Inquiry[];
  /** Whether the suspects are told even where the compiler accepts everything: so are names that have an alias. */
  readonly isAlwaysTold?: boolean;
}

/** Where in the generated clients the user program finds what. */
export const PROGRAM_HEAD = `import type * as Old from "./old/index.js";
import type * as New from "./new/index.js";
import type { Data } from "./runtime/responses.js";
type Keys<T> = T extends unknown ? keyof T : never;
type Has<T, K extends Keys<T>> = K;
type Member<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;
type Value<T> = T extends unknown ? (string extends keyof T ? T[string] : never) : never;
type Item<T> = T extends readonly (infer E)[] ? E : T extends AsyncIterable<infer E> ? E : T extends Iterable<infer E> ? E : never;
`;

/** A question: can values of one type be assigned to another one? */
export function assigns(from: string, to: string): string {
  return `(value: ${from}): ${to} => value`;
}

/** A question: does a type have a member? */
export function has(type: string, key: string): string {
  return `null as unknown as Has<${type}, ${key}>`;
}

/** A question: does a type exist? */
export function exists(type: string): string {
  return `null as unknown as ${type}`;
}

/** A text of a document as a literal of the program. JSON strings are those of ECMAScript (since 2019). */
export function key(text: string | number): string {
  return JSON.stringify(text);
}

/** An inquiry of one question. */
export function inquiry(
  question: string | undefined,
  suspects: readonly Suspect[],
  otherwise?: Suspect,
): Inquiry {
  return { question, suspects, otherwise };
}
