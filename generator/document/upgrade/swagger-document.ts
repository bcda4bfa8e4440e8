import type { Findings } from "../../diagnostics/diagnostic.js";
import { quoted } from "../../diagnostics/quoted.js";
import { isObject, member, objectMember, setMember, stringMember } from "../json.js";
import { childPointer, pointerTo } from "../pointer.js";
import type { JsonObject, JsonValue } from "../source.js";
import { openApiField } from "../version.js";
import type { Context } from "./context.js";
import { withChildren } from "./copy.js";
import { found, newer, wrongShape } from "./findings.js";
import { isBody, isFormField } from "./listed-parameters.js";
import { mediaTypeList } from "./media-type-lists.js";
import { upgradePathItem } from "./operations.js";
import { writtenAt } from "./origins.js";
import { upgradeParameter } from "./parameters.js";
import { upgradeBody } from "./request-bodies.js";
import { upgradeListedResponse } from "./responses.js";
import { parentDefinitions, upgradePlacedSchema, upgradeSchemasIn } from "./schemas.js";
import { upgradeSecurityScheme } from "./security-schemes.js";
import { upgradeServers } from "./servers.js";
import { findStrays } from "./strays.js";

/** The fields of a document that have another form in OpenAPI 3. */
const UPGRADED: ReadonlySet<string> = new Set(
  "swagger host basePath schemes consumes produces paths definitions parameters responses securityDefinitions components servers webhooks".split(
    " ",
  ),
);

/**
 * A document of Swagger 2.0 as one of OpenAPI 3.0, whose every moved part is marked with where it was written. A `$ref`
 * still leads to where its target was written.
 */
export function* upgradeSwagger(
  document: JsonObject,
  nullable: string | undefined,
): Findings<JsonObject> {
  const { servers, base } = yield* upgradeServers(document);
  const context: Context = {
    document,
    consumes: (yield* mediaTypeList(document, "consumes", "")) ?? [],
    produces: (yield* mediaTypeList(document, "produces", "")) ?? [],
    nullable,
    parents: parentDefinitions(document),
    server: base,
  };
  const rest = Object.entries(document).filter(([key]) => !UPGRADED.has(key));
  const paths = member(document, "paths");
  return {
    openapi: openApiField("3.0"),
    ...Object.fromEntries(rest),
    ...(yield* serversField(document, servers)),
    ...(paths === undefined ? {} : { paths: yield* upgradePaths(paths, context) }),
    components: yield* upgradeComponents(context),
  };
}

function* serversField(
  document: JsonObject,
  upgraded: readonly JsonObject[],
): Findings<{ readonly servers?: JsonValue }> {
  const written = member(document, "servers");
  if (written !== undefined) {
    yield newer("servers", "Write host, basePath and schemes.", "/servers");
  }
  if (upgraded.length > 0) return { servers: [...upgraded] };
  return written === undefined ? {} : { servers: written };
}

function* upgradePaths(paths: JsonValue, context: Context): Findings<JsonValue> {
  if (!isObject(paths)) return paths;
  return yield* withChildren(paths, "paths", "/paths", (item, _, pointer) =>
    upgradePathItem(item, pointer, context),
  );
}

/* ------------------------------------------------------------------ components */

/** A section of `components`, and what stands in it. */
type Section = readonly [name: string, entries: JsonObject];

function* upgradeComponents(context: Context): Findings<JsonObject> {
  const components = yield* newerComponents(context);
  const sections: readonly Section[] = [
    ...(yield* upgradeStrays(context)),
    ["schemas", yield* section("definitions", context, upgradeDefinition)],
    ["parameters", yield* section("parameters", context, upgradeSharedParameter)],
    ["requestBodies", yield* section("parameters", context, upgradeSharedBody)],
    ["responses", yield* section("responses", context, upgradeSharedResponse)],
    ["securitySchemes", yield* section("securityDefinitions", context, upgradeScheme)],
  ];
  for (const [name, entries] of sections) yield* addSection(components, name, entries);
  return components;
}

/** The components that have a place of their own in Swagger 2.0. */
const OWN_SECTIONS = ["schemas", "parameters", "responses", "securitySchemes"];

/**
 * Components that stand where OpenAPI 3 has them. Those without a place in Swagger 2.0, such as the path items of other
 * files, were put there when the files were joined.
 */
