/*
 * Documents of any size that are alike but for it: a document of twice the size has twice the operations and schemas,
 * which are as large, have as many references and as long texts, and as many share a tag. Nothing is random.
 */

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** Of how many groups one unit of size consists; a group is a tag with its schemas, and has about 35 kB. */
const GROUPS = 30;
/** How many schemas a group has; an operation reads, lists, makes, changes and deletes each of the first ones. */
const SCHEMAS = 8;
const RESOURCES = 3;

const SENTENCES = [
  "Tells where it comes from, and what callers should know of it before they use it.",
  "Is left out where the caller may not see it; administrators always get it.",
  "Changes take effect at once, and are told to all that have subscribed to it.",
  "See the [handbook](https://example.org/handbook) for `limits` and for what costs extra.",
];

/**
 * Makes a document.
 *
 * @param scale its size: 1 is about a megabyte
 * @returns JSON with line breaks
 */
export function growingDocument(scale: number): string {
  const groups = numbers(GROUPS * scale);
  const count = groups.length * SCHEMAS;
  const schemas = numbers(count).map((index): [string, Json] => [
    nameOf(index),
    schemaOf(index, count),
  ]);
  const paths = groups.flatMap((group) =>
    numbers(RESOURCES).flatMap((resource) => pathsOf(group, resource)),
  );
  const document: Json = {
    openapi: "3.0.3",
    info: { title: "Growing", version: "1" },
    servers: [{ url: "https://growing.example" }],
    security: [{ token: [] }],
    tags: groups.map((group) => ({ name: tagOf(group), description: textOf(group) })),
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      schemas: { Problem: PROBLEM, ...Object.fromEntries(schemas) },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const PROBLEM: Json = {
  type: "object",
  description: "What went wrong.",
  required: ["code", "message"],
  properties: { code: { type: "integer" }, message: { type: "string" } },
};

/** Every fourth schema is a choice between others, and every fourth an enumeration; the rest are objects. */
function schemaOf(index: number, count: number): Json {
  const description = textOf(index);
  if (index % 4 === 3) {
    const variants = [1, 2].map((step) => refTo((index + count - step) % count));
    return { description, oneOf: [...variants, { type: "string", description: "Its id." }] };
  }
  if (index % 4 === 2) {
    const values = numbers(6).map((value) => `${WORDS[(index + value) % WORDS.length]}_${value}`);
    return { type: "string", description, enum: values };
  }
  const fields = numbers(8).map((field): [string, Json] => [
    `${WORDS[(index + field) % WORDS.length]}_${field}`,
    fieldOf(index, field),
  ]);
  // One within the group, and one far away, so that most of the schemas lead to each other.
  const near = refTo(index - (index % SCHEMAS) + ((index + 1) % SCHEMAS));
  const far = refTo((index * 7 + 3) % count);
  const properties = { ...Object.fromEntries(fields), near, far: { type: "array", items: far } };
  return {
    type: "object",
    description,
    required: fields.slice(0, 3).map(([key]) => key),
    properties,
  };
}

function fieldOf(index: number, field: number): Json {
  const description = textOf(index + field);
  switch (field % 4) {
    case 0:
      return { type: "string", description, maxLength: 50 + field };
    case 1:
      return { type: "integer", description, minimum: 0, default: index % 10 };
    case 2:
      return { type: "string", format: "date-time", description, nullable: true };
    default:
      return { type: "array", description, items: { type: "string", enum: ["on", "off"] } };
  }
}

function pathsOf(group: number, resource: number): readonly (readonly [string, Json])[] {
  const index = group * SCHEMAS + resource;
  const schema = refTo(index);
  const common = { tags: [tagOf(group)], description: `${textOf(index)} ${textOf(index + 1)}` };
  const operation = (
    verb: string,
    responses: Json,
    more: Readonly<Record<string, Json>>,
  ): Json => ({
    ...common,
    summary: `${verb} a ${nameOf(index)}`,
    operationId: `${verb.toLowerCase()}${nameOf(index)}`,
    ...more,
    responses,
  });
  const id = { name: "id", in: "path", required: true, description: "Its id.", schema: STRING };
  const query = ["offset", "limit", "sort"].map((key) => ({
    ...{ name: key, in: "query", description: textOf(index + key.length) },
    schema: { type: key === "sort" ? "string" : "integer" },
  }));
  const body = { requestBody: { required: true, content: json(schema) } };
  const all = `/${tagOf(group).toLowerCase()}/${nameOf(index).toLowerCase()}`;
  return [
    [
      all,
      {
        get: operation("List", answers(200, { type: "array", items: schema }), {
          parameters: query,
        }),
        post: operation("Make", answers(201, schema), body),
      },
    ],
    [
      `${all}/{id}`,
      {
        get: operation("Read", answers(200, schema), { parameters: [id] }),
        put: operation("Change", answers(200, schema), { parameters: [id], ...body }),
        delete: operation("Delete", answers(204, undefined), { parameters: [id] }),
      },
    ],
  ];
}

const STRING: Json = { type: "string" };

const PROBLEM_REF: Json = { $ref: "#/components/schemas/Problem" };

function answers(status: number, schema: Json | undefined): Json {
  const done = schema === undefined ? {} : { content: json(schema) };
  const problem = { description: "It did not work.", content: json(PROBLEM_REF) };
  return { [status]: { description: "Done.", ...done }, "404": problem, "422": problem };
}

function json(schema: Json): Json {
  return { "application/json": { schema } };
}

function refTo(index: number): Json {
  return { $ref: `#/components/schemas/${nameOf(index)}` };
}

const WORDS = [
  ...["account", "budget", "channel", "delivery", "event", "folder", "group", "header"],
  ...["invoice", "job", "key", "label", "member", "note", "order"],
];

function nameOf(index: number): string {
  const word = WORDS[index % WORDS.length] ?? "";
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}${index}`;
}

function tagOf(group: number): string {
  return `Group${group}`;
}

function textOf(index: number): string {
  return SENTENCES[index % SENTENCES.length] ?? "";
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: Math.round(count) }, (_, index) => index);
}
