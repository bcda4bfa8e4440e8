import { compareText } from "../document/json.js";
import { mediaTypeWords } from "../model/type-tools.js";
import type { NamedClass, NamedOperation } from "../names/named-api.js";
import { pascalCase } from "../names/words.js";
import type { MediaType, Response } from "../resolve/resolved-api.js";
import { findFamilies } from "../types/families.js";
import type { Scope } from "../types/scope.js";
import type { TypeTable } from "../types/types.js";
import { ANYTHING, partsOf, partsOfSame, type Check } from "./zod-check.js";
import { checkOf, namedCheck } from "./zod-schema.js";

/** A validator: a constant of the file. */
export interface Validator {
  readonly name: string;
  /** The type of what it lets through; `undefined` where no one type is that. */
  readonly type: ValidatedType | undefined;
  /** What its comment says. */
  readonly about: string;
  readonly check: Check;
}

/** A type of the client, or the member of one for a status. */
export interface ValidatedType {
  readonly name: string;
  readonly status: number | string | undefined;
}

/** What the operations of a class are answered with. */
export interface AnswerTable {
  readonly name: string;
  readonly className: string;
  readonly operations: readonly OperationAnswers[];
}

interface OperationAnswers {
  readonly operationId: string;
  readonly statuses: readonly {
    readonly status: string;
    /** Media types or ranges, and the validator of each that is JSON and says what. */
    readonly mediaTypes: readonly (readonly [mediaType: string, validator: string | undefined])[];
  }[];
}

/** All that the file of a client has. */
export interface Validators {
  /** Those of named schemas, by name, then those of operations. */
  readonly validators: readonly Validator[];
  /** The constant of a named schema, by its key. */
  readonly nameOf: (key: string) => string;
  readonly tables: readonly AnswerTable[];
}

/** Finds what the answers of a client have to be. */
export function validatorsOf(types: TypeTable): Validators {
  const scope = scopeOf(types);
  const nameOf = (key: string): string => types.named.schemas.get(key)?.name ?? "";
  const bodies = types.named.classes
    .flatMap(operationsOf)
    .flatMap((operation) => bodiesOf(operation, scope));
  const inline = inlineValidators(bodies, new Set([...types.named.schemas.keys()].map(nameOf)));
  return {
    validators: [
      ...namedValidators(
        bodies.map(({ check }) => check),
        scope,
        nameOf,
      ),
      ...inline.values(),
    ],
    nameOf,
    tables: types.named.classes.flatMap((found) => tableOf(found, scope, nameOf, inline)),
  };
}

/** An answer is received, and files in it are texts. */
function scopeOf({ named: { api }, int64 }: TypeTable): Scope {
  return {
    api,
    families: findFamilies(api),
    input: false,
    files: false,
    int64: int64 !== "number",
    bases: new Set(),
    outer: new Map(),
  };
}

/** Those that are sent, also under the names that they had before. */
function operationsOf({ operations, earlier }: NamedClass): readonly NamedOperation[] {
  return [...operations, ...earlier].filter(({ operation }) => operation.kind === "request");
}

/* ----------------------------------------------------------------------------- bodies */

/** A body that is JSON of which the document says something. */
interface Body {
  readonly named: NamedOperation;
  readonly response: Response;
  readonly mediaType: MediaType;
  readonly pointer: string;
  readonly check: Check;
}

function bodiesOf(named: NamedOperation, scope: Scope): readonly Body[] {
  return named.operation.responses.flatMap((response) =>
    response.mediaTypes.flatMap((mediaType) => {
      const check = bodyCheck(mediaType, scope);
      const pointer = mediaType.schema?.pointer ?? "";
      return check.kind === "anything" ? [] : [{ named, response, mediaType, pointer, check }];
    }),
  );
}

function bodyCheck({ kind, schema }: MediaType, scope: Scope): Check {
  return kind === "json" && schema !== undefined ? checkOf(schema, scope) : ANYTHING;
}

