import type { JsonObject, JsonValue } from "../document/source.js";

/** A JSON Schema as it stands in the document, with `$ref`s into the bundled document. */
export type Schema = JsonObject | boolean;

/** A schema and where it stands. */
export interface PlacedSchema {
  readonly schema: Schema;
  readonly pointer: string;
}

/** A schema whose type has a name: see `named-schemas.ts`. */
export interface NamedSchema extends PlacedSchema {
  /** Where it stands among the others in the order of their keys. */
  readonly index: number;
  /** Whether it stands under `components.schemas`; otherwise it is a part of the document that a `$ref` leads to. */
  readonly isComponent: boolean;
}

/** Everything that the document says, with references to parameters, bodies and responses followed. */
export interface ResolvedApi {
  /** The bundled document itself, in which the pointers of schemas lead somewhere. */
  readonly document: JsonObject;
  readonly title: string;
  readonly version: string;
  readonly description: string | undefined;
  /** OpenAPI 3.0 has a JSON Schema dialect of its own: `nullable`, and no siblings of `$ref`. */
  readonly dialect: "3.0" | "3.1";
  readonly servers: readonly ServerInfo[];
  readonly securitySchemes: readonly SecuritySchemeInfo[];
  readonly tags: ReadonlyMap<string, Tag>;
  /** By path, then by method as `methods.ts` orders them: never by the order of the document's keys. */
  readonly operations: readonly Operation[];
  /** The schemas with names: components by their name, parts that a `$ref` leads to by a reference to them. */
  readonly schemas: ReadonlyMap<string, NamedSchema>;
  /** The keys of `schemas` by the pointer of each. */
  readonly schemaKeys: ReadonlyMap<string, string>;
  /** Keys of schemas that look different in a request and in a response, because of readOnly and writeOnly. */
  readonly directedSchemas: ReadonlySet<string>;
  /** Keys of schemas with readOnly properties that only requests use: those properties are no part of them. */
  readonly requestSchemas: ReadonlySet<string>;
  /** Keys of schemas whose `format: binary` is a file, because a multipart body uses them. */
  readonly fileSchemas: ReadonlySet<string>;
  /** Those of them that are used elsewhere too, where the bytes are a text: they have another type in multipart. */
  readonly formSchemas: ReadonlySet<string>;
  /** Pointers of schemas of texts that the runtime decodes, so that what they hold (`contentSchema`) is meant. */
  readonly decodedSchemas: ReadonlySet<string>;
  readonly leftOut: LeftOut;
}

/** What decides the name of an operation. */
export interface NamedBy {
  /** As it is sent. */
  readonly method: string;
  /** The path template with every parameter in braces. */
  readonly path: string;
  readonly operationId: string | undefined;
  /** The first tag decides the class; without one, `undefined`. */
  readonly tag: string | undefined;
}

/** What the document has and the client has not. It keeps its names, so that others do not get them. */
export interface LeftOut {
  readonly operations: readonly NamedBy[];
  /** Names of component schemas. */
  readonly schemas: readonly string[];
}

export const NOTHING_LEFT_OUT: LeftOut = { operations: [], schemas: [] };

/** What the document says about a tag (OpenAPI 3.2, "Tag Object"). */
export interface Tag {
  readonly summary: string | undefined;
  readonly description: string | undefined;
  /** The tags that it is nested under, from the nearest on, by what they are called to a reader. */
  readonly ancestors: readonly string[];
}

export interface Operation {
  readonly pointer: string;
  /** As it is sent: `GET`, or any token that the document has (RFC 9110, 9.1). */
  readonly method: string;
  /** The path template with every parameter in braces, as the document tells operations apart. */
  readonly path: string;
  /** What of it is the path of a request: see `routes.ts`. */
  readonly route: string;
  /** What of it is sent in the query each time, by name. */
  readonly fixedQuery: ReadonlyMap<string, string>;
  readonly operationId: string | undefined;
  /** The tag that decides the class (`tags.ts`); without one, `undefined`. */
  readonly tag: string | undefined;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly deprecated: boolean;
  readonly parameters: readonly Parameter[];
  readonly requestBody: RequestBody | undefined;
  readonly responses: readonly Response[];
  readonly security: readonly SecurityRequirement[];
  /** The servers of the operation, or else of its path; empty where those of the document count. */
  readonly servers: readonly ServerInfo[];
  /** `url`: a page that a person opens, so that a method builds its URL and sends nothing. */
  readonly kind: "request" | "url";
  /** `undefined` where the document does not say that the answer is a page of a list. */
  readonly pagination: Pagination | undefined;
  /** The first day, `YYYY-MM-DD`, on which it may be gone; `undefined` where the document does not say. */
  readonly sunset: string | undefined;
  readonly idempotency: Idempotency;
}

