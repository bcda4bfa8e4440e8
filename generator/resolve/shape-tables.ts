import type { FieldRule, NodeKind } from "../document/grammar.js";
import type { JsonValue } from "../document/source.js";

/* What each object of a document is made of, and how a message calls it. The walk that compares is in `shapes.ts`. */

/** Objects of the specification in which no reference can stand, so that the grammar does without them. */
export type PlainKind = "info" | "server" | "serverVariable" | "tag" | "securityRequirement";
/** Every kind of object that is compared with what it should be. */
export type Kind = NodeKind | PlainKind;

/** What stands for one kind of object in messages. */
export interface Expectation {
  readonly one: string;
  readonly many: string;
  /** `wrong-shape` where what is sent, or what an answer is read as, would not be what the document means. */
  readonly code: "wrong-shape" | "ignored-value";
  /** How one is written. */
  readonly hint: string;
  /** What becomes of `null`, or of anything else that is no error. Default: it is ignored. */
  readonly otherwise?: string;
}

const PARAMETER_HINT =
  "Write parameters as a list like [{ name: q, in: query, schema: { type: string } }].";
/** How paths are written. */
export const PATHS_HINT = 'Write each path as a key, with its methods below: "/pets": { get: … }.';

/** What is expected of each kind of object, in the words of a message. */
export const KINDS: Readonly<Record<Kind, Expectation>> = {
  document: {
    one: "a document",
    many: "documents",
    code: "wrong-shape",
    hint: "Write an object with openapi, info and paths.",
  },
  info: {
    one: "an info object",
    many: "info objects",
    code: "ignored-value",
    hint: 'Write it like info: { title: Pets, version: "1.0.0" }.',
  },
  server: {
    one: "a server",
    many: "servers",
    code: "ignored-value",
    hint: 'Write servers like [{ url: "https://api.example" }].',
  },
  serverVariable: {
    one: "a server variable",
    many: "server variables",
    code: "ignored-value",
    hint: "Write it like hostname: { default: api.example }.",
  },
  tag: {
    one: "a tag",
    many: "tags",
    code: "ignored-value",
    hint: "Write the tags of a document like [{ name: pets, description: … }].",
  },
  securityRequirement: {
    one: "a security requirement",
    many: "security requirements",
    code: "wrong-shape",
    hint: "Write security as a list of objects: security: [{ name of a scheme: [] }], or [] where no credentials are needed.",
  },
  components: {
    one: "an object of components",
    many: "components",
    code: "wrong-shape",
    hint: "Write it like components: { schemas: { Pet: … } }.",
  },
  paths: { one: "an object of paths", many: "paths", code: "wrong-shape", hint: PATHS_HINT },
  pathItem: { one: "a path item", many: "path items", code: "wrong-shape", hint: PATHS_HINT },
  operation: {
    one: "an operation",
    many: "operations",
    code: "wrong-shape",
    hint: 'Write at least the responses below a method: get: { responses: { "200": … } }.',
  },
  parameter: {
    one: "a parameter",
    many: "parameters",
    code: "wrong-shape",
    hint: PARAMETER_HINT,
  },
  header: {
    one: "a header",
    many: "headers",
    code: "ignored-value",
    hint: "Write it like X-Total: { schema: { type: integer } }.",
  },
  requestBody: {
    one: "a request body",
    many: "request bodies",
    code: "wrong-shape",
    hint: "Write it like requestBody: { content: { application/json: { schema: … } } }.",
  },
  mediaType: {
    one: "a media type object",
    many: "media types",
    code: "wrong-shape",
    hint: "Write it like content: { application/json: { schema: … } }.",
    otherwise: "it is taken as an empty one",
  },
  encoding: {
    one: "an encoding",
    many: "encodings",
    code: "wrong-shape",
    hint: "Write it like encoding: { file: { contentType: image/png } }.",
  },
  responses: {
    one: "an object of responses",
    many: "responses",
    code: "wrong-shape",
    hint: 'Write each status as a key: responses: { "200": { description: … } }.',
  },
  response: {
    one: "a response",
    many: "responses",
    code: "wrong-shape",
    hint: "Write a response as an object, as in { description: …, content: … }.",
    otherwise: "it is taken as an empty one",
  },
  callback: { one: "a callback", many: "callbacks", code: "ignored-value", hint: "Remove it." },
  link: { one: "a link", many: "links", code: "ignored-value", hint: "Remove it." },
  securityScheme: {
    one: "a security scheme",
    many: "security schemes",
    code: "wrong-shape",
    hint: "Write it like Token: { type: http, scheme: bearer }.",
  },
  schema: {
    one: "a schema",
    many: "schemas",
    code: "ignored-value",
    hint: "Write a schema as an object, as in { type: string }, or as true or false.",
    otherwise: "it describes nothing",
  },
  discriminator: {
    one: "a discriminator",
    many: "discriminators",
    code: "ignored-value",
    hint: "Write it like discriminator: { propertyName: kind }.",
  },
};

