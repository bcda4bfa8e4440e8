import { diagnostic, type DiagnosticCode } from "../diagnostics/codes.js";
import type { Diagnostic, Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { closest } from "../diagnostics/suggest.js";
import { trailPointer, type Trail } from "../document/find-references.js";
import {
  isTargetKind,
  slotsIn,
  slotsOf,
  type FieldRule,
  type NodeKind,
  type Slot,
} from "../document/grammar.js";
import { isObject, member, sortedEntries, stringMember } from "../document/json.js";
import { childPointer, pointerTo, pointerTokens, resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { isSchema } from "./media-types.js";
import { follow, referenceTarget } from "./references.js";
import { METHODS } from "./resolved-api.js";

/*
 * Every stage reads a document leniently: what has another type than it should is not there. This file tells where
 * that happens, so that nothing is lost without a word. A `null` stands for nothing in many documents that programs
 * write, so that it never ends a run by itself; in a list of security requirements it does.
 */

/** Objects of the specification in which no reference can stand, so that the grammar does without them. */
type PlainKind = "info" | "server" | "serverVariable" | "tag" | "securityRequirement";
type Kind = NodeKind | PlainKind;

interface Expectation {
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
const PATHS_HINT = 'Write each path as a key, with its methods below: "/pets": { get: … }.';

/** What is expected of each kind of object, in the words of a message. */
const KINDS: Readonly<Record<Kind, Expectation>> = {
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
const PLAIN: Readonly<Partial<Record<Kind, Readonly<Record<string, FieldRule<PlainKind>>>>>> = {
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

interface DataType {
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
  tag: { name: TEXT, description: TEXT },
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
  response: { description: TEXT },
  securityScheme: { description: TEXT },
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
  discriminator: { propertyName: TEXT },
};

/** A field without which an object says nothing. */
const NEEDED: Readonly<Partial<Record<Kind, string>>> = { server: "url", tag: "name" };

/** The same as lists: every object of the document is compared with them. */
const DATA_FIELDS: ReadonlyMap<string, readonly (readonly [key: string, type: DataType])[]> =
  new Map(Object.entries(DATA).map(([kind, fields]) => [kind, Object.entries(fields)]));

interface Node {
  readonly value: JsonObject;
  readonly kind: Kind;
  /** The way from the root; a pointer is made of it only for what is found. */
  readonly trail: Trail | undefined;
}

/** What is of another type than it should be, and what is missing or unknown at the top and in path items. */
export function* checkShapes(document: JsonObject): Findings<void> {
  yield* checkInfo(document);
  yield* checkNodes(document);
  if (!meansOperations(document)) yield noOperations(document);
}

/** Goes down from the root, and on to what references lead to, for that may stand where nothing else leads. */
function* checkNodes(document: JsonObject): Findings<void> {
  const checked = new Map<Kind, Set<JsonObject>>();
  const below: Node[] = [{ value: document, kind: "document", trail: undefined }];
  const referred: Node[] = [];
  for (;;) {
    // What can be reached both ways is checked, and told of, in its own place.
    const node = below.pop() ?? referred.pop();
    if (node === undefined) return;
    if (isRepeated(node, checked)) continue;
    referred.push(...targetOf(node, document));
    if (isReplaced(node)) continue;
    yield* checkNode(node);
    for (const slot of slotsBelow(node)) {
      const { tokens, value, kind } = slot;
      if (!fits(slot)) yield* wrongSlot(node, slot, trailPointer(node.trail, ...tokens));
      else if (isEntry(slot) && isObject(value))
        below.push({ value, kind, trail: { before: node.trail, tokens } });
    }
  }
}

/** An object can be reached twice, by aliases of YAML and by references; what it is read as decides what is checked. */
function isRepeated({ kind, value }: Node, checked: Map<Kind, Set<JsonObject>>): boolean {
  const objects = checked.get(kind) ?? new Set();
  if (objects.has(value)) return true;
  checked.set(kind, objects.add(value));
  return false;
}

/** What the `$ref` of an object leads to. The loader has made sure that it is an object. */
function targetOf({ value, kind }: Node, document: JsonObject): readonly Node[] {
  const uri = canRefer(kind) ? stringMember(value, "$ref") : undefined;
  if (uri === undefined) return [];
  const pointer = referenceTarget(uri);
  const target = resolvePointer(document, pointer);
  const trail = { before: undefined, tokens: pointerTokens(pointer) };
  return isObject(target) ? [{ value: target, kind, trail }] : [];
}

function canRefer(kind: Kind): kind is NodeKind {
  return !isPlain(kind) && isTargetKind(kind);
}

function isPlain(kind: Kind): kind is PlainKind {
  return PLAIN_KINDS.has(kind);
}

const PLAIN_KINDS: ReadonlySet<Kind> = new Set([
  "info",
  "server",
  "serverVariable",
  "tag",
  "securityRequirement",
]);

/** Fields beside a `$ref` count in schemas only; those of path items are told of. */
function isReplaced({ value, kind }: Node): boolean {
  const hasReference = canRefer(kind) && stringMember(value, "$ref") !== undefined;
  return hasReference && kind !== "schema" && kind !== "pathItem";
}

function slotsBelow({ value, kind }: Node): readonly Slot<Kind>[] {
  const slots: readonly Slot<Kind>[] = isPlain(kind) ? [] : slotsOf(value, kind);
  const plain = PLAIN[kind];
  const all = plain === undefined ? slots : [...slots, ...slotsIn<Kind>(value, plain)];
  return all.filter((slot) => !isUnread(slot, kind) && !isExtension(slot));
}

/** Webhooks, callbacks and links are no part of a client. */
function isUnread({ kind, tokens }: Slot<Kind>, owner: Kind): boolean {
  if (kind === "callback" || kind === "link") return true;
  return owner === "document" && tokens[0] === "webhooks";
}

/** Authors put `x-note: text` among entries too. */
function isExtension({ tokens, value }: Slot<Kind>): boolean {
  return !isObject(value) && tokens.at(-1)?.startsWith("x-") === true;
}

function isEntry({ shape, value }: Slot<Kind>): boolean {
  return shape === "one" || (shape === "one or list" && !Array.isArray(value));
}

/* ----------------------------------------------------------------------- types */

function fits({ value, kind, shape }: Slot<Kind>): boolean {
  if (shape === "list") return Array.isArray(value);
  if (shape === "map") return isObject(value);
  if (shape === "one or list" && Array.isArray(value)) return true;
  return kind === "schema" ? isSchema(value) : isObject(value);
}

function* wrongSlot(owner: Node, slot: Slot<Kind>, pointer: string): Findings<void> {
  const { kind, shape, value, tokens } = slot;
  // That there are no paths is told once, however that comes.
  if (kind === "paths" && value === null) return;
  const { one, many, code, hint, otherwise } = KINDS[kind];
  const expected = {
    list: `a list of ${many}`,
    map: `an object of ${many}`,
    one,
    "one or list": `${one} or a list of ${many}`,
  };
  // Everything of its kind is lost with a whole section.
  const isSection = owner.kind === "components" && shape === "map";
  const isMember = tokens.length > 1 || owner.kind === "paths" || owner.kind === "responses";
  const field = isMember ? "" : `under ${tokens[0] ?? ""}, `;
  yield mismatch(value, `${field}where ${expected[shape]} belongs`, {
    code: isSection ? "wrong-shape" : code,
    hint: isSection ? "Write each one below a name of its own: { Name: …, Other: … }." : hint,
    pointer,
    // Without it an operation would seem to need no credentials.
    isNullWrong: kind === "securityRequirement" && shape === "one",
    ...(otherwise === undefined || shape !== "one" ? {} : { otherwise }),
  });
}

/** What is wrong with a value that is of another type than it should be. */
function mismatch(
  value: JsonValue,
  where: string,
  expected: {
    readonly code: "wrong-shape" | "ignored-value";
    readonly hint: string;
    readonly pointer: string;
    readonly otherwise?: string;
    readonly isNullWrong?: boolean;
  },
): Diagnostic {
  const { hint, pointer, otherwise = "it is ignored" } = expected;
  const isNothing = value === null && expected.isNullWrong !== true;
  const code: DiagnosticCode = isNothing ? "ignored-value" : expected.code;
  return diagnostic(code, {
    message: `${typeName(value)} stands ${where}${code === "wrong-shape" ? "" : `; ${otherwise}`}.`,
    hint,
    place: { pointer },
  });
}

function typeName(value: JsonValue): string {
  if (value === null) return "Nothing (null)";
  if (Array.isArray(value)) return "A list";
  return typeof value === "object" ? "An object" : `A ${typeof value}`;
}

/* ------------------------------------------------------------------ single nodes */

function* checkNode(node: Node): Findings<void> {
  for (const [key, type] of DATA_FIELDS.get(node.kind) ?? []) {
    const value = member(node.value, key) ?? null;
    if (!isRight(value, type)) yield* wrongData(key, value, type, trailPointer(node.trail, key));
  }
  const needed = NEEDED[node.kind];
  if (needed !== undefined && (member(node.value, needed) ?? null) === null)
    yield lacking(node, needed);
  if (node.kind === "pathItem") yield* checkPathItem(node);
  if (node.kind === "securityRequirement") yield* checkScopes(node);
}

function isRight(value: JsonValue, { fits, items }: DataType): boolean {
  if (value === null) return true;
  return fits(value) && (items === undefined || !Array.isArray(value) || value.every(items.fits));
}

function* wrongData(
  key: string,
  value: JsonValue,
  type: DataType,
  pointer: string,
): Findings<void> {
  if (!type.fits(value)) {
    yield mismatch(value, `under ${key}, where ${type.name} belongs`, {
      code: "ignored-value",
      hint: type.hint,
      pointer,
    });
    return;
  }
  if (type.items === undefined || !Array.isArray(value)) return;
  for (const [index, item] of value.entries()) {
    if (type.items.fits(item)) continue;
    yield mismatch(item, `under ${key}, where ${type.items.name} belongs`, {
      code: "ignored-value",
      hint: type.items.hint,
      pointer: childPointer(pointer, index),
    });
  }
}

function lacking(node: Node, field: string): Diagnostic {
  const { one, hint } = KINDS[node.kind];
  return diagnostic("ignored-value", {
    message: `There is ${one} without a ${field}; it is ignored.`,
    hint,
    place: { pointer: trailPointer(node.trail) },
  });
}

/** The scopes under the name of each scheme. */
function* checkScopes(node: Node): Findings<void> {
  for (const [name, scopes] of sortedEntries(node.value)) {
    const place = trailPointer(node.trail, name);
    if (Array.isArray(scopes)) {
      for (const [index, scope] of scopes.entries()) {
        if (typeof scope !== "string")
          yield wrongScope(scope, "a scope", childPointer(place, index));
      }
    } else yield wrongScope(scopes, "a list of scopes", place);
  }
}

function wrongScope(value: JsonValue, expected: string, pointer: string): Diagnostic {
  return mismatch(value, `where ${expected} belongs`, {
    code: "ignored-value",
    hint: "Write a list of strings after the name of the scheme: [] where there are no scopes.",
    pointer,
  });
}

/* ------------------------------------------------------------- paths and methods */

const ITEM_FIELDS: readonly string[] = ["$ref", "summary", "description", "servers", "parameters"];
const KNOWN_METHODS: readonly string[] = METHODS;

/** The keys of a path item that can only be meant as methods. */
function methodKeys(item: JsonObject): readonly string[] {
  return Object.keys(item).filter((key) => !key.startsWith("x-") && !ITEM_FIELDS.includes(key));
}

function* checkPathItem(node: Node): Findings<void> {
  const { value } = node;
  for (const key of methodKeys(value)) {
    if (!KNOWN_METHODS.includes(key)) yield unknownMethod(key, trailPointer(node.trail, key));
  }
  if (stringMember(value, "$ref") === undefined) return;
  for (const key of [...KNOWN_METHODS, "parameters", "servers"]) {
    if (member(value, key) === undefined) continue;
    yield diagnostic("ignored-value", {
      message: `${key} stands beside the $ref of a path item, which takes the place of everything beside it; it is ignored.`,
      hint: "Move it into the path item that the $ref leads to, or write the whole path item here.",
      place: { pointer: trailPointer(node.trail, key) },
    });
  }
}

function unknownMethod(key: string, pointer: string): Diagnostic {
  const guess = closest(key, [...KNOWN_METHODS, ...ITEM_FIELDS]);
  const isCapital = guess === key.toLowerCase();
  return diagnostic("unknown-method", {
    message: `${quoted(key)} is neither a method nor another field of a path item; it is left out of the client.`,
    hint:
      guess === undefined
        ? `OpenAPI 3.1 has the methods ${KNOWN_METHODS.join(", ")} (4.8.9), in lower case; what is no method begins with x-.`
        : `Write ${guess}${isCapital ? ", in lower case" : ""}, if that is meant.`,
    place: { pointer },
  });
}

/** Whether any path has something that is meant as an operation, readable or not. */
function meansOperations(document: JsonObject): boolean {
  const paths = member(document, "paths") ?? {};
  if (!isObject(paths)) return true;
  return sortedEntries(paths).some(([path, value]) => {
    if (path.startsWith("x-")) return false;
    const item = follow(document, value, pointerTo("paths", path))?.value;
    return item === undefined || methodKeys(item).length > 0;
  });
}

function noOperations(document: JsonObject): Diagnostic {
  const isThere = member(document, "paths") !== undefined;
  const hasWebhooks = member(document, "webhooks") !== undefined;
  return diagnostic("no-operations", {
    message: `The document has ${isThere ? "no operation under paths" : "no paths"}; the client has no method.`,
    hint: `${PATHS_HINT}${hasWebhooks ? " Webhooks are for servers to call and no part of a client." : ""}`,
    place: { pointer: isThere ? "/paths" : "" },
  });
}

/* ------------------------------------------------------------------------ title */

function* checkInfo(document: JsonObject): Findings<void> {
  const info = member(document, "info");
  // An info that is no object was reported as such.
  if (info !== undefined && !isObject(info)) return;
  const missing = ["title", "version"].filter((key) => stringMember(info, key) === undefined);
  if (missing.length === 0) return;
  const ofOtherType = missing.find((key) => (member(info, key) ?? null) !== null);
  const lacks = `info lacks a ${missing.join(" and a ")}${ofOtherType === undefined ? "" : " that is a string"}`;
  yield diagnostic("incomplete-info", {
    message: `${info === undefined ? "The document has no info" : lacks}; the comments of the client do without.`,
    hint: 'Write info: { title: Pets, version: "1.0.0" }; in YAML, a version needs quotes where it looks like a number.',
    place: {
      pointer:
        info === undefined
          ? ""
          : childPointer("/info", ...(ofOtherType === undefined ? [] : [ofOtherType])),
    },
  });
}
