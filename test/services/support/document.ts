import { readSpecFiles, type Node } from "../../support/spec-files.js";

/*
 * The documents of the services, read once more, by means that share nothing with the generator: what a client
 * sends and gives back is compared with what stands in the document.
 */

/** A JSON Schema, as far as the three documents use it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly contentMediaType?: string;
  readonly contentSchema?: Schema;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly explode?: boolean;
  readonly schema: Schema;
}

export interface MediaType {
  readonly schema?: Schema;
  readonly encoding?: Readonly<Record<string, Encoding>>;
}

export interface Encoding {
  readonly contentType?: string;
  readonly style?: string;
  readonly explode?: boolean;
}

export interface Answer {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, MediaType>>;
}

export type Security = Readonly<Record<string, readonly string[]>>;

export interface SecurityScheme {
  readonly type: string;
  readonly scheme?: string;
  readonly in?: string;
  readonly name?: string;
}

export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags: readonly string[];
  readonly method: string;
  /** With the path of the server. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body:
    | { readonly required: boolean; readonly content: Readonly<Record<string, MediaType>> }
    | undefined;
  readonly responses: Readonly<Record<string, Answer>>;
  readonly security: readonly Security[];
}

export interface ApiDocument {
  readonly operations: readonly Operation[];
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
  /** Schemas by name, as they stand in the document. */
  readonly schemas: Readonly<Record<string, Schema>>;
  /** A schema without its reference; what stands beside the reference is merged in. */
  resolve(schema: Schema): Schema;
}

/** Reads the document of a service, with all files that it is made of. */
export function readDocument(service: string): ApiDocument {
  const { root, files, target, follow } = readSpecFiles(service);

  function resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    const { $ref, ...siblings } = schema;
    const found = resolve(target($ref) as Schema);
    return Object.keys(siblings).length === 0 ? found : { ...found, ...siblings };
  }

  const components = root["components"] as { securitySchemes: Record<string, SecurityScheme> };
  const operations = Object.entries(root["paths"] as Record<string, Node>).flatMap(
    ([path, reference]) => {
      const item = follow(reference) as Node;
      return ["get", "put", "post", "delete", "patch"].flatMap((method) => {
        const operation = item[method] as Node | undefined;
        return operation === undefined ? [] : [operationOf(path, method, operation, item)];
      });
    },
  );
  const schemas = [...files.values()].map(
    ({ components: parts }) => (parts as Partial<ApiDocument> | undefined)?.schemas,
  );
  return {
    operations,
    securitySchemes: components.securitySchemes,
    schemas: Object.assign({}, ...schemas) as ApiDocument["schemas"],
    resolve,
  };

  function operationOf(path: string, method: string, operation: Node, item: Node): Operation {
    const parameters = new Map<string, Parameter>();
    for (const list of [item["parameters"], operation["parameters"]]) {
      for (const entry of (list ?? []) as unknown[]) {
        const parameter = follow(entry) as Parameter;
        parameters.set(`${parameter.in} ${parameter.name}`, parameter);
      }
    }
    const servers = (operation["servers"] ?? item["servers"] ?? root["servers"]) as {
      url: string;
    }[];
    const body = operation["requestBody"];
    const responses = Object.entries(operation["responses"] as Node);
    return {
      operationId: operation["operationId"] as string,
      tags: operation["tags"] as string[],
      method: method.toUpperCase(),
      path: serverPath(servers[0]?.url ?? "/") + path,
      parameters: [...parameters.values()],
      body:
        body === undefined
          ? undefined
          : {
              required: false,
              ...(follow(body) as Answer),
              content: (follow(body) as Required<Answer>).content,
            },
      responses: Object.fromEntries(
        responses.map(([status, answer]) => [status, follow(answer) as Answer]),
      ),
      security: (operation["security"] ?? root["security"] ?? []) as Security[],
    };
  }
}

/** The path of a server, without a slash at its end. */
function serverPath(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, "").replace(/\/$/, "");
}
