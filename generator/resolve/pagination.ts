import { isObject, member, sortedEntries, stringMember } from "../document/json.js";
import { pointerTokens } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { suggestion } from "../diagnostics/suggest.js";
import { isSchema } from "./media-types.js";
import { propertiesOf, statedNumber } from "./properties.js";
import { follow, type Placed } from "./references.js";
import type {
  KeysetStep,
  LimitParameter,
  OrderParameter,
  Pagination,
  Parameter,
  PlacedSchema,
  Response,
} from "./resolved-api.js";

/** What belongs to an operation already when its paging is looked at. */
interface Paged {
  readonly document: JsonObject;
  readonly parameters: readonly Parameter[];
  readonly responses: readonly Response[];
}

/** The members of the extension for each kind: those that it has to have, and those that it may have. */
const MEMBERS = {
  offset: { required: ["offset", "items"], optional: ["limit", "total"] },
  link: { required: ["items"], optional: ["limit"] },
  keyset: { required: ["items", "next"], optional: ["limit", "order"] },
} as const;

type Kind = keyof typeof MEMBERS;

/** What each member names, for hints. */
const MEANING: Readonly<Record<string, string>> = {
  items: 'the JSON pointer of the array in the body, "" for the body itself',
  offset: "the query parameter that says how many items to skip",
  limit: "the query parameter that says how many items a page has",
  total: "the JSON pointer of the number of all items in the body",
  order: "the query parameter whose value decides which entry of next counts",
  next: "query parameters of the next page, each with its JSON pointer into the last item",
};

/**
 * How the pages of a list are asked for, as the extension of that name says: by the number of items to skip
 * (`offset`), by the `Link` header of the answer (`link`, RFC 8288), or by values of the last item (`keyset`).
 * Query parameters are named as on the wire; members of the answer are named by JSON pointers (RFC 6901).
 *
 * @param extension `undefined` where the configuration names none
 */
export function* resolvePagination(
  operation: Placed<JsonObject>,
  extension: string | undefined,
  paged: Paged,
): Findings<Pagination | undefined> {
  const stated = extension === undefined ? undefined : member(operation.value, extension);
  if (extension === undefined || stated === undefined) return undefined;
  const pointer = `${operation.pointer}/${extension}`;
  const kind = stringMember(stated, "kind");
  if (!isObject(stated) || kind === undefined || !Object.hasOwn(MEMBERS, kind)) {
    yield invalid(pointer, `${quoted(extension)} has no kind that is known.`, KINDS);
    return undefined;
  }
  const inForm = memberProblems(stated, kind as Kind, pointer);
  const problems =
    inForm.length > 0
      ? inForm
      : [
          ...parameterProblems(stated, pointer, paged.parameters),
          ...answerProblems(stated, pointer, paged),
        ];
  yield* problems;
  return problems.length > 0 ? undefined : paginationOf(stated, kind as Kind, paged);
}

const KINDS = "Write kind: offset, kind: link or kind: keyset.";

function paginationOf(stated: JsonObject, kind: Kind, paged: Paged): Pagination {
  const text = (key: string): string => stringMember(stated, key) ?? "";
  const common = { items: text("items"), limit: limitOf(stated, paged) };
  switch (kind) {
    case "offset":
      return { kind, ...common, offset: text("offset"), total: stringMember(stated, "total") };
    case "link":
      return { kind, ...common };
    case "keyset":
      return { kind, ...common, order: orderOf(stated, paged), next: stepsOf(stated) };
  }
}

function limitOf(stated: JsonObject, paged: Paged): LimitParameter | undefined {
  const parameter = parameterOf(stated, "limit", paged);
  if (parameter === undefined) return undefined;
  const { name, defaultValue, schema } = parameter;
  return {
    name,
    defaultValue: typeof defaultValue === "number" ? defaultValue : undefined,
    maximum: statedNumber(paged.document, schema, "maximum"),
  };
}

function orderOf(stated: JsonObject, paged: Paged): OrderParameter | undefined {
  const parameter = parameterOf(stated, "order", paged);
  if (parameter === undefined) return undefined;
  const { name, defaultValue } = parameter;
  return { name, defaultValue: typeof defaultValue === "string" ? defaultValue : undefined };
}

/** The query parameter that a member of the extension names. */
function parameterOf(
  stated: JsonObject,
  key: string,
  { parameters }: Paged,
): Parameter | undefined {
  const wanted = stringMember(stated, key);
  return parameters.find(({ location, name }) => location === "query" && name === wanted);
}

function stepsOf(stated: JsonObject): readonly KeysetStep[] {
  return writtenSteps(stated).map(([when, step]) => ({
    when,
    parameters: sortedEntries(isObject(step) ? step : undefined).flatMap(([parameter, pointer]) =>
      typeof pointer === "string" ? [{ parameter, pointer }] : [],
    ),
  }));
}

