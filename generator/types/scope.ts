import { isSchema } from "../resolve/media-types.js";
import type { JsonValue } from "../document/source.js";
import type { PlacedSchema, ResolvedApi } from "../resolve/resolved-api.js";
import type { Families } from "./families.js";
import { ANYTHING, type NormalSchema } from "./forms.js";

/** What decides the shape of a schema besides the schema itself. */
export interface Scope {
  readonly api: ResolvedApi;
  /** Whether the value is sent: then readOnly properties are left out, and otherwise writeOnly ones. */
  readonly input: boolean;
  /** Whether `format: binary` is a file, as in a multipart body, or else text. */
  readonly files: boolean;
  /** Whether 64-bit integers are told apart from other numbers. */
  readonly int64: boolean;
  readonly families: Families;
  /** Heads of families that are meant themselves, and not their members: see `families.ts`. */
  readonly bases: ReadonlySet<string>;
  /** Properties known from the schemas around, for branches that only say which of them are required. */
  readonly outer: ReadonlyMap<string, PlacedSchema>;
}

/** Brings a schema that stands in another one into normal form: `normalForm`, for the files that it is made of. */
export type FormOf = (placed: PlacedSchema, scope: Scope) => NormalSchema;

/** A property or item stands alone: what is required around it, or built upon there, does not concern it. */
export function alone(scope: Scope): Scope {
  if (scope.outer.size === 0 && scope.bases.size === 0) return scope;
  return { ...scope, outer: new Map(), bases: new Set() };
}

/** A scope in which some properties are known. */
export function withOuter(scope: Scope, properties: ReadonlyMap<string, PlacedSchema>): Scope {
  return properties.size === 0
    ? scope
    : { ...scope, outer: new Map([...scope.outer, ...properties]) };
}

/** The form of what stands in the place of a schema; what is none there allows anything. */
export function formAt(
  value: JsonValue | undefined,
  pointer: string,
  scope: Scope,
  formOf: FormOf,
): NormalSchema {
  return isSchema(value) ? formOf({ schema: value, pointer }, scope) : ANYTHING;
}
