import type { ExampleContext } from "../examples/context.js";
import type { ExampleSettings } from "../examples/example.js";
import type { MadeOf } from "../examples/made-of.js";
import type { HeaderReference, HelperPage } from "./reference.js";

/** What decides a reference besides the document. */
export interface ReferenceSettings extends ExampleSettings {
  /** The specification that the document follows, such as `OpenAPI 3.1.0`. */
  readonly specification: string;
  /** What helpers of the client tell of themselves, in the order of the helpers. */
  readonly helperPages: readonly HelperPage[];
}

/** What everything that is described may look at. */
export interface Describing extends ReferenceSettings, ExampleContext {
  /** The headers that are described already, by their pointer: many responses share a few. */
  readonly headers: Map<string, HeaderReference>;
  readonly madeOf: MadeOf;
}
