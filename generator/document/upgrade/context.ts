import type { JsonObject } from "../source.js";
import type { MediaTypeList } from "./media-type-lists.js";

/** What every part of an upgrade has to know of the document as it is written. */
export interface Context {
  readonly document: JsonObject;
  /** What bodies and answers are where an operation says nothing else. */
  readonly consumes: MediaTypeList;
  readonly produces: MediaTypeList;
  /** The extension that says that a value may be null, if the configuration names one. */
  readonly nullable: string | undefined;
  /** Names of the definitions that others build on. */
  readonly parents: ReadonlySet<string>;
  readonly server: ServerBase | undefined;
}

/** Where all operations are, save for those that have another scheme. */
export interface ServerBase {
  readonly scheme: string;
  /** Host and base path. */
  readonly rest: string;
}