/**
 * Whether the same request may be sent again with the effect of once (RFC 9110, 9.2.2): `always`, `never`, or where
 * both have the same value in a header.
 */
export type Idempotency = "always" | "never" | { readonly header: string };

/** How the pages of a list follow one another. Parameters are in the query, and named as on the wire. */
export type Pagination =
  | ({
      readonly kind: "offset";
      /** The parameter that says how many items to skip. */
      readonly offset: string;
      /** JSON pointer of the number of all items in the body; without it a page that is not full is the last. */
      readonly total: string | undefined;
    } & PageShape)
  | ({ readonly kind: "link" } & PageShape)
  | ({
      readonly kind: "keyset";
      /** The parameter whose value decides which step counts; `undefined` where there is one. */
      readonly order: OrderParameter | undefined;
      readonly next: readonly KeysetStep[];
    } & PageShape);

interface PageShape {
  /** JSON pointer of the array of items in the body. */
  readonly items: string;
  /** The parameter that says how many items a page has. */
  readonly limit: LimitParameter | undefined;
}

export interface LimitParameter {
  readonly name: string;
  /** How many they are where it is not sent. */
  readonly defaultValue: number | undefined;
  /** The most that can be asked for. */
  readonly maximum: number | undefined;
}

export interface OrderParameter {
  readonly name: string;
  /** The order where it is not sent. */
  readonly defaultValue: string | undefined;
}

/** Where the parameters of the next page are found: JSON pointers into the last item of this one. */
export interface KeysetStep {
  /** The value of the ordering parameter for which the step is meant. */
  readonly when: string | undefined;
  readonly parameters: readonly { readonly parameter: string; readonly pointer: string }[];
}

/** `querystring`: the parameter is the whole query, written as a media type (OpenAPI 3.2). */
export type ParameterLocation = "path" | "query" | "querystring" | "header" | "cookie";
export const PARAMETER_LOCATIONS: readonly ParameterLocation[] = [
  "path",
  "query",
  "querystring",
  "header",
  "cookie",
];

export type Style =
  | "simple"
  | "label"
  | "matrix"
  | "form"
  | "spaceDelimited"
  | "pipeDelimited"
  | "deepObject"
  | "cookie";

/** How the value of a parameter is written (OpenAPI 3.1, 4.8.12.2): by style, or as a media type. */
export type Serialization =
  | {
      readonly kind: "style";
      readonly style: Style;
      readonly explode: boolean;
      readonly allowReserved: boolean;
    }
  | { readonly kind: "content"; readonly mediaType: MediaType };

export interface Parameter {
  readonly pointer: string;
  readonly location: ParameterLocation;
  /** The name on the wire. */
  readonly name: string;
  readonly description: string | undefined;
  readonly required: boolean;
  readonly deprecated: boolean;
  /** The value to send where a required parameter is left out: its default, or the only one there is. */
  readonly defaultValue: JsonValue | undefined;
  readonly schema: PlacedSchema;
  readonly serialization: Serialization;
}

/** What the runtime does with a body of a media type. Decided in `media-types.ts` and nowhere else. */
export type BodyKind =
  | "json"
  /** A sequence of JSON values, one by one. */
  | "jsonItems"
  | "form"
  | "multipart"
  /** Parts without names, in their order. */
  | "parts"
  | "text"
  | "binary"
  | "eventStream";

export interface MediaType {
  /** Lower case, with its parameters as the document has them. */
  readonly name: string;
  /** Whether the name holds a `*`, so that a caller has to choose a type. */
  readonly isRange: boolean;
  readonly kind: BodyKind;
  /** Of the content as a whole; of one item where {@link isItemSchema} says so. */
  readonly schema: PlacedSchema | undefined;
  /** Whether the content is a sequence (OpenAPI 3.2) of what the schema describes. */
  readonly isItemSchema: boolean;
  readonly encoding: readonly PropertyEncoding[];
  /** How the parts of a body of kind `parts` are encoded, where the document says so. */
  readonly parts: PartEncodings | undefined;
  /** What the events of an answer of kind `eventStream` hold. */
  readonly eventData?: EventData | undefined;
}

