import { createRequire } from "node:module";
import type * as OpenApiTypeScript from "openapi-typescript";
import type * as TypeScript from "typescript";
import type { JsonObject } from "../document/source.js";
import { isInt64Form, literalsOf } from "./int64.js";

/*
 * Required, not imported: to import CommonJS, Node.js first scans it for exports, and here that is a whole compiler.
 * And by file, since the package as a whole loads a linter that none of this uses. Measured with Node.js 20 on two
 * cores: 0.55 s instead of 0.86 s; by file, 0.15 s of CPU less.
 */
const require = createRequire(import.meta.url);
const transformSchema =
  require("openapi-typescript/dist/transform/index.cjs") as typeof OpenApiTypeScript.transformSchema;
const { default: typeOfSchema } =
  require("openapi-typescript/dist/transform/schema-object.cjs") as {
    readonly default: typeof OpenApiTypeScript.transformSchemaObject;
  };

/** The compiler whose nodes openapi-typescript makes: only its own functions can tell what they are. */
export const ts = require("typescript") as typeof TypeScript;

type Context = Parameters<typeof OpenApiTypeScript.transformSchema>[1];

/**
 * The declarations that openapi-typescript makes of a document, as syntax trees: to print them and to parse that again
 * took a tenth of the time of a run. Its transforms are called directly: what the default export does before them,
 * fetching, bundling and linting, the loader has decided already, and it would cost a second.
 */
export function typeDeclarations(document: JsonObject): readonly TypeScript.Node[] {
  // The document is our own, in normal form; its type in openapi-typescript is wider than anything we build.
  return transformSchema(document as unknown as OpenApiTypeScript.OpenAPI3, context());
}

/** All options at their plainest. `redoc` is used by none of the transforms. */
function context(): Context {
  return {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    defaultNonNullable: false,
    discriminators: { objects: {}, refsHandled: [] },
    emptyObjectsUnknown: false,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    injectFooter: [],
    makePathsEnum: false,
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    redoc: undefined as unknown as Context["redoc"],
    resolve: () => undefined,
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: true,
    transform: (schema, options) =>
      schema.format === "binary"
        ? ts.factory.createTypeReferenceNode("Blob")
        : (int64Node(schema as unknown as JsonObject) ??
          tupleElement(schema as unknown as TupleElement, options)),
    transformProperty: undefined,
  };
}

/** What stands in a tuple besides plain types: see `array-form.ts`. */
interface TupleElement {
  readonly type: string;
  readonly items: Parameters<typeof typeOfSchema>[0];
}

/** `T?` for an element that may be missing, and `...T[]` for what may follow. */
function tupleElement(
  { type, items }: TupleElement,
  options: Parameters<typeof typeOfSchema>[1],
): TypeScript.TypeNode | undefined {
  if (type !== "optional" && type !== "rest") return undefined;
  const element = typeOfSchema(items, options);
  return type === "optional"
    ? ts.factory.createOptionalTypeNode(element)
    : ts.factory.createRestTypeNode(ts.factory.createArrayTypeNode(element));
}

/** `Int64`, or `Int64<1, 2>` where those are the only values. */
function int64Node(form: JsonObject): TypeScript.TypeReferenceNode | undefined {
  if (!isInt64Form(form)) return undefined;
  const values = literalsOf(form).map((value) =>
    ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(BigInt(value).toString())),
  );
  return ts.factory.createTypeReferenceNode("Int64", values);
}
