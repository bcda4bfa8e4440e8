import { arrayMember, stringMember } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { exampleContext } from "../examples/context.js";
import { late } from "../examples/late.js";
import { examplesMadeOf } from "../examples/made-of.js";
import { operationExamples, operationExamplesMadeOf } from "../examples/operation-examples.js";
import type { ApiModel, OperationModel } from "../model/api-model.js";
import { defaultBaseUrl } from "../model/base-url.js";
import { inPageTargets } from "../model/in-page-references.js";
import type { NamedClass } from "../names/named-api.js";
import type { TypeTable } from "../types/types.js";
import { describeAbout, externalDocsOf } from "./about.js";
import { clientVariableOf } from "./client-variable.js";
import { describeModels } from "./describe-models.js";
import { describeOperation } from "./describe-operation.js";
import type { Describing, ReferenceSettings } from "./describing.js";
import { describeEarlier } from "./earlier.js";
import type {
  ClassReference,
  HeaderReference,
  OperationReference,
  Reference,
} from "./reference.js";
import { inlineTypesOf } from "./inline-types.js";
import { describeSecuritySchemes } from "./security-schemes.js";
import { startOf } from "./start.js";

/**
 * Joins what the document says and what was made of it into what pages tell.
 *
 * @param table the types, with the names and the document behind them
 * @param model what is emitted, made of the same table
 */
export function describeApi(
  table: TypeTable,
  model: ApiModel,
  settings: ReferenceSettings,
): Reference {
  const clientVariable = clientVariableOf(settings.clientModule);
  const context = exampleContext({ table, model, clientVariable, ...settings });
  const describing: Describing = {
    ...settings,
    ...context,
    headers: new Map<string, HeaderReference>(),
    madeOf: examplesMadeOf(context),
  };
  const classes = describeClasses(describing);
  return {
    clientName: model.clientName,
    clientVariable,
    clientModule: settings.clientModule,
    title: model.title,
    version: model.version,
    specification: settings.specification,
    description: model.description,
    about: describeAbout(table.named.api.document),
    servers: model.servers,
    baseUrl: defaultBaseUrl(model.servers),
    securitySchemes: describeSecuritySchemes(table.named.api),
    helpers: model.helpers,
    helperPages: settings.helperPages,
    classes,
    models: describeModels(describing, classes),
    inlineTypes: inlineTypesOf(classes),
    inPageTargets: inPageTargets(table.named),
    start: startOf(classes),
  };
}

function describeClasses(describing: Describing): readonly ClassReference[] {
  const models = new Map(describing.model.classes.map((one) => [one.className, one]));
  const tags = writtenTags(describing.table.named.api.document);
  return describing.table.named.classes.map((namedClass) => {
    const { className, propertyName, tag } = namedClass;
    const model = models.get(className);
    const methods = new Map(model?.operations.map((one) => [one.methodName, one]));
    return {
      className,
      propertyName,
      tag,
      docs: model?.docs ?? [],
      externalDocs: externalDocsOf(tags.get(tag ?? "")),
      operations: describeOperations(namedClass, methods, describing),
      earlier: describeEarlier(namedClass, methods),
    };
  });
}

/** The tags of the document by their names. */
function writtenTags(document: JsonObject): ReadonlyMap<string, JsonValue> {
  return new Map(
    arrayMember(document, "tags").flatMap((tag) => {
      const name = stringMember(tag, "name");
      return name === undefined ? [] : [[name, tag] as const];
    }),
  );
}

function describeOperations(
  namedClass: NamedClass,
  methods: ReadonlyMap<string, OperationModel>,
  describing: Describing,
): readonly OperationReference[] {
  return namedClass.operations.flatMap((operation) => {
    const made = methods.get(operation.methodName);
    if (made === undefined) return [];
    const examples = late(
      () => operationExamples(operation, made, namedClass, describing),
      () => operationExamplesMadeOf(operation, made, namedClass, describing.madeOf),
    );
    return [describeOperation(operation, made, namedClass.className, describing, examples)];
  });
}
