import type { JsonObject, JsonValue } from "../document/source.js";
import type {
  Idempotency,
  Pagination,
  SecurityRequirement,
  SecuritySchemeInfo,
  ServerInfo,
} from "../resolve/resolved-api.js";
import type { Docs } from "../types/docs.js";
import type { ObjectType, TypeNode } from "../types/type-node.js";

/**
 * Everything that is emitted, decided: after this nothing is chosen, renamed or reordered any more. Texts are those
 * of the document, unescaped; only the emitters know the language they print.
 */
export interface ApiModel {
  readonly clientName: string;
  readonly title: string;
  readonly version: string;
  readonly description: string | undefined;
  readonly servers: readonly ServerInfo[];
  readonly securitySchemes: readonly SecuritySchemeInfo[];
  /** The names of hand-written files that are copied into the client, sorted. */
  readonly helpers: readonly string[];
  readonly classes: readonly ClassModel[];
  /** The types of `components.schemas`, by name. */
  readonly schemas: readonly Declaration[];
  /** Those of them that have 64-bit integers and stand in JSON of an operation. Empty where those are numbers. */
  readonly int64Schemas: readonly Int64Schema[];
}

/** An exported type. */
export interface Declaration {
  readonly name: string;
  readonly docs: Docs;
  readonly shape: DeclarationShape;
}

export type DeclarationShape =
  | { readonly kind: "interface"; readonly bases: readonly string[]; readonly object: ObjectType }
  | { readonly kind: "alias"; readonly type: TypeNode };

export interface ClassModel {
  readonly className: string;
  readonly propertyName: string;
  readonly fileStem: string;
  readonly docs: Docs;
  readonly operations: readonly OperationModel[];
}

export interface OperationModel {
  readonly methodName: string;
  readonly docs: Docs;
  /** What stands before the tags of the method's comment: method, path and credentials. */
  readonly wireLine: WireLine;
  /** `undefined` where there is nothing to pass. */
  readonly params: ParamsModel | undefined;
  /** One per group of media types that a caller can ask for; mostly one. */
  readonly answers: readonly AnswerModel[];
  readonly call: CallModel;
  /** The types that stand below the class, in the order in which a reader meets them. */
  readonly declarations: readonly Declaration[];
}

export interface WireLine {
  readonly method: string;
  readonly path: string;
  readonly security: readonly SecurityRequirement[];
  readonly pagination: Pagination | undefined;
  /** `undefined` where it is what the method promises. */
  readonly idempotency: Idempotency | undefined;
}

export interface ParamsModel {
  /** `undefined` where `accept`, which each overload has for itself, is all there is. */
  readonly typeName: string | undefined;
  /** Whether a call may leave the whole object out. */
  readonly optional: boolean;
}

/** What a method gives for one choice of `accept`. */
export interface AnswerModel {
  /** The name of the interface of bodies by status. */
  readonly responsesName: string;
  /** The media types that ask for it; empty where there is no choice. */
  readonly accept: readonly string[];
  /** What a list has; `undefined` where the answer is no page of one. */
  readonly item: ItemModel | undefined;
}

/** The type of an item: one that can be written down, or the place where a type without a name stands. */
export type ItemModel =
  | { readonly kind: "type"; readonly type: TypeNode }
  | {
      readonly kind: "inline";
      /** Which of the bodies has it. */
      readonly status: number | string;
      readonly steps: readonly ItemStep[];
    };

export interface ItemStep {
  /** `undefined`: an element of an array. */
  readonly key: string | undefined;
  /** Whether what has the key may be missing or null. */
  readonly isNullable: boolean;
}

export interface CallModel {
  /** `url`: the method builds a URL for a browser and sends nothing. */
  readonly kind: "request" | "url";
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** What is sent in the query each time, by name. */
  readonly fixedQuery: readonly (readonly [string, string])[];
  readonly parameters: readonly ParameterModel[];
  readonly body: BodyModel | undefined;
  /** The value of `Accept`, or the preferred one of several that a caller chooses from. */
  readonly accept: string | undefined;
  readonly choosesAccept: boolean;
  readonly response: DecodingModel;
  readonly errors: ErrorDecoding | undefined;
  readonly security: readonly SecurityRequirement[];
  readonly server: ServerInfo | undefined;
  /** Whether the request may be repeated; `undefined` where that is what the method promises. */
  readonly isIdempotent: boolean | undefined;
  /** `undefined` where the answer is no page of a list. */
  readonly paging: PagingModel | undefined;
}

/** A function of the runtime that makes calls paged, and the data that it gets. */
export interface PagingModel {
  readonly kind: "offset" | "link" | "keyset";
  readonly rule: JsonObject;
}

export interface ParameterModel {
  readonly location: "path" | "query" | "header" | "cookie";
  readonly wireName: string;
  /** The key in `params`. */
  readonly key: string;
  /** Sent where the caller leaves a required parameter out. */
  readonly fallback: JsonValue | undefined;
  /** Whether repetitions are told by it: a key is made for a caller who gives none. */
  readonly isIdempotencyKey: boolean;
  readonly style: StyleModel | undefined;
  /** How the value is encoded that is the whole query; `undefined` for all other parameters. */
  readonly wholeQuery: EncoderModel | undefined;
  /** The 64-bit integers of a value that is written as JSON, where they are no numbers and there are any. */
  readonly int64: Int64Json | undefined;
}