/** With `order`, `next` has a step for each value of that parameter; otherwise it is the one step there is. */
function writtenSteps(
  stated: JsonObject,
): readonly (readonly [string | undefined, JsonValue | undefined])[] {
  const next = member(stated, "next");
  if (next === undefined) return [];
  if (member(stated, "order") === undefined) return [[undefined, next]];
  return sortedEntries(isObject(next) ? next : undefined);
}

/* ---------------------------------------------------------------------- what can be wrong */

function memberProblems(stated: JsonObject, kind: Kind, pointer: string): readonly Diagnostic[] {
  const { required, optional } = MEMBERS[kind];
  const known: readonly string[] = ["kind", ...required, ...optional];
  const missing = required.filter((key) => member(stated, key) === undefined);
  const unknown = Object.keys(stated).filter((key) => !known.includes(key));
  const wrong = known.filter((key) => {
    const value = member(stated, key);
    if (value === undefined) return false;
    return key === "next" ? !hasSteps(stated) : typeof value !== "string";
  });
  return [
    ...missing.map((key) =>
      invalid(
        pointer,
        `Paging of the kind ${kind} needs the member ${key}.`,
        `Write ${key}: ${MEANING[key]}.`,
      ),
    ),
    ...unknown.map((key) =>
      invalid(
        `${pointer}/${key}`,
        `Paging of the kind ${kind} has no member ${quoted(key)}.`,
        suggestion(key, known),
      ),
    ),
    ...wrong.map((key) =>
      invalid(
        `${pointer}/${key}`,
        `The member ${key} has to be ${key === "next" ? "an object of JSON pointers" : "text"}.`,
        `Write ${key}: ${MEANING[key]}.`,
      ),
    ),
  ];
}

function hasSteps(stated: JsonObject): boolean {
  const steps = writtenSteps(stated);
  return (
    steps.length > 0 &&
    steps.every(
      ([, step]) =>
        isObject(step) && Object.values(step).every((pointer) => typeof pointer === "string"),
    )
  );
}

function parameterProblems(
  stated: JsonObject,
  pointer: string,
  parameters: readonly Parameter[],
): readonly Diagnostic[] {
  const known = parameters.filter(({ location }) => location === "query").map(({ name }) => name);
  const named = [
    ...["offset", "limit", "order"].map((key) => [key, stringMember(stated, key)] as const),
    ...stepsOf(stated).flatMap((step) =>
      step.parameters.map(({ parameter }) => ["next", parameter] as const),
    ),
  ];
  return named.flatMap(([key, name]) =>
    name === undefined || known.includes(name)
      ? []
      : [
          invalid(
            `${pointer}/${key}`,
            `There is no query parameter ${quoted(name)}.`,
            suggestion(name, known),
          ),
        ],
  );
}

function answerProblems(
  stated: JsonObject,
  pointer: string,
  { document, responses }: Paged,
): readonly Diagnostic[] {
  const body = responses
    .filter(({ success }) => success)
    .flatMap(({ mediaTypes }) => mediaTypes)
    .find(({ kind }) => kind === "json")?.schema;
  const items = schemaAt(document, body, stringMember(stated, "items") ?? "");
  const item = items && itemsOf(document, items);
  if (item === undefined) {
    return [
      invalid(
        `${pointer}/items`,
        "The answer of success has no array there.",
        'Write the JSON pointer of the array in the body; "" is the body itself.',
      ),
    ];
  }
  const total = stringMember(stated, "total");
  const lost = stepsOf(stated)
    .flatMap((step) => step.parameters)
    .filter((step) => schemaAt(document, item, step.pointer) === undefined);
  return [
    ...(total !== undefined && schemaAt(document, body, total) === undefined
      ? [invalid(`${pointer}/total`, "The answer of success has nothing there.", POINTER)]
      : []),
    ...lost.map((step) =>
      invalid(
        `${pointer}/next`,
        `The items have nothing at ${quoted(step.pointer)}, which ${quoted(step.parameter)} is to be taken from.`,
        POINTER,
      ),
    ),
  ];
}

const POINTER = "Write a JSON pointer, such as /total.";

function schemaAt(
  document: JsonObject,
  start: PlacedSchema | undefined,
  pointer: string,
): PlacedSchema | undefined {
  return pointerTokens(pointer).reduce<PlacedSchema | undefined>(
    (schema, token) => schema && propertiesOf(document, schema).get(token),
    start,
  );
}

/** The schema of the items of an array, through references. */
function itemsOf(
  document: JsonObject,
  { schema, pointer }: PlacedSchema,
): PlacedSchema | undefined {
  const target = typeof schema === "boolean" ? undefined : follow(document, schema, pointer);
  const items = member(target?.value, "items");
  return target !== undefined && isSchema(items)
    ? { schema: items, pointer: `${target.pointer}/items` }
    : undefined;
}

function invalid(pointer: string, message: string, hint: string): Diagnostic {
  return diagnostic("invalid-extension", {
    message,
    hint,
    place: { pointer },
  });
}
