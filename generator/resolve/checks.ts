import { diagnostic } from "../diagnostics/codes.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { trailPointer, type Trail } from "../document/trail.js";
import { childrenOf, type NodeKind } from "../document/grammar.js";
import { isObject, member, objectMember, stringMember } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { isBinary, isJson } from "./media-types.js";
import { follow } from "./references.js";
import { checkSchema } from "./schema-checks.js";

interface Node {
  readonly value: JsonObject;
  readonly kind: NodeKind;
  /** The way from the root; a pointer is made of it only for what is found. */
  readonly trail: Trail | undefined;
}

/** What is wrong with a document although a client can be made of it, wherever in the document it stands. */
export function* checkDocument(document: JsonObject): Findings<void> {
  const waiting: Node[] = [{ value: document, kind: "document", trail: undefined }];
  for (;;) {
    const node = waiting.pop();
    if (node === undefined) return;
    yield* checkNode(node, document);
    for (const { value, kind, tokens } of childrenOf(node.value, node.kind)) {
      waiting.push({ value, kind, trail: { before: node.trail, tokens } });
    }
  }
}

function* checkNode(node: Node, document: JsonObject): Findings<void> {
  if (WITH_EXAMPLES.has(node.kind) && hasExamples(node.value)) yield* checkExamples(node);
  if (node.kind === "schema")
    yield* checkSchema(node.value, (...below) => trailPointer(node.trail, ...below), document);
  if (node.kind === "requestBody") yield* checkBinaryInJson(node);
  if (node.kind === "requestBody") yield* checkFormFields(node, document);
}

/* -------------------------------------------------------------- request bodies */

/** JSON has no bytes: what the document means is multipart, or a text with an encoding. */
function* checkBinaryInJson({ value, trail }: Node): Findings<void> {
  for (const [name, mediaType] of Object.entries(objectMember(value, "content") ?? {})) {
    const schema = member(mediaType, "schema");
    if (!isJson(name.split(";")[0]?.trim().toLowerCase() ?? "") || !isObject(schema)) continue;
    const tokens = ["content", name, "schema"];
    const body: Node = { value: schema, kind: "schema", trail: { before: trail, tokens } };
    for (const found of binarySchemas(body)) {
      yield diagnostic("binary-in-json", {
        message:
          "Raw bytes stand in a JSON body, which cannot carry them; the client asks for a string.",
        hint: "Describe the body as multipart/form-data, or the bytes as a string with contentEncoding: base64.",
        place: { pointer: found },
      });
    }
  }
}

function binarySchemas(root: Node): readonly string[] {
  const found: string[] = [];
  const waiting = [root];
  for (;;) {
    const node = waiting.pop();
    if (node === undefined) return found;
    if (isBinary(node.value)) found.push(trailPointer(node.trail));
    for (const { value, kind, tokens } of childrenOf(node.value, node.kind)) {
      waiting.push({ value, kind, trail: { before: node.trail, tokens } });
    }
  }
}

/** The parts of a form have names, and the items of an array have none. */
function* checkFormFields({ value, trail }: Node, document: JsonObject): Findings<void> {
  for (const [name, mediaType] of Object.entries(objectMember(value, "content") ?? {})) {
    if (!/^(?:multipart\/form-data|application\/x-www-form-urlencoded)/i.test(name)) continue;
    const place = trailPointer(trail, "content", name, "schema");
    const schema = follow(document, member(mediaType, "schema"), place)?.value;
    if (member(schema, "type") !== "array") continue;
    yield diagnostic("form-without-names", {
      message:
        "The body of a form is an array, whose items have no names to be sent under; the client numbers them.",
      hint: "Describe an object with one property for each form field; a style of deepObject in encoding writes nested names.",
      place: { pointer: place },
    });
  }
}

/* -------------------------------------------------------------------- examples */

const WITH_EXAMPLES: ReadonlySet<NodeKind> = new Set([
  "parameter",
  "header",
  "mediaType",
  "schema",
]);

function hasExamples(value: JsonObject): boolean {
  return member(value, "example") !== undefined || member(value, "examples") !== undefined;
}

/** An example is data: a `$ref` in it is followed by nobody. */
function* checkExamples({ value, kind, trail }: Node): Findings<void> {
  const named = kind === "schema" ? {} : objectMember(value, "examples");
  const values = Object.entries(named ?? {}).flatMap(([name, example]) =>
    ["value", "dataValue"].map(
      (field) => [["examples", name, field], member(example, field)] as const,
    ),
  );
  for (const [tokens, example] of [[["example"], member(value, "example")] as const, ...values]) {
    if (!holdsReference(example)) continue;
    yield diagnostic("reference-in-example", {
      message:
        "An example holds a $ref, which is not followed there: the example is the object with the $ref.",
      hint: "Write the value itself, or refer to an Example Object under examples.",
      place: { pointer: trailPointer(trail, ...tokens) },
    });
  }
}

function holdsReference(root: JsonValue | undefined): boolean {
  const waiting = [root];
  for (;;) {
    if (waiting.length === 0) return false;
    const value = waiting.pop();
    if (stringMember(value, "$ref") !== undefined) return true;
    if (Array.isArray(value)) waiting.push(...value);
    else if (isObject(value)) waiting.push(...Object.values(value));
  }
}
