/** What a 64-bit integer of the document is in TypeScript, where it is not a number. */
export type Int64Policy = "string" | "bigint";

/**
 * Where a JSON value has 64-bit integers, in the words of JSON Schema. What it does not mention has none. A function
 * gives a schema that is declared further down, or the same one again.
 */
export type Int64Schema =
  /** Here. */
  | "int64"
  /** Beside `int64` in an `anyOf`: here may be another number, or a string, instead. */
  | "number"
  | "string"
  | Int64Members
  | (() => Int64Schema);

/** Where the members of an object or array have 64-bit integers. */
export interface Int64Members {
  readonly properties?: Readonly<Record<string, Int64Schema>>;
  /** The properties that are not among `properties`. */
  readonly additionalProperties?: Int64Schema;
  readonly prefixItems?: readonly Int64Schema[];
  /** The items after `prefixItems`. */
  readonly items?: Int64Schema;
  /** Alternatives, or parts that hold together; it stands alone. */
  readonly anyOf?: readonly Int64Schema[];
}

/** A place in a JSON value, and what may stand there according to all schemas that describe it. */
export class Int64Place {
  /** The way to the place in the words of the document, such as `[].user.id`: keys of maps are not shown. */
  readonly path: string;
  readonly #alternatives: ReadonlySet<Int64Schema>;
  readonly #schemas: readonly Int64Members[];
  /** The properties, and the positions of items, that a schema mentions by themselves. */
  readonly #mentioned: ReadonlySet<string>;
  /** Places below this one, made when they are needed; that of all that is not mentioned is under `undefined`. */
  readonly #properties = new Map<string | undefined, Int64Place | undefined>();
  readonly #items = new Map<string | undefined, Int64Place | undefined>();

  constructor(schemas: readonly Int64Schema[], path = "") {
    this.path = path;
    this.#alternatives = alternatives(schemas);
    this.#schemas = [...this.#alternatives].flatMap((schema) =>
      typeof schema === "object" ? schema : [],
    );
    this.#mentioned = new Set(
      this.#schemas.flatMap(({ properties = {}, prefixItems = [] }) => [
        ...Object.keys(properties),
        ...Object.keys(prefixItems),
      ]),
    );
  }

  /** Whether an integer, a number of another kind, or a string that is just a string may stand here. */
  allows(type: "int64" | "number" | "string"): boolean {
    return this.#alternatives.has(type);
  }

  /** The place of a property or, in an array, of an item; `undefined` where there are no 64-bit integers. */
  member(key: string, isItem: boolean): Int64Place | undefined {
    const places = isItem ? this.#items : this.#properties;
    const name = this.#mentioned.has(key) ? key : undefined;
    if (!places.has(name)) places.set(name, isItem ? this.#item(name) : this.#property(name));
    return places.get(name);
  }

  #property(name: string | undefined): Int64Place | undefined {
    const schemas = this.#schemas.flatMap(
      ({ properties, additionalProperties }) => own(properties, name) ?? additionalProperties ?? [],
    );
    return this.#below(schemas, name === undefined ? "[key]" : `.${name}`);
  }

  #item(position: string | undefined): Int64Place | undefined {
    const schemas = this.#schemas.flatMap(
      ({ prefixItems, items }) => prefixItems?.[Number(position)] ?? items ?? [],
    );
    return this.#below(schemas, `[${position ?? ""}]`);
  }

  #below(schemas: readonly Int64Schema[], step: string): Int64Place | undefined {
    return schemas.length === 0 ? undefined : new Int64Place(schemas, this.path + step);
  }
}

/** Schemas without references and `anyOf` around them; each once, for they may lead back to themselves. */
function alternatives(schemas: readonly Int64Schema[]): ReadonlySet<Int64Schema> {
  const seen = new Set(schemas);
  // A set goes through what is added on the way, too.
  for (const schema of seen) {
    if (typeof schema === "function") seen.add(schema());
    else if (typeof schema === "object") schema.anyOf?.forEach((one) => seen.add(one));
  }
  return seen;
}

function own(
  properties: Int64Members["properties"],
  name: string | undefined,
): Int64Schema | undefined {
  return name !== undefined && properties !== undefined && Object.hasOwn(properties, name)
    ? properties[name]
    : undefined;
}
