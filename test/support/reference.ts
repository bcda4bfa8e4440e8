import type { JsonObject } from "../../generator/document/source.js";
import { specificationName } from "../../generator/document/version.js";
import { loadDocument } from "../../generator/load-document.js";
import type { Pins } from "../../generator/names/pins.js";
import { describeApi } from "../../generator/reference/describe.js";
import type {
  ModelReference,
  OperationReference,
  Reference,
} from "../../generator/reference/reference.js";
import { runStages, type Stages, type StageOptions } from "../../generator/stages.js";
import type { TypeNode } from "../../generator/types/type-node.js";
import { documentOf, sourceOf } from "./generate.js";
import { repository } from "./repository.js";

/** The extensions that the documents of this repository use. */
export const EXTENSIONS = { pagination: "x-pagination", idempotency: "x-idempotent" };

/** What pages tell of a document. Throws what is found where anything is an error. */
export function referenceOf(document: JsonObject, options: StageOptions = {}): Reference {
  const stages = runStages(sourceOf(document), { extensions: EXTENSIONS, ...options });
  return described(stages, document, "./api/index.js");
}

/** The names that a client of a document has, for its next release to keep. */
export function pinsOf(document: JsonObject): Pins {
  const { named, diagnostics } = runStages(sourceOf(document), {});
  if (named === undefined) throw new Error(JSON.stringify(diagnostics, null, 2));
  return named.pins;
}

/** What pages tell of a document with the one operation `op`, a GET of `/op` unless the parts say otherwise. */
export function operationOf(
  operation: JsonObject,
  { method = "get", options, ...parts }: OperationParts = {},
): OperationReference {
  const described = { operationId: "op", responses: { "204": { description: "" } }, ...operation };
  const paths = { "/op": { [method]: described } };
  const { classes } = referenceOf(documentOf({ paths, ...parts }), options);
  const [found] = classes.flatMap(({ operations }) => operations);
  if (found === undefined) throw new Error("There is no operation.");
  return found;
}

interface OperationParts {
  readonly method?: string;
  readonly options?: StageOptions;
  readonly components?: JsonObject;
  readonly security?: JsonObject[];
}

/** What pages tell of a service of this repository. */
export async function serviceReference(name: Service): Promise<Reference> {
  const input = { file: repository(`specs/${name}.yaml`), overlays: [] };
  const { value } = await loadDocument(input);
  if (value === undefined) throw new Error(`The document of ${name} cannot be loaded.`);
  const stages = runStages(value, { name: SERVICES[name], extensions: EXTENSIONS });
  return described(stages, value.document, `./generated/${name}/index.js`);
}

/** The services, with the names of their clients. */
export const SERVICES = { peertube: "PeerTube", mastodon: "Mastodon", sftpgo: "SFTPGo" } as const;
export type Service = keyof typeof SERVICES;

function described(
  { types, model, diagnostics }: Stages,
  document: JsonObject,
  clientModule: string,
): Reference {
  if (types === undefined || model === undefined)
    throw new Error(JSON.stringify(diagnostics, null, 2));
  return describeApi(types, model, {
    clientModule,
    specification: specificationName(document),
    helperPages: [],
  });
}

/** The operation of a method. Throws where there is none. */
export function methodOf({ classes }: Reference, methodName: string): OperationReference {
  return found(
    classes.flatMap(({ operations }) => operations).find((one) => one.methodName === methodName),
    methodName,
  );
}

/** The type of `models.ts` with that name. Throws where there is none. */
export function modelOf({ models }: Reference, name: string): ModelReference {
  return found(
    models.find(({ declaration }) => declaration.name === name),
    name,
  );
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`There is no ${name}.`);
  return value;
}

/** A type in short: what rows of tests compare. Members of objects are left out. */
export function shortType(type: TypeNode | undefined): string {
  if (type === undefined) return "void";
  switch (type.kind) {
    case "keyword":
    case "named":
      return type.name;
    case "literal":
      return JSON.stringify(type.value);
    case "array":
      return `${shortType(type.element)}[]`;
    case "union":
      return type.members.map(shortType).join(" | ");
    case "eventStream":
      return `events of ${shortType(type.event)}`;
    case "jsonStream":
    case "jsonItems":
      return `values of ${shortType(type.item)}`;
    default:
      return type.kind;
  }
}