/** A function of the runtime's `styles.ts`, where the default of the location does not serve. */
export interface StyleModel {
  readonly name: StyleName;
  readonly explode: boolean;
  /** What goes around it so that reserved characters stay as they are; each place has its own. */
  readonly reserved: ReservedName | undefined;
}

export type ReservedName = "allowReserved" | "allowReservedInPath" | "allowReservedInCookie";

export type StyleName =
  | "none"
  | "exploded"
  | "simple"
  | "label"
  | "matrix"
  | "commaDelimited"
  | "spaceDelimited"
  | "pipeDelimited"
  | "deepObject"
  | "inCookieStyle"
  | "jsonContent";

/** How a body is encoded: in one way, or in the one that belongs to the media type which the caller chooses. */
export type BodyModel =
  | ({
      readonly kind: "single";
      /** The type to send where the caller chooses none; `undefined`: the caller has to. */
      readonly contentType: string | undefined;
      /** Whether the caller's `contentType` is sent. */
      readonly isChosen: boolean;
    } & EncoderModel)
  | {
      readonly kind: "choice";
      /** The type where the caller chooses none; `undefined`: the caller has to. */
      readonly preferred: string | undefined;
      readonly options: readonly ({ readonly mediaType: string } & EncoderModel)[];
    };

/** An encoder of the runtime, and how it is to write the properties of a form. */
export interface EncoderModel {
  readonly encoder: "json" | "jsonItems" | "form" | "multipart" | "parts" | "text" | "binary";
  readonly encoding: readonly EncodingModel[];
  /** How the parts of a multipart body without names are encoded. */
  readonly parts: PartsModel | undefined;
  /** The 64-bit integers of a JSON body, where they are no numbers and there are any. */
  readonly int64: Int64Json | undefined;
}

/** How a property of a form body is written: in a style, or as a media type. */
export interface EncodingModel {
  readonly property: string;
  readonly as:
    | { readonly style: StyleModel }
    | { readonly mediaType: string }
    | { readonly parts: PartsModel; readonly mediaType: string }
    | JsonPartModel;
}

/** How parts are encoded by their position: the first ones, and all others. */
export interface PartsModel {
  readonly prefix: readonly PartModel[];
  readonly item: PartModel | undefined;
}

/** A media type, parts of its own, or neither: then the value decides. */
export interface PartModel {
  readonly mediaType: string | undefined;
  readonly parts: PartsModel | undefined;
}

export type DecoderName = "json" | "text" | "blob" | "none";
export type Decoder = DecoderName | EventStreamDecoder | JsonStreamDecoder | Int64Json;

export interface EventStreamDecoder {
  readonly kind: "eventStream";
  /** The types of the events whose data is JSON. */
  readonly json: readonly string[] | "all";
  /** The 64-bit integers of an event, its data among it, where they are no numbers and there are any. */
  readonly int64: Int64Json | undefined;
}

export interface JsonStreamDecoder {
  readonly kind: "jsonStream";
  /** The 64-bit integers of an item, where they are no numbers and there are any. */
  readonly int64: Int64Json | undefined;
}

/** A property of a form that is JSON with 64-bit integers which are no numbers. */
export interface JsonPartModel {
  readonly int64: Int64Json;
  readonly mediaType: string | undefined;
}

/** JSON with 64-bit integers that are no numbers. */
export interface Int64Json {
  readonly as: "string" | "bigint";
  readonly places: Int64Places;
}

/** Where a JSON value has 64-bit integers; `int64-schema.ts` of the runtime reads it. */
export type Int64Places =
  | { readonly kind: "type"; readonly type: "int64" | "number" | "string" }
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "anyOf"; readonly members: readonly Int64Places[] }
  | {
      readonly kind: "array";
      readonly prefixItems: readonly Int64Places[];
      readonly items: Int64Places | undefined;
    }
  | {
      readonly kind: "object";
      readonly properties: readonly (readonly [name: string, places: Int64Places])[];
      readonly additional: Int64Places | undefined;
    };

/** A named schema that has 64-bit integers. */
export interface Int64Schema {
  readonly name: string;
  readonly places: Int64Places;
}

/** How the JSON of errors is read, where it has 64-bit integers that are no numbers. */
export interface ErrorDecoding {
  readonly as: "string" | "bigint";
  readonly statuses: readonly (readonly [status: number | string, places: Int64Places])[];
}

/** How successes are decoded: all alike, or by status, and there perhaps by media type. */
export type DecodingModel =
  | { readonly kind: "uniform"; readonly decoder: Decoder }
  | { readonly kind: "byStatus"; readonly statuses: readonly StatusDecoding[] };

export interface StatusDecoding {
  readonly status: number | string;
  readonly decoding: Decoder | readonly MediaTypeDecoding[];
}

export interface MediaTypeDecoding {
  readonly mediaType: string;
  readonly decoder: Decoder;
}
