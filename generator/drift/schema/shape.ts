import type { JsonObject, JsonValue } from "../../document/source.js";
import type { PlacedSchema } from "../../resolve/resolved-api.js";
import type { ValueType } from "./value-types.js";

/** What a value has to satisfy: all of some schemas. Of none, anything does. */
export interface Demand {
  /** Tells demands of one document apart. */
  readonly key: string;
  readonly schemas: readonly PlacedSchema[];
}

/** Something that a document says, and the pointer of where. */
export interface Told<T = JsonValue> {
  readonly value: T;
  readonly pointer: string;
}

/** A schema that is taken by what it says itself: its references and compositions are not meant. */
export interface Atom {
  readonly schema: JsonObject;
  readonly pointer: string;
}

/** A set of values without alternatives: those that satisfy some schemas taken by what they say themselves. */
export interface Shape {
  /** Tells shapes of one document apart. */
  readonly key: string;
  readonly atoms: readonly Atom[];
  readonly types: ReadonlySet<ValueType>;
  /** The listed values; `undefined` where none are listed. */
  readonly values: readonly Told[] | undefined;
  /** Where it puts several lists of values together: those that have them. */
  readonly lists?: readonly Shape[];
  /** What was chosen of unions on the way to it: pointers that references lead to, or positions. */
  readonly choices: readonly string[];
  /** Where a reader looks for it. */
  readonly pointer: string;
}

/** What a schema says beside which values there are, to be read where it stands. */
export interface Annotations {
  readonly default: Told | undefined;
  readonly deprecated: Told | undefined;
  readonly readOnly: Told | undefined;
  readonly writeOnly: Told | undefined;
  /** Of a schema that is no union: see `discriminators.ts`. */
  readonly discriminator: Told<JsonObject> | undefined;
}

/** A set of values in normal form: those of any of some shapes. */
export interface Meaning {
  readonly demand: Demand;
  readonly annotations: Annotations;
  readonly shapes: readonly Shape[];
  /** Unions of which exactly one alternative may fit. */
  readonly exclusive: readonly Exclusive[];
  /** Whether there are more alternatives than are compared, so that some of them are missing. */
  readonly isCut: boolean;
  /** Where a reader looks for it; `undefined` where there is no schema. */
  readonly pointer: string | undefined;
}

/** The alternatives of one `oneOf`. */
export interface Exclusive {
  readonly pointer: string;
  /** Whether it holds for all values, and not only for those of an alternative of another union. */
  readonly isWhole: boolean;
  readonly alternatives: readonly Demand[];
}
