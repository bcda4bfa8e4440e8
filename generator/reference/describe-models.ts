import { late } from "../examples/late.js";
import { modelExample, modelExampleMadeOf } from "../examples/model-example.js";
import type { Declaration } from "../model/api-model.js";
import type { NamedApi, SchemaNames } from "../names/named-api.js";
import { externalDocsOf } from "./about.js";
import type { Describing } from "./describing.js";
import type { ClassReference, ModelReference, ModelVariant } from "./reference.js";
import { usageOf } from "./usage.js";

/** The types of `models.ts`, each with where it is used and what else its schema is. */
export function describeModels(
  describing: Describing,
  classes: readonly ClassReference[],
): readonly ModelReference[] {
  const { schemas } = describing.model;
  const origins = originsOf(describing.table.named);
  const earlier = new Map(
    describing.table.named.earlierTypes.map(({ name, now }) => [name, now] as const),
  );
  // Under an earlier name a type is an alias, which is no use of the type.
  const usage = usageOf(
    schemas.filter(({ name }) => !earlier.has(name)),
    classes,
  );
  const byName = new Map(schemas.map((declaration) => [declaration.name, declaration]));
  return schemas.map((declaration) => {
    const { name } = declaration;
    const { schema, variants, externalDocs } = origins.get(name) ?? NO_ORIGIN;
    return {
      declaration,
      now: earlier.get(name),
      schema,
      externalDocs,
      variants,
      onlyHere: onlyHere(declaration, variants, byName),
      direction: usage.directionOf(name),
      operations: usage.operations.get(name) ?? [],
      models: usage.models.get(name) ?? [],
      example: late(
        () => modelExample(declaration, describing),
        () => modelExampleMadeOf(declaration, describing, describing.madeOf),
      ),
    };
  });
}

/** What a type was made of. */
type Origin = Pick<ModelReference, "schema" | "variants" | "externalDocs">;

const NO_ORIGIN: Origin = { schema: undefined, variants: [], externalDocs: undefined };

/** By the name of the type. */
function originsOf({ api, schemas }: NamedApi): ReadonlyMap<string, Origin> {
  return new Map(
    [...schemas].flatMap(([key, names]) => {
      const all = variantsOf(names);
      const written = api.schemas.get(key);
      const origin = {
        schema: written?.isComponent === true ? key : undefined,
        externalDocs: externalDocsOf(written?.schema),
        variants: all.length > 1 ? all : [],
      };
      return all.map(({ name }) => [name, origin] as const);
    }),
  );
}

function variantsOf({ name, inputName, formName }: SchemaNames): readonly ModelVariant[] {
  return [
    { name, role: "output" },
    ...(inputName === undefined ? [] : [{ name: inputName, role: "input" } as const]),
    ...(formName === undefined ? [] : [{ name: formName, role: "form" } as const]),
  ];
}

/** The members that a type has in one direction only: those that are readOnly or writeOnly. */
function onlyHere(
  declaration: Declaration,
  variants: readonly ModelVariant[],
  declarations: ReadonlyMap<string, Declaration>,
): readonly string[] {
  const own = variants.find(({ name }) => name === declaration.name);
  const others = variants.filter(({ role }) => (role === "output") !== (own?.role === "output"));
  if (others.length === 0) return [];
  const elsewhere = new Set(others.flatMap(({ name }) => memberNames(declarations.get(name))));
  return memberNames(declaration).filter((name) => !elsewhere.has(name));
}

function memberNames(declaration: Declaration | undefined): readonly string[] {
  return declaration?.shape.kind === "interface"
    ? declaration.shape.object.members.map(({ name }) => name)
    : [];
}