function* newerComponents(context: Context): Findings<JsonObject> {
  const written = member(context.document, "components") ?? null;
  if (!isObject(written)) return {};
  if (OWN_SECTIONS.some((name) => member(written, name) !== undefined)) {
    yield newer(
      "components",
      "Write definitions, parameters, responses and securityDefinitions at the top of the document.",
      "/components",
    );
  }
  return yield* withChildren(
    written,
    "components",
    "/components",
    (value, kind, pointer): Findings<JsonValue> => {
      if (kind === "pathItem") return upgradePathItem(value, pointer, context);
      if (kind === "response") return upgradeListedResponse(value, pointer, undefined, context);
      return upgradeSchemasIn(value, kind, pointer, context);
    },
  );
}

/** What both have under one name is taken from where Swagger 2.0 has it. */
function* addSection(components: JsonObject, name: string, entries: JsonObject): Findings<void> {
  if (Object.keys(entries).length === 0) return;
  const written = objectMember(components, name) ?? {};
  for (const key of Object.keys(written).filter((key) => Object.hasOwn(entries, key))) {
    yield found("ignored-value", {
      message: `${quoted(key)} stands both under components and at the top of the document; this one is ignored.`,
      hint: "Keep one of the two.",
      pointer: pointerTo("components", name, key),
    });
  }
  setMember(components, name, { ...written, ...entries });
}

/** What stands where Swagger 2.0 has nothing becomes a component, so that it is upgraded once. */
function* upgradeStrays(context: Context): Findings<readonly Section[]> {
  const schemas: [string, JsonValue][] = [];
  const pathItems: [string, JsonValue][] = [];
  for (const { name, kind, value, pointer } of findStrays(context.document)) {
    if (kind === "schema")
      schemas.push([name, yield* upgradePlacedSchema(value, pointer, context)]);
    else {
      const item = yield* upgradePathItem(value, pointer, context);
      pathItems.push([name, writtenAt(pointer, item, "pathItem")]);
    }
  }
  return [
    ["schemas", Object.fromEntries(schemas)],
    ["pathItems", Object.fromEntries(pathItems)],
  ];
}

type UpgradeEntry = (
  entry: JsonObject,
  pointer: string,
  context: Context,
  name: string,
) => Findings<JsonObject | undefined>;

/** The entries of a map at the top of the document, upgraded, each marked with where it is written. */
function* section(key: string, context: Context, upgrade: UpgradeEntry): Findings<JsonObject> {
  const written = member(context.document, key) ?? null;
  if (written === null) return {};
  if (!isObject(written)) {
    const hint = "Write each one below a name of its own: { Name: …, Other: … }.";
    yield wrongShape(written, `under ${key}, `, "an object with named entries", hint, `/${key}`);
    return {};
  }
  const entries: [string, JsonValue][] = [];
  for (const [name, entry] of Object.entries(written)) {
    const pointer = childPointer("", key, name);
    const made = isObject(entry) ? yield* upgrade(entry, pointer, context, name) : entry;
    if (made !== undefined) entries.push([name, made]);
  }
  return writtenAt(`/${key}`, Object.fromEntries(entries));
}

function upgradeDefinition(
  schema: JsonObject,
  pointer: string,
  context: Context,
): Findings<JsonObject> {
  return upgradePlacedSchema(schema, pointer, context);
}

/** One that only refers to another is passed over, as it is where it is used. */
function* upgradeSharedParameter(
  parameter: JsonObject,
  pointer: string,
  context: Context,
): Findings<JsonObject | undefined> {
  const isReference = stringMember(parameter, "$ref") !== undefined;
  if (isReference || isBody(parameter) || isFormField(parameter)) return undefined;
  return yield* upgradeParameter(parameter, pointer, context);
}

/** Operations have their own media types; what is shared is the schema. */
function* upgradeSharedBody(
  parameter: JsonObject,
  pointer: string,
  context: Context,
): Findings<JsonObject | undefined> {
  if (!isBody(parameter)) return undefined;
  const listed = { pointer, target: parameter, targetPointer: pointer };
  return yield* upgradeBody(listed, context.consumes, context);
}

function upgradeSharedResponse(
  response: JsonObject,
  pointer: string,
  context: Context,
): Findings<JsonObject> {
  return upgradeListedResponse(response, pointer, undefined, context);
}

function* upgradeScheme(
  scheme: JsonObject,
  pointer: string,
  _: Context,
  name: string,
): Findings<JsonObject> {
  const upgraded = yield* upgradeSecurityScheme(scheme, name, pointer);
  return writtenAt(pointer, upgraded, "securityScheme");
}
