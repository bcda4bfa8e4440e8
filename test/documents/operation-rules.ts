import type { Node, SpecFiles } from "../support/spec-files.js";
import { containsExample, exampleValues } from "./examples.js";
import { schemaAt, typesOf } from "./schemas.js";
import { contentOf, errors, isJson, successes, type SpecOperation } from "./spec-operations.js";
import { newWords } from "./words.js";

/** A rule over one operation: gives what is wrong, in words. */
export type OperationRule = (operation: SpecOperation, spec: SpecFiles) => readonly string[];

/** The rules that every operation of our documents keeps, by name. */
export const OPERATION_RULES: Readonly<Record<string, OperationRule>> = {
  "has an operationId": ({ node }) =>
    wrong(!/^[a-z][A-Za-z0-9_]*$/.test(textOf(node["operationId"])), "no usable operationId"),
  "has one tag that the document declares": ({ node }, { root }) => {
    const tags = (node["tags"] ?? []) as readonly string[];
    const declared = (root["tags"] as readonly Node[]).map(({ name }) => name);
    return wrong(tags.length !== 1 || !declared.includes(tags[0]), `tags are ${tags.join(", ")}`);
  },
  "has a summary": ({ node }) => {
    const summary = textOf(node["summary"]);
    return wrong(!/^[A-Z].{3,70}[^.]$/.test(summary), `summary ${JSON.stringify(summary)}`);
  },
  "has a description that says more than its name": ({ node, path }) => {
    const description = textOf(node["description"]);
    const said = newWords(description, textOf(node["operationId"]), path);
    return wrong(said < 3 || !/[.:)`]$/.test(description), JSON.stringify(description));
  },
  "describes its parameters": ({ parameters }) =>
    parameters.flatMap(({ name, description, schema, content }) => [
      ...wrong(newWords(textOf(description), name) < 1, `parameter ${name} has no description`),
      ...wrong(schema === undefined && content === undefined, `parameter ${name} has no schema`),
    ]),
  "declares the parameters of its path, and no others there": ({ path, parameters }) => {
    const inPath = parameters.filter((parameter) => parameter.in === "path");
    const names = inPath.map(({ name }) => name).sort();
    const templates = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name).sort();
    return [
      ...wrong(names.join() !== templates.join(), `path parameters are ${names.join(", ")}`),
      ...wrong(
        inPath.some(({ required }) => required !== true),
        "an optional path parameter",
      ),
    ];
  },
  "declares no header that the platform sets": ({ parameters }) =>
    parameters
      .filter(({ name }) => /^(?:content-length|content-type|accept|authorization)$/i.test(name))
      .map(({ name }) => `parameter ${name}`),
  "says whether the request body is required, and what is in it": ({ requestBody }) => {
    if (requestBody === undefined) return [];
    return [
      ...wrong(typeof requestBody["required"] !== "boolean", "`required` is not stated"),
      ...wrong(contentOf(requestBody).length === 0, "body without content"),
      ...contentOf(requestBody)
        .filter(([, mediaType]) => mediaType["schema"] === undefined)
        .map(([name]) => `${name} without schema`),
    ];
  },
  "shows an example of a JSON or form body": ({ requestBody }, spec) =>
    contentOf(requestBody)
      .filter(([name]) => isJson(name) || name === "application/x-www-form-urlencoded")
      .filter(([, mediaType]) => exampleValues(spec, mediaType).length === 0)
      .map(([name]) => `${name} without example`),
  "shows an example in what it answers": (operation, spec) =>
    successes(operation).flatMap(([status, answer]) =>
      contentOf(answer)
        .filter(([name, mediaType]) => isJson(name) && !isAlwaysEmpty(spec, mediaType["schema"]))
        .filter(([, mediaType]) => !containsExample(mediaType, spec))
        .map(([name]) => `${status} ${name} without example`),
    ),
  "describes what success looks like": (operation) => [
    ...wrong(successes(operation).length === 0, "no success"),
    ...successes(operation).flatMap(([status, answer]) => [
      ...wrong(textOf(answer["description"]).length < 8, `${status} without description`),
      ...contentOf(answer)
        .filter(([, mediaType]) => mediaType["schema"] === undefined)
        .map(([name]) => `${status} ${name} without schema`),
    ]),
  ],
  "gives success content, or a status or a sentence that rules it out": (operation) =>
    successes(operation)
      .filter(([status, answer]) => contentOf(answer).length === 0 && status.startsWith("2"))
      .filter(([status]) => status !== "204")
      .filter(
        ([, { description }]) => !/empty|no body|no content|nothing/i.test(textOf(description)),
      )
      .map(([status]) => `${status} has no content`),
  "has typed errors": (operation) => [
    ...wrong(errors(operation).length === 0, "no error"),
    ...errors(operation)
      .filter(([, answer]) => contentOf(answer).length === 0)
      .filter(
        ([, { description }]) =>
          !/empty|no body|no content|without (?:a )?body/i.test(textOf(description)),
      )
      .map(([status]) => `${status} has no content`),
    ...errors(operation).flatMap(([status, answer]) =>
      contentOf(answer)
        .filter(([, mediaType]) => mediaType["schema"] === undefined)
        .map(([name]) => `${status} ${name} without schema`),
    ),
  ],
  "describes its errors": (operation) =>
    errors(operation)
      .filter(([, answer]) => newWords(textOf(answer["description"])) < 2)
      .map(([status, { description }]) => `${status}: ${JSON.stringify(description)}`),
  "describes the headers of its answers": ({ responses }, spec) =>
    [...responses].flatMap(([status, { headers }]) =>
      Object.entries((headers ?? {}) as Node)
        .map(([name, header]) => [name, spec.follow(header) as Node] as const)
        .filter(([name, header]) => newWords(textOf(header["description"]), name) < 1)
        .map(([name]) => `${status} ${name} without description`),
    ),
  "states its security with scopes that the schemes have": ({ node, security }, { root }) => {
    const schemes = (root["components"] as Node)["securitySchemes"] as Readonly<
      Record<string, Node>
    >;
    const used = security.flatMap((alternative) => Object.entries(alternative));
    return [
      ...wrong(node["security"] === undefined && root["security"] === undefined, "no security"),
      ...used.flatMap(([name, scopes]) =>
        (scopes as readonly string[])
          .filter((scope) => !scopesOf(schemes[name]).includes(scope))
          .map((scope) => `${name} has no scope ${scope}`),
      ),
      ...used.filter(([name]) => !(name in schemes)).map(([name]) => `no scheme ${name}`),
    ];
  },
  "says what to use in the place of what is deprecated": ({ node }) =>
    wrong(
      node["deprecated"] === true &&
        !/instead|replace|in (?:its|the) place|use |prefer/i.test(textOf(node["description"])),
      "nothing else is named",
    ),
  "declares how it is paged": (operation) =>
    wrong(
      looksPaged(operation) && operation.node["x-pagination"] === undefined,
      "parameters of paging without x-pagination",
    ),
  "is paged by parameters and members that exist": paginationProblems,
  "says whether it may be repeated": ({ method, node }) => {
    const stated = node["x-idempotent"];
    if (method === "POST" || method === "PATCH")
      return wrong(stated === undefined, "x-idempotent is not stated");
    return wrong(
      stated !== undefined && stated !== false,
      "x-idempotent says what the method says",
    );
  },
  "names a key of idempotency that it takes": ({ node, parameters }) => {
    const stated = node["x-idempotent"];
    if (typeof stated !== "object" || stated === null) return [];
    const { header } = stated as Node;
    const found = parameters.some(({ name, in: place }) => name === header && place === "header");
    return wrong(!found, `no header parameter ${textOf(header)}`);
  },
};

function looksPaged({ method, parameters }: SpecOperation): boolean {
  const names = parameters.filter(({ in: place }) => place === "query").map(({ name }) => name);
  const has = (name: string): boolean => names.includes(name);
  return (
    method === "GET" &&
    ((has("start") && has("count")) || (has("limit") && (has("offset") || has("max_id"))))
  );
}

function paginationProblems(operation: SpecOperation, spec: SpecFiles): readonly string[] {
  const declared = operation.node["x-pagination"] as Node | undefined;
  if (declared === undefined) return [];
  const query = operation.parameters.filter((parameter) => parameter.in === "query");
  const known = (name: unknown): readonly string[] =>
    wrong(!query.some((parameter) => parameter.name === name), `no parameter ${textOf(name)}`);
  const { kind, items, total, limit, offset, next, order } = declared;
  const names = [
    ...(limit === undefined ? [] : [limit]),
    ...(kind === "offset" ? [offset] : []),
    ...(order === undefined ? [] : [order]),
    ...(kind === "keyset" ? keysetMaps(declared).flatMap((map) => Object.keys(map)) : []),
  ];
  const allowed = ALLOWED[textOf(kind)] ?? [];
  return [
    ...wrong(allowed.length === 0, `kind is ${textOf(kind)}`),
    ...Object.keys(declared)
      .filter((key) => !allowed.includes(key))
      .map((key) => `${key} says nothing for kind ${textOf(kind)}`),
    ...wrong(kind === "keyset" && typeof next !== "object", "no `next`"),
    ...names.flatMap(known),
    ...itemProblems(operation, spec, { items, total, next: keysetMaps(declared) }),
    ...wrong(
      kind === "link" && !successes(operation).some(([, answer]) => hasHeader(answer, "link")),
      "no Link header in the answer",
    ),
  ];
}

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  offset: ["kind", "offset", "limit", "items", "total"],
  link: ["kind", "limit", "items"],
  keyset: ["kind", "limit", "items", "next", "order"],
};

/** The maps of parameter -> pointer into the last item: one, or one for each value of the ordering parameter. */
function keysetMaps({ next, order }: Node): readonly Readonly<Record<string, string>>[] {
  if (typeof next !== "object" || next === null) return [];
  return (order === undefined ? [next] : Object.values(next)) as Readonly<Record<string, string>>[];
}

interface Pointers {
  readonly items: unknown;
  readonly total: unknown;
  readonly next: readonly Readonly<Record<string, string>>[];
}

function itemProblems(
  operation: SpecOperation,
  spec: SpecFiles,
  { items, total, next }: Pointers,
): readonly string[] {
  const answer = operation.responses.get("200");
  const body = contentOf(answer).find(([name]) => isJson(name))?.[1]["schema"];
  if (typeof items !== "string") return ["no `items`"];
  const list = schemaAt(spec, body, items);
  const followed = list === undefined ? undefined : (spec.follow(list) as Node);
  if (followed === undefined || !typesOf(followed).includes("array"))
    return [`no array at ${JSON.stringify(items)} of the answer`];
  const lost = [...new Set(next.flatMap((map) => Object.values(map)))].filter(
    (pointer) => schemaAt(spec, followed["items"], pointer) === undefined,
  );
  return [
    ...lost.map((pointer) => `items have nothing at ${pointer}`),
    ...wrong(
      total !== undefined && schemaAt(spec, body, textOf(total)) === undefined,
      `no total at ${textOf(total)}`,
    ),
  ];
}

/** Whether a schema describes `{}`: an object that nothing is known of. */
function isAlwaysEmpty(spec: SpecFiles, schema: unknown): boolean {
  const found = spec.follow(schema) as Node | undefined;
  return found !== undefined && typesOf(found).includes("object") && !found["properties"];
}

function hasHeader(answer: Node, name: string): boolean {
  return Object.keys(answer["headers"] ?? {}).some((key) => key.toLowerCase() === name);
}

function scopesOf(scheme: Node | undefined): readonly string[] {
  const flows = Object.values((scheme?.["flows"] ?? {}) as Readonly<Record<string, Node>>);
  return flows.flatMap(({ scopes }) => Object.keys((scopes ?? {}) as Node));
}

function wrong(condition: boolean, problem: string): readonly string[] {
  return condition ? [problem] : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