/** The validators of bodies without a name of their own, by the place of their schemas: several may share one. */
function inlineValidators(
  bodies: readonly Body[],
  schemaNames: ReadonlySet<string>,
): ReadonlyMap<string, Validator> {
  const taken = new Set(schemaNames);
  const found = new Map<string, Validator>();
  for (const body of bodies) {
    if (body.check.kind === "named" || found.has(body.pointer)) continue;
    const name = freeName(body, taken);
    taken.add(name);
    found.set(body.pointer, inlineValidator(body, name));
  }
  return found;
}

/** The name of the type, where the body has one; with the media type where there are several. */
function freeName({ named, response, mediaType }: Body, taken: ReadonlySet<string>): string {
  const status = response.status === "default" ? "Default" : String(response.status);
  const name = `${named.typeStem}${status}Response`;
  const candidates = [name, `${name}${pascalCase(mediaTypeWords(mediaType.name))}`];
  for (let count = 2; ; count += 1) {
    const free = candidates.find((candidate) => !taken.has(candidate));
    if (free !== undefined) return free;
    candidates.push(`${name}${count}`);
  }
}

function inlineValidator({ named, response, check }: Body, name: string): Validator {
  const { methodName, typeStem } = named;
  const isOnly = response.mediaTypes.length === 1;
  return {
    name,
    type: isOnly ? { name: `${typeStem}Responses`, status: response.status } : undefined,
    about: `What \`${methodName}\` is answered with: ${response.status}.`,
    check,
  };
}

/* ---------------------------------------------------------------------- named schemas */

/** The validators of all named schemas that checks lead to. */
function namedValidators(
  checks: readonly Check[],
  scope: Scope,
  nameOf: (key: string) => string,
): readonly Validator[] {
  const found = new Map<string, Check>();
  const waiting = [...checks];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind !== "named") waiting.push(...partsOf(next));
    else if (!found.has(next.key)) {
      const placed = scope.api.schemas.get(next.key);
      const check = placed === undefined ? ANYTHING : namedCheck(next.key, placed, scope);
      found.set(next.key, check);
      waiting.push(check);
    }
  }
  return [...found]
    .map(([key, check]): Validator => ({
      name: nameOf(key),
      type: { name: nameOf(key), status: undefined },
      about: `Validates {@link types.${nameOf(key)}}.`,
      check: isCircular(key, found) ? ANYTHING : check,
    }))
    .sort((left, right) => compareText(left.name, right.name));
}

/** Whether a schema leads back to itself without a step into the value: nothing can be said of that. */
function isCircular(key: string, checks: ReadonlyMap<string, Check>): boolean {
  const seen = new Set<string>();
  const waiting: (Check | undefined)[] = [checks.get(key)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind !== "named") waiting.push(...partsOfSame(next));
    else if (next.key === key) return true;
    else if (!seen.has(next.key)) {
      seen.add(next.key);
      waiting.push(checks.get(next.key));
    }
  }
  return false;
}

/* ----------------------------------------------------------------------------- tables */

function tableOf(
  found: NamedClass,
  scope: Scope,
  nameOf: (key: string) => string,
  inline: ReadonlyMap<string, Validator>,
): readonly AnswerTable[] {
  const operations = operationsOf(found);
  if (operations.length === 0) return [];
  const validatorName = (mediaType: MediaType): string | undefined => {
    const check = bodyCheck(mediaType, scope);
    if (check.kind === "named") return nameOf(check.key);
    return inline.get(mediaType.schema?.pointer ?? "")?.name;
  };
  return [
    {
      name: `${found.propertyName}Responses`,
      className: found.className,
      operations: operations.map(({ methodName, operation }) => ({
        operationId: methodName,
        statuses: operation.responses.map(({ status, mediaTypes }) => ({
          status: String(status),
          mediaTypes: mediaTypes.map((type) => [type.name, validatorName(type)] as const),
        })),
      })),
    },
  ];
}
