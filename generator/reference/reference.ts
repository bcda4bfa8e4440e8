import type { Example } from "../examples/example.js";
import type { Late } from "../examples/late.js";
import type { Declaration, ItemModel, ParamsModel } from "../model/api-model.js";
import type { InPageTargets } from "../model/in-page-references.js";
import type {
  Idempotency,
  LimitParameter,
  Pagination,
  ParameterLocation,
  ResponseStatus,
  SecurityRequirement,
  SecuritySchemeInfo,
  ServerInfo,
} from "../resolve/resolved-api.js";
import type { Docs } from "../types/docs.js";
import type { TypeNode } from "../types/type-node.js";
import type { About, ExternalDocs } from "./about.js";

/**
 * Everything that the pages of a service tell, decided: names, types, tables, examples. Texts are those of the
 * document, unescaped; only `docs/` knows the language of the pages.
 */
export interface Reference {
  readonly clientName: string;
  /** The property under which programs of the pages have the client, such as `peertube`. */
  readonly clientVariable: string;
  readonly clientModule: string;
  readonly title: string;
  /** That of the document: `info.version`. */
  readonly version: string;
  /** What the document follows, with the version as it is written: `OpenAPI 3.1.0`, `Swagger 2.0`. */
  readonly specification: string;
  readonly description: string | undefined;
  readonly about: About;
  readonly servers: readonly ServerInfo[];
  /** Where requests go unless `baseUrl` says otherwise, variables filled in; `undefined`: it has to be given. */
  readonly baseUrl: string | undefined;
  readonly securitySchemes: readonly SecuritySchemeReference[];
  /** The names of hand-written files that are copied into the client, sorted. */
  readonly helpers: readonly string[];
  /** What they tell of themselves. */
  readonly helperPages: readonly HelperPage[];
  /** As in the client, sorted by name. */
  readonly classes: readonly ClassReference[];
  /** The types of `models.ts`, sorted by name. */
  readonly models: readonly ModelReference[];
  /** The types of bodies that have no schema with a name: `GetOAuthToken200Response`, sorted. */
  readonly inlineTypes: readonly InlineType[];
  /** What links between the parts of the document lead to. */
  readonly inPageTargets: InPageTargets;
  /** How a program begins: the client is made, and one call is awaited. */
  readonly start: Example | undefined;
}

/** The section of a hand-written file on the README page. */
export interface HelperPage {
  /** The name of the file, without ending. */
  readonly name: string;
  /** A template of ours: see `templates/services/README.md`. */
  readonly template: string;
}

/** A security scheme (OpenAPI 3.1, 4.8.27). Its URLs are those of the document, and may be relative. */
export interface SecuritySchemeReference extends SecuritySchemeInfo {
  /** A hint on what a bearer token is, such as `JWT`. */
  readonly bearerFormat: string | undefined;
  /** Of a scheme of type openIdConnect: where its configuration can be read. */
  readonly openIdConnectUrl: string | undefined;
}

/** A type of its own for the body of one operation, declared beside its class. */
export interface InlineType extends MethodName {
  readonly name: string;
}

export interface ClassReference {
  readonly className: string;
  /** The property of the client. */
  readonly propertyName: string;
  /** The tag that it stands for; `undefined` for operations without one. */
  readonly tag: string | undefined;
  readonly docs: Docs;
  /** Those of the tag. */
  readonly externalDocs: ExternalDocs | undefined;
  /** In the order of the class. */
  readonly operations: readonly OperationReference[];
  /** Methods that are there under an earlier name only. */
  readonly earlier: readonly EarlierMethod[];
}

export interface EarlierMethod {
  readonly methodName: string;
  /** What it is called now: `VideoApi` and `getVideo`. */
  readonly now: MethodName;
  /** The types of the method that had another name, too. */
  readonly types: readonly EarlierType[];
}

/** A type under a name that it had before. */
export interface EarlierType {
  readonly name: string;
  /** What it is called now. */
  readonly now: string;
}

export interface OperationReference {
  readonly className: string;
  readonly methodName: string;
  /** As the document has it. */
  readonly operationId: string | undefined;
  /** As it is sent: `GET`. */
  readonly method: string;
  /** The path template. */
  readonly path: string;
  /** `url`: the method builds a URL for a browser and sends nothing. */
  readonly kind: "request" | "url";
  /** What the class shows of the method, laid out: one signature for each answer that a caller can ask for. */
  readonly signatures: readonly string[];
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly externalDocs: ExternalDocs | undefined;
  readonly deprecated: boolean;
  /** The first day, `YYYY-MM-DD`, on which it may be gone. */
  readonly sunset: string | undefined;
  /** The type of `params`; `undefined` where there is nothing to pass. */
  readonly params: ParamsModel | undefined;
  /** One row for each parameter, in the order of the type: required ones first. */
  readonly parameters: readonly ParameterReference[];
  readonly body: BodyReference | undefined;
  /** The media types that a caller can choose from with `accept`; empty where there is no choice. */
  readonly acceptChoices: readonly string[];
  /** One for each signature of the method; none where it gives a `URL`. */
  readonly answers: readonly AnswerReference[];
  readonly responses: readonly ResponseReference[];
  /** The alternatives, most preferred first; one of them is enough. None of them is empty. */
  readonly security: readonly SecurityRequirement[];
  /** Whether it can be called without credentials: it needs none, or they are optional. */
  readonly isAnonymous: boolean;
  /** The value of `Accept` as it is sent where a caller chooses none; `undefined` where nothing is sent at all. */
  readonly accept: string | undefined;
  /** Servers of its own; empty where those of the document count. */
  readonly servers: readonly ServerInfo[];
  readonly paging: PagingReference | undefined;
  /** What comes bit by bit: events, or JSON values. */
  readonly streaming: "events" | "values" | undefined;
  /** Whether the same request may be sent again with the effect of once (RFC 9110, 9.2.2). */
  readonly idempotency: Idempotency;
  /** Whether that is what the document says, and not what the method promises. */
  readonly isIdempotencyStated: boolean;
  /**
   * Whether a call is tried again after a failure that waiting may change (`retry.ts` of the runtime); never with a
   * body that is a stream ({@link BodyReference.canBeStream}).
   */
  readonly isRetried: boolean;
  /** The types that stand below the class for it. */
  readonly declarations: readonly Declaration[];
  /** One for each security alternative, most preferred first. */
  readonly examples: Late<readonly Example[]>;
}