/** Which events of a stream have JSON as their data; all others have text. */
export interface EventData {
  /** The types of those events, sorted. */
  readonly json: readonly string[] | "all";
  /** The pointers of the schemas of texts that hold JSON: what they hold is meant. */
  readonly encoded: readonly string[];
}

/** An Encoding Object (OpenAPI 3.1, 4.8.15) of one property of a form body. */
export interface PropertyEncoding {
  readonly property: string;
  readonly contentType: string | undefined;
  readonly style: string | undefined;
  readonly explode: boolean | undefined;
  readonly allowReserved: boolean | undefined;
  /** Of a property that is multipart itself. */
  readonly parts: PartEncodings | undefined;
}

/** Encoding Objects by position: of the first parts, and of all that follow them (OpenAPI 3.2). */
export interface PartEncodings {
  readonly prefix: readonly PartEncoding[];
  readonly item: PartEncoding | undefined;
}

export interface PartEncoding {
  readonly contentType: string | undefined;
  /** Of the parts of a part that is multipart itself. */
  readonly parts: PartEncodings | undefined;
}

export interface RequestBody {
  readonly pointer: string;
  readonly description: string | undefined;
  readonly required: boolean;
  /** Most preferred first: JSON, then forms, then the others by name. */
  readonly mediaTypes: readonly MediaType[];
}

/** A status code, a range such as `4XX`, or `default`. */
export type ResponseStatus = number | `${1 | 2 | 3 | 4 | 5}XX` | "default";

export interface Response {
  readonly pointer: string;
  readonly status: ResponseStatus;
  readonly description: string | undefined;
  readonly headers: readonly ResponseHeader[];
  /** Most preferred first. Empty: the response has no content. */
  readonly mediaTypes: readonly MediaType[];
  /** Whether a call that is answered so has succeeded. `default` succeeds only where no 2xx is documented. */
  readonly success: boolean;
}

/** A header of an answer (OpenAPI 3.1, 4.8.21), with its name as the document writes it. */
export interface ResponseHeader {
  readonly pointer: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly explode: boolean;
  /** The media type that the value is written as; `undefined` where it is written in the style of headers. */
  readonly mediaType: string | undefined;
  /** That of the content where the header has one; `undefined` where the document describes none. */
  readonly schema: PlacedSchema | undefined;
}

/** Schemes that are needed together, with their scopes. An empty one needs none. */
export type SecurityRequirement = readonly {
  readonly scheme: string;
  readonly scopes: readonly string[];
}[];

export type SecuritySchemeType =
  | { readonly type: "http"; readonly scheme: string }
  | { readonly type: "apiKey"; readonly in: "query" | "header" | "cookie"; readonly name: string }
  | { readonly type: "oauth2" | "openIdConnect" | "mutualTLS" };

export interface SecuritySchemeInfo {
  readonly name: string;
  readonly description: string | undefined;
  readonly deprecated: boolean;
  readonly scheme: SecuritySchemeType;
  /** Of a scheme of type oauth2, in a fixed order; otherwise none. */
  readonly flows: readonly OAuthFlow[];
}

export type OAuthFlowName =
  "authorizationCode" | "clientCredentials" | "deviceAuthorization" | "implicit" | "password";

/** One way to get tokens (OpenAPI 3.2, "OAuth Flow Object"), with the URLs that it needs. They may be relative. */
export interface OAuthFlow {
  readonly name: OAuthFlowName;
  readonly authorizationUrl: string | undefined;
  readonly deviceAuthorizationUrl: string | undefined;
  readonly tokenUrl: string | undefined;
  readonly refreshUrl: string | undefined;
  /** Names with descriptions, sorted. */
  readonly scopes: readonly (readonly [name: string, description: string])[];
}

export interface ServerInfo {
  readonly url: string;
  readonly description: string | undefined;
  readonly variables: readonly ServerVariable[];
}

export interface ServerVariable {
  readonly name: string;
  readonly defaultValue: string;
  readonly values: readonly string[] | undefined;
  readonly description: string | undefined;
}
