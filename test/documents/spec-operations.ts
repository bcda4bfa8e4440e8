import type { Node, SpecFiles } from "../support/spec-files.js";

export interface Parameter extends Node {
  readonly name: string;
  readonly in: string;
}

/** An operation of a document with what belongs to it, references of parameters and answers followed. */
export interface SpecOperation {
  readonly method: string;
  readonly path: string;
  /** The area file that it stands in, without folder and ending. */
  readonly area: string;
  readonly node: Node;
  readonly parameters: readonly Parameter[];
  readonly requestBody: Node | undefined;
  readonly responses: ReadonlyMap<string, Node>;
  readonly security: readonly Node[];
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"];

/** All operations, in the order of the root document. */
export function operationsOf(spec: SpecFiles): readonly SpecOperation[] {
  return Object.entries(spec.root["paths"] as Readonly<Record<string, Node>>).flatMap(
    ([path, entry]) => {
      const item = spec.follow(entry) as Node;
      return METHODS.filter((method) => item[method] !== undefined).map((method) =>
        operationOf(spec, { method, path, item, area: areaOf(entry) }),
      );
    },
  );
}

function areaOf(entry: Node): string {
  return /([^/]+)\.yaml#/.exec(String(entry["$ref"]))?.[1] ?? "root";
}

interface Place {
  readonly method: string;
  readonly path: string;
  readonly item: Node;
  readonly area: string;
}

function operationOf(spec: SpecFiles, { method, path, item, area }: Place): SpecOperation {
  const node = item[method] as Node;
  const entries = [item["parameters"], node["parameters"]].flatMap((list) => list ?? []);
  const parameters = entries.map((entry) => spec.follow(entry) as Parameter);
  const responses = Object.entries((node["responses"] ?? {}) as Node);
  return {
    method: method.toUpperCase(),
    path,
    area,
    node,
    parameters: [
      ...new Map(parameters.map((found) => [`${found.in} ${found.name}`, found])).values(),
    ],
    requestBody: spec.follow(node["requestBody"]) as Node | undefined,
    responses: new Map(responses.map(([status, entry]) => [status, spec.follow(entry) as Node])),
    security: (node["security"] ?? spec.root["security"] ?? []) as readonly Node[],
  };
}

/** The answers of success: 2xx, or 3xx where the operation is there to redirect or to go on with. */
export function successes(operation: SpecOperation): readonly (readonly [string, Node])[] {
  return [...operation.responses].filter(([status]) => /^[23]/.test(status));
}

export function errors(operation: SpecOperation): readonly (readonly [string, Node])[] {
  return [...operation.responses].filter(([status]) => /^[45]|default/.test(status));
}

/** Media types of a request body or an answer. */
export function contentOf(node: Node | undefined): readonly (readonly [string, Node])[] {
  return Object.entries((node?.["content"] ?? {}) as Readonly<Record<string, Node>>);
}

export function isJson(mediaType: string): boolean {
  return /^application\/(?:[a-z.-]+\+)?json\b/.test(mediaType);
}