/** How the pages of a list follow one another. */
export interface PagingReference {
  readonly kind: Pagination["kind"];
  /** What the document says of it, with the names on the wire. */
  readonly pagination: Pagination;
  /** The keys in `params` that decide where a page begins, in the order of the document; none: links lead on. */
  readonly startKeys: readonly string[];
  /** The key in `params` that says how many items a page has, with what the document says of the number. */
  readonly limit: PageLimit | undefined;
  /** What `items()` gives one by one. */
  readonly item: ItemModel | undefined;
}

export interface PageLimit extends Pick<LimitParameter, "defaultValue" | "maximum"> {
  readonly key: string;
}

/** A member of `params`. */
export interface ParameterReference {
  /** The key in `params`. */
  readonly key: string;
  readonly location: ParameterLocation;
  readonly wireName: string;
  /** Whether a caller may leave it out. */
  readonly optional: boolean;
  /** Whether its default is sent where a caller leaves it out; any other default is what the server takes. */
  readonly isFilledIn: boolean;
  /** Whether a key is made for a caller who gives none, the same for all attempts of a call. */
  readonly isIdempotencyKey: boolean;
  /** Without `undefined`. */
  readonly type: TypeNode;
  /** Its description, limits, default and deprecation. */
  readonly docs: Docs;
}

export interface BodyReference {
  /** Whether a caller may leave it out. */
  readonly optional: boolean;
  readonly description: string | undefined;
  /** Most preferred first. */
  readonly mediaTypes: readonly BodyMediaType[];
  /** Whether the caller chooses between them with `contentType`. */
  readonly isChosen: boolean;
  /** The one that is sent where the caller chooses none; `undefined`: the caller has to. */
  readonly defaultContentType: string | undefined;
  /** Whether a caller may pass a stream, which can be sent only once. */
  readonly canBeStream: boolean;
}

export interface BodyMediaType {
  readonly name: string;
  /** By its exported name where it has one. */
  readonly type: TypeNode;
}

/** What one signature of a method gives. */
export interface AnswerReference {
  /** The interface of bodies by status. */
  readonly responsesName: string;
  /** The media types that ask for it; empty where there is no choice. */
  readonly accept: readonly string[];
  /** What the awaited call gives: a union where successes differ; `undefined` for `void`. */
  readonly type: TypeNode | undefined;
  /** What a list has; `undefined` where the answer is no page of one. */
  readonly item: ItemModel | undefined;
}

export interface ResponseReference {
  readonly status: ResponseStatus;
  /** Whether a call that is answered so has succeeded. */
  readonly success: boolean;
  readonly description: string | undefined;
  /** Empty: the document tells of no content. */
  readonly content: readonly BodyMediaType[];
  readonly headers: readonly HeaderReference[];
}

export interface HeaderReference {
  readonly name: string;
  /** Whether it is always there. */
  readonly required: boolean;
  /** What the document says of its value in a word, such as `integer`; `undefined` where it says nothing. */
  readonly type: string | undefined;
  /** The only values that it has, as JSON; empty where any may come. */
  readonly values: readonly string[];
  /** Its description, limits and deprecation. */
  readonly docs: Docs;
}

/** A type of `models.ts`. */
export interface ModelReference {
  readonly declaration: Declaration;
  /** What it is called now, where this is a name that it had before. */
  readonly now: string | undefined;
  /** The schema of the document by its name; `undefined` for parts that have none, and for earlier names. */
  readonly schema: string | undefined;
  /** Those of the schema. */
  readonly externalDocs: ExternalDocs | undefined;
  /**
   * All types of the schema, this one among them, where readOnly, writeOnly or files make it another type in another
   * place; otherwise none.
   */
  readonly variants: readonly ModelVariant[];
  /** The members that its schema has in this direction only: readOnly in answers, writeOnly in requests. */
  readonly onlyHere: readonly string[];
  /** Where values of it are, in operations directly or as parts of other types; `undefined` where they are nowhere. */
  readonly direction: "requests" | "answers" | "both" | undefined;
  /** The operations that take or give it, directly or in a type of their own, by class and method. */
  readonly operations: readonly ModelUse[];
  /** The models that have it directly, sorted. */
  readonly models: readonly string[];
  readonly example: Late<Example | undefined>;
}

/** One of the types of a schema. */
export interface ModelVariant {
  readonly name: string;
  /** `output`: what comes; `input`: what is sent; `form`: what is sent as multipart, with files. */
  readonly role: "output" | "input" | "form";
}

export interface MethodName {
  readonly className: string;
  readonly methodName: string;
}

/** An operation that has a model. */
export interface ModelUse extends MethodName {
  /** Whether requests have it. */
  readonly takes: boolean;
  /** Whether answers have it, those of errors among them. */
  readonly gives: boolean;
}
