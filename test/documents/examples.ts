import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Node, SpecFiles } from "../support/spec-files.js";
import { isNode } from "./schemas.js";

/** A value that stands in a document as an example, beside the schema that it has to fit. */
interface Example {
  readonly trail: string;
  readonly schema: unknown;
  readonly value: unknown;
}

/** Every example that does not fit its schema, with what is wrong. */
export function exampleProblems(spec: SpecFiles): readonly string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true });
  // The package's types describe its CommonJS form.
  (addFormats as unknown as (target: Ajv2020) => void)(ajv);
  for (const [address, file] of spec.files) ajv.addSchema(file, address);
  return [...spec.files].flatMap(([address, file]) => {
    const area = address.replace(/^.*\/(.+)\.yaml$/, "$1");
    return findExamples(spec, file, "").flatMap(({ trail, schema, value }) => {
      ajv.validate(schema as Node, value);
      const found = (ajv.errors ?? []).filter((error) => !isLeftOut(spec, trail, error));
      if (found.length === 0) return [];
      return [`${area} ${trail}: ${ajv.errorsText(found, { dataVar: "value" })}`];
    });
  });
}

/** What only the server sets is left out of a request, and what it never shows out of an answer, required or not. */
function isLeftOut(spec: SpecFiles, trail: string, error: ErrorObject): boolean {
  const marker = trail.includes("/requestBody/")
    ? "readOnly"
    : trail.includes("/responses/")
      ? "writeOnly"
      : undefined;
  if (error.keyword !== "required" || marker === undefined) return false;
  const { properties } = error.parentSchema as { properties?: Readonly<Record<string, Node>> };
  const property = properties?.[String((error.params as Node)["missingProperty"])];
  return (
    property?.[marker] === true || (spec.follow(property) as Node | undefined)?.[marker] === true
  );
}

function findExamples(spec: SpecFiles, node: unknown, trail: string): readonly Example[] {
  if (Array.isArray(node))
    return node.flatMap((item, index) => findExamples(spec, item, `${trail}/${index}`));
  if (!isNode(node)) return [];
  // A property may itself be called `example`: then it is a schema among schemas.
  const own = trail.endsWith("/properties") ? [] : ownExamples(spec, node, trail);
  return [...own, ...innerExamples(spec, node, trail)];
}

function ownExamples(spec: SpecFiles, node: Node, trail: string): readonly Example[] {
  const schema = node["schema"] ?? node;
  return exampleValues(spec, node).map((value) => ({ trail, schema, value }));
}

/** Values of `example` and `examples`, which is an array in a schema and a map beside one. */
export function exampleValues(spec: SpecFiles, { example, examples }: Node): readonly unknown[] {
  const single = example === undefined ? [] : [example];
  if (Array.isArray(examples)) return [...single, ...(examples as unknown[])];
  if (!isNode(examples)) return single;
  const named = Object.values(examples).map((entry) => (spec.follow(entry) as Node)["value"]);
  return [...single, ...named];
}

const NOT_SCHEMAS = ["example", "examples", "default", "enum", "const", "x-pagination"];

function innerExamples(spec: SpecFiles, node: Node, trail: string): readonly Example[] {
  return Object.entries(node)
    .filter(([key]) => trail.endsWith("/properties") || !NOT_SCHEMAS.includes(key))
    .flatMap(([key, member]) => findExamples(spec, member, `${trail}/${key}`));
}

/** Whether there is an example in a value or in what it refers to. */
export function containsExample(
  value: unknown,
  spec: SpecFiles,
  seen = new Set<unknown>(),
): boolean {
  if (Array.isArray(value)) return value.some((item) => containsExample(item, spec, seen));
  if (!isNode(value) || seen.has(value)) return false;
  seen.add(value);
  if (exampleValues(spec, value).length > 0) return true;
  if (value["$ref"] !== undefined && containsExample(spec.follow(value), spec, seen)) return true;
  return Object.values(value).some((member) => containsExample(member, spec, seen));
}