/** What leads to plain objects, as the grammar tells it for the other kinds. */
export const PLAIN: Readonly<
  Partial<Record<Kind, Readonly<Record<string, FieldRule<PlainKind>>>>>
> = {
  document: {
    info: { kind: "info", shape: "one" },
    servers: { kind: "server", shape: "list" },
    tags: { kind: "tag", shape: "list" },
    security: { kind: "securityRequirement", shape: "list" },
  },
  pathItem: { servers: { kind: "server", shape: "list" } },
  operation: {
    servers: { kind: "server", shape: "list" },
    security: { kind: "securityRequirement", shape: "list" },
  },
  server: { variables: { kind: "serverVariable", shape: "map" } },
};

/** What a field that holds data has to hold. */
export interface DataType {
  readonly name: string;
  readonly fits: (value: JsonValue) => boolean;
  /** What each item of a list has to be. */
  readonly items?: DataType;
  readonly hint: string;
}

const TEXT: DataType = {
  name: "a string",
  fits: (value) => typeof value === "string",
  hint: "Write a string; YAML needs quotes where one looks like a number or a flag.",
};
const FLAG: DataType = {
  name: "true or false",
  fits: (value) => typeof value === "boolean",
  hint: "Write true or false, without quotes.",
};
const SCALAR: DataType = {
  name: "a string",
  fits: (value) => typeof value !== "object",
  hint: TEXT.hint,
};
const LIST: DataType = {
  name: "a list",
  fits: (value) => Array.isArray(value),
  hint: "Write a list, as in [a, b].",
};
const TEXTS: DataType = { ...LIST, name: "a list of strings", items: TEXT };
const PROPERTY_NAMES: DataType = {
  ...TEXTS,
  hint: "Name the required properties in a list, beside the properties of the object that has them: required: [id, name].",
};

const ABOUT = { summary: TEXT, description: TEXT };

/** The fields that hold data and are read, and what they hold. */
const DATA: Readonly<Partial<Record<Kind, Readonly<Record<string, DataType>>>>> = {
  info: { description: TEXT },
  server: { url: TEXT, description: TEXT },
  serverVariable: { default: SCALAR, enum: LIST, description: TEXT },
  tag: { name: TEXT, ...ABOUT, parent: TEXT, kind: TEXT },
  pathItem: ABOUT,
  operation: { ...ABOUT, operationId: TEXT, tags: TEXTS, deprecated: FLAG },
  parameter: {
    description: TEXT,
    required: FLAG,
    deprecated: FLAG,
    explode: FLAG,
    allowReserved: FLAG,
  },
  header: { description: TEXT },
  requestBody: { description: TEXT, required: FLAG },
  encoding: { contentType: TEXT, style: TEXT, explode: FLAG, allowReserved: FLAG },
  response: ABOUT,
  securityScheme: { description: TEXT, deprecated: FLAG },
  schema: {
    title: TEXT,
    description: TEXT,
    format: TEXT,
    required: PROPERTY_NAMES,
    enum: LIST,
    nullable: FLAG,
    readOnly: FLAG,
    writeOnly: FLAG,
    deprecated: FLAG,
  },
  discriminator: { propertyName: TEXT, defaultMapping: TEXT },
};

/** A field without which an object says nothing. */
export const NEEDED: Readonly<Partial<Record<Kind, string>>> = { server: "url", tag: "name" };

/** The same as lists: every object of the document is compared with them. */
export const DATA_FIELDS: ReadonlyMap<string, readonly (readonly [key: string, type: DataType])[]> =
  new Map(Object.entries(DATA).map(([kind, fields]) => [kind, Object.entries(fields)]));
