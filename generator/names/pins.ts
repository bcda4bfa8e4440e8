/**
 * The names that a client has, by what they belong to: what `driftline.lock` keeps of one service from one run to the
 * next. Operations are named as `METHOD /path`, schemas by `#` and their JSON pointer.
 */
export interface Pins {
  /** The class of the whole service. */
  readonly client: string | undefined;
  /** By the name of the class. */
  readonly classes: ReadonlyMap<string, PinnedClass>;
  readonly operations: ReadonlyMap<string, PinnedOperation>;
  /** Types of schemas. */
  readonly types: ReadonlyMap<string, string>;
  /** Types of schemas in requests, where those are others. */
  readonly inputTypes: ReadonlyMap<string, string>;
  /** Types of schemas in multipart bodies, where those are others. */
  readonly formTypes: ReadonlyMap<string, string>;
  /** What component schemas say, as a hash of it: how a component is known again under another name. */
  readonly contents: ReadonlyMap<string, string>;
  /** Earlier names that the client still has, as `VideoApi.getOld` or as the name of a type. */
  readonly aliases: ReadonlyMap<string, PinnedAlias>;
}

/** The class of one tag. */
export interface PinnedClass {
  /** `undefined` for the class of operations without tags. */
  readonly tag: string | undefined;
  /** The property of the client. */
  readonly property: string;
  /** The name of its file, without ending. */
  readonly file: string;
}

export interface PinnedOperation {
  readonly className: string;
  readonly methodName: string;
  /** What its types begin with. */
  readonly typeStem: string;
}

/** What has an earlier name, and since when that is an earlier one. */
export interface PinnedAlias {
  /** The operation or the schema that has another name now. */
  readonly target: string;
  /** `info.version` of the document with which the other name came. With a document of any other version it goes. */
  readonly since: string;
  /** What the types of the operation began with; `undefined` for a schema. */
  readonly typeStem: string | undefined;
  /** Which type of the schema it is; `undefined` for an operation. */
  readonly type: SchemaTypeKind | undefined;
}

/** A schema can have three types: see `SchemaNames`. */
export type SchemaTypeKind = "type" | "input" | "form";

/** Of a service that was never generated. */
export const NO_PINS: Pins = {
  client: undefined,
  classes: new Map(),
  operations: new Map(),
  types: new Map(),
  inputTypes: new Map(),
  formTypes: new Map(),
  contents: new Map(),
  aliases: new Map(),
};

/** The types of an operation are called after its method, as long as nothing else is called so. */
export function usualStem(methodName: string): string {
  return methodName.charAt(0).toUpperCase() + methodName.slice(1);
}
