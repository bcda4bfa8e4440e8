import schema from "../../generator/config/schema.json" with { type: "json" };
import type { ConfigurationSchema } from "../../generator/config/validate.js";

/** A key of the configuration with the part of the schema that is about it. */
export interface SchemaKey {
  /** As in `services.*.upstream.url`, in which `*` is a name that the user chooses. */
  readonly key: string;
  readonly schema: ConfigurationSchema;
}

/** Every key of `schema.json` that has a value of its own, and no further keys; headers count as one. */
export function keysOfSchema(): readonly string[] {
  return schemaKeys()
    .filter(({ schema: part }) => part.properties === undefined || isList(part))
    .filter(({ schema: part }) => part.additionalProperties === undefined || isList(part))
    .concat(schemaKeys().filter(({ key }) => key.endsWith(".headers")))
    .map(({ key }) => key);
}

/** Every key of `schema.json`, those with further keys below them included. */
export function schemaKeys(): readonly SchemaKey[] {
  return below(schema, "");
}

function below(part: ConfigurationSchema, prefix: string): readonly SchemaKey[] {
  const own = Object.entries(part.properties ?? {}).flatMap(([name, reference]) => {
    const found = referred(reference);
    const key = `${prefix}${name}`;
    return [{ key, schema: found }, ...deeper(found, key)];
  });
  return own;
}

function deeper(part: ConfigurationSchema, key: string): readonly SchemaKey[] {
  if (key.endsWith("headers")) return [];
  const named = part.additionalProperties;
  return [
    ...below(part, `${key}.`),
    ...(part.items === undefined ? [] : below(referred(part.items), `${key}.`)),
    ...(typeof named === "object" ? below(named, `${key}.*.`) : []),
  ];
}

function referred(part: ConfigurationSchema): ConfigurationSchema {
  const name = part.$ref?.replace("#/$defs/", "");
  const definitions: Readonly<Record<string, ConfigurationSchema>> = schema.$defs;
  return (name === undefined ? undefined : definitions[name]) ?? part;
}

function isList({ type }: ConfigurationSchema): boolean {
  return [type].flat().includes("array");
}
