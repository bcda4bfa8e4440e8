import type { Operation, ResolvedApi } from "../resolve/resolved-api.js";
import type { Pins } from "./pins.js";

/** A resolved document together with every name that its TypeScript has. */
export interface NamedApi {
  readonly api: ResolvedApi;
  /** The class of the whole service, such as `PeerTube`. */
  readonly clientName: string;
  /** The names of the helpers, sorted. */
  readonly helpers: readonly string[];
  /** One per tag, sorted by class name. */
  readonly classes: readonly NamedClass[];
  /** Type names by component schema name. */
  readonly schemas: ReadonlyMap<string, SchemaNames>;
  /** The types that had another name in the release before, sorted by that. */
  readonly earlierTypes: readonly EarlierType[];
  /** All names, for the next run to keep. */
  readonly pins: Pins;
}

/** A type under a name that it had before. */
export interface EarlierType {
  readonly name: string;
  /** What it is called now. */
  readonly now: string;
}

export interface SchemaNames {
  readonly name: string;
  /** The type of a request, where that differs from the type of a response. */
  readonly inputName: string | undefined;
  /** The type in a multipart body, where the files in it make that another one. */
  readonly formName: string | undefined;
}

export interface NamedClass {
  readonly tag: string | undefined;
  /** `SessionApi` */
  readonly className: string;
  /** `session`, the property of the client. */
  readonly propertyName: string;
  /** `session-api`, without an ending. */
  readonly fileStem: string;
  /** None where the class is there only for those that were in it. */
  readonly operations: readonly NamedOperation[];
  /** Operations under the names that they had in the release before, sorted by those. */
  readonly earlier: readonly EarlierOperation[];
}

export interface NamedOperation {
  readonly operation: Operation;
  /** The name of the method, and of the operation in calls and errors. */
  readonly methodName: string;
  /** `GetVideo`, before `Params`, `Responses`, `Body` and `200Response`. */
  readonly typeStem: string;
  /** Keys of `params`, in the order of `operation.parameters`. */
  readonly parameterKeys: readonly string[];
}

/** An operation under a name that it had before. */
export interface EarlierOperation extends NamedOperation {
  /** What it is called now. */
  readonly now: {
    readonly className: string;
    readonly methodName: string;
    readonly typeStem: string;
  };
}

/** The endings that types of an operation have after its stem. */
export const TYPE_ENDINGS = ["Params", "Body", "Responses"] as const;
