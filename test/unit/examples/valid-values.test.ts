import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { isObject, member, objectMember } from "../../../generator/document/json.js";
import type { JsonObject } from "../../../generator/document/source.js";
import { exampleContext, type ExampleContext } from "../../../generator/examples/context.js";
import { modelExample } from "../../../generator/examples/model-example.js";
import { operationExamples } from "../../../generator/examples/operation-examples.js";
import { loadDocument } from "../../../generator/load-document.js";
import type { Declaration } from "../../../generator/model/api-model.js";
import type { NamedOperation } from "../../../generator/names/named-api.js";
import { follow } from "../../../generator/resolve/references.js";
import type { PlacedSchema } from "../../../generator/resolve/resolved-api.js";
import { runStages } from "../../../generator/stages.js";
import { repository } from "../../support/repository.js";

/*
 * What the programs of the pages pass, read from their texts and checked against the bundled documents by means that
 * share nothing with the generator's own check.
 */

const SERVICES = ["peertube", "mastodon", "sftpgo"];

describe.each(SERVICES)("the examples of %s", (service) => {
  it("pass only values of their schemas, and so do those of models", async () => {
    const { context, problemsOf } = await checking(service);
    const { classes } = context.table.named;
    const operations = classes.flatMap((named, index) =>
      named.operations.map((operation, place) => {
        const made = context.model.classes[index]?.operations[place];
        if (made === undefined) throw new Error(`no model of ${operation.methodName}`);
        const [example] = operationExamples(operation, made, named, context);
        if (example === undefined) return [`${operation.methodName}: no program`];
        return passed(operation, example.code).flatMap(({ name, placed, value }) =>
          problemsOf(placed, value, true).map(
            (problem) => `${operation.methodName} ${name}: ${problem}`,
          ),
        );
      }),
    );
    const models = context.model.schemas.map((declaration) => {
      const example = modelExample(declaration, context);
      const source = context.sources.get(declaration.name);
      if (example === undefined || source === undefined) return [];
      const value = valueOf(firstValue(example.code));
      return problemsOf(source.placed, value, source.input).map(
        (problem) => `${declaration.name}: ${problem}`,
      );
    });
    expect(operations.length).toBeGreaterThan(50);
    expect([...operations, ...models].flat()).toEqual([]);
  });
});

describe.each(SERVICES)("the models of %s", (service) => {
  it("have an example unless they are scalars or have no members", async () => {
    const { context } = await checking(service);
    const without = context.model.schemas.filter(
      (declaration) => isShowable(declaration) && modelExample(declaration, context) === undefined,
    );
    expect(without.map(({ name }) => name)).toEqual([]);
  });
});

function isShowable({ shape }: Declaration): boolean {
  if (shape.kind === "interface") return shape.bases.length > 0 || shape.object.members.length > 0;
  const { type } = shape;
  const parts = type.kind === "union" ? type.members : [type];
  return parts.some(({ kind }) => kind !== "literal" && kind !== "keyword");
}

/* ----------------------------------------------------------------------------- documents */

interface Checking {
  readonly context: ExampleContext;
  readonly problemsOf: (
    placed: PlacedSchema,
    value: unknown,
    isRequest: boolean,
  ) => readonly string[];
}

async function checking(service: string): Promise<Checking> {
  const loaded = await loadDocument(
    { file: repository(`specs/${service}.yaml`), overlays: [] },
    {},
  );
  if (loaded.value === undefined) throw new Error(`${service} was not read`);
  const { types, model } = runStages(loaded.value, { name: "Api" });
  if (types === undefined || model === undefined) throw new Error(`${service} has no types`);
  const settings = { clientModule: "./api/index.js", clientVariable: "api" };
  const context = exampleContext({ table: types, model, ...settings });
  const { document } = types.named.api;
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, logger: false });
  // The package's types describe its CommonJS form.
  (addFormats as unknown as (target: Ajv2020) => void)(ajv);
  ajv.addSchema({ ...document, $id: "https://document.test/" });
  const errorsOf = (value: unknown, schema: object): readonly ErrorObject[] => {
    ajv.validate(schema, value);
    return (ajv.errors ?? []).flatMap((error) => {
      const content = decodedContent(error);
      return content === undefined ? [error] : errorsOf(error.data, content);
    });
  };
  return {
    context,
    problemsOf: ({ pointer }, value, isRequest) =>
      errorsOf(value, inDocument(`#${encodeURI(pointer)}`))
        .filter((error) => !isLeftOut(error, document, isRequest))
        .map((error) => `${error.instancePath} ${error.message ?? ""}`),
  };
}

function inDocument(reference: string): object {
  return { $ref: `https://document.test/${reference}` };
}

/** The schema of what a text holds that a client decodes: its programs have that and no text. */
function decodedContent({ keyword, parentSchema }: ErrorObject): object | undefined {
  const content = parentSchema?.["contentSchema"] as { $ref?: string } | undefined;
  return keyword === "type" && content?.$ref !== undefined ? inDocument(content.$ref) : undefined;
}

/** What does not travel in this direction is left out, required or not. */
function isLeftOut(error: ErrorObject, document: JsonObject, isRequest: boolean): boolean {
  if (error.keyword !== "required") return false;
  const { missingProperty } = error.params as { missingProperty: string };
  const property = member(objectMember(error.parentSchema, "properties"), missingProperty);
  const marker = isRequest ? "readOnly" : "writeOnly";
  const target = follow(document, property, "")?.value;
  return member(property, marker) === true || member(target, marker) === true;
}

/* ------------------------------------------------------------------------------ programs */

interface Passed {
  readonly name: string;
  readonly placed: PlacedSchema;
  readonly value: unknown;
}

/** What the call of a program passes, and the schema of each. */
function passed(
  { operation, methodName, parameterKeys }: NamedOperation,
  code: string,
): readonly Passed[] {
  const values = valueOf(argumentOf(code, methodName));
  if (!isObject(values)) return [];
  return Object.entries(values as object).flatMap(([name, value]: [string, unknown]) => {
    const parameter = operation.parameters[parameterKeys.indexOf(name)];
    if (parameter !== undefined) {
      const { serialization, schema } = parameter;
      const ofMedia = serialization.kind === "content" ? serialization.mediaType.schema : undefined;
      return [{ name, placed: ofMedia ?? schema, value }];
    }
    const [mediaType] = operation.requestBody?.mediaTypes ?? [];
    return name !== "body" || mediaType?.schema === undefined || mediaType.kind === "binary"
      ? []
      : [{ name, placed: mediaType.schema, value }];
  });
}

/** The first argument of the only call of a method. */
function argumentOf(code: string, method: string): ts.Expression | undefined {
  let found: ts.Expression | undefined;
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === method
    )
      found = node.arguments[0];
    ts.forEachChild(node, visit);
  };
  visit(sourceFile(code));
  return found;
}

/** What the first constant of a program is. */
function firstValue(code: string): ts.Expression | undefined {
  const statement = sourceFile(code).statements.find(ts.isVariableStatement);
  return statement?.declarationList.declarations[0]?.initializer;
}

function sourceFile(code: string): ts.SourceFile {
  return ts.createSourceFile("program.ts", code, ts.ScriptTarget.ES2022, true);
}

/** The value of a literal; what is a file there is a text. */
function valueOf(node: ts.Expression | undefined): unknown {
  if (node === undefined) return undefined;
  if (ts.isNewExpression(node)) return "file";
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(valueOf);
  if (ts.isObjectLiteralExpression(node))
    return Object.fromEntries(
      node.properties
        .filter(ts.isPropertyAssignment)
        .map(({ name, initializer }) => [
          ts.isComputedPropertyName(name) ? "" : name.text,
          valueOf(initializer),
        ]),
    );
  return (0, eval)(node.getText()) as unknown;
}
