import { docComment } from "../emit/layout/comments.js";
import type { FileStructure } from "../emit/file.js";
import { importDeclarations } from "../emit/imports.js";
import {
  arrayLiteral,
  callWithMaker,
  objectLiteral,
  pure,
  literal,
  variable,
  type Expression,
} from "../emit/layout/expressions.js";
import { constant, exported, importAll, type Statement } from "../emit/layout/statements.js";
import { indexedType, namedType, qualifiedType, type Type } from "../emit/layout/types.js";
import type { Bridge } from "./bridge.js";
import { validatorsOf, type AnswerTable, type Validator, type Validators } from "./zod-answers.js";
import { checkText, LIBRARY, RUNTIME_CHECKS, type Writing } from "./zod-text.js";

/** What the file calls the types of the client. */
const TYPES = "types";

/** Validators of responses, made with zod. */
export const zodBridge: Bridge = ({ types, runtime }) => [zodFile(runtime, validatorsOf(types))];

function zodFile(runtime: string, { validators, nameOf, tables }: Validators): FileStructure {
  const used = new Set<string>();
  const writing: Writing = { nameOf, use: (name) => used.add(name) };
  const constants = validators.map((validator) => validatorStatement(validator, writing));
  const tablesFrom = `${runtime}/response-tables.js`;
  const checks = `${runtime}/schema-checks.js`;
  const imports = importDeclarations([
    ...(tables.length === 0
      ? []
      : [
          { name: "ResponseTable", from: tablesFrom, isType: true },
          { name: "isZodName", from: `${runtime}/zod-names.js`, isType: false },
        ]),
    { name: "ResponseTables", from: tablesFrom, isType: true },
    ...RUNTIME_CHECKS.filter((name) => used.has(name)).map((name) => ({
      name,
      from: checks,
      isType: false,
    })),
  ]);
  const libraries = [
    ...(validators.length === 0 ? [] : [importAll(LIBRARY, "zod/mini", false)]),
    ...imports,
    ...(validators.some(({ type }) => type !== undefined)
      ? [importAll(TYPES, "./index.js", true)]
      : []),
  ];
  return {
    path: "zod.ts",
    statements: [...libraries, ...constants, ...tables.map(tableStatement), allStatement(tables)],
  };
}

/**
 * A validator is made when it is used for the first time. So they may stand in any order and refer to themselves, a
 * bundler drops those that nobody uses, and starting costs nothing.
 */
function validatorStatement({ name, type, about, check }: Validator, writing: Writing): Statement {
  const output = type === undefined ? [] : [outputType(type)];
  const value = pure(callWithMaker(LIBRARY, "lazy", checkText(check, writing)));
  return exported(
    docComment([about]),
    constant(name, qualifiedType(LIBRARY, "ZodMiniType", output), value),
    "other",
  );
}

function outputType({ name, status }: NonNullable<Validator["type"]>): Type {
  const whole = qualifiedType(TYPES, name);
  return status === undefined ? whole : indexedType(whole, status);
}

/* ------------------------------------------------------------------------------ tables */

function tableStatement({ name, className, operations }: AnswerTable): Statement {
  const entries = operations.map(({ operationId, statuses }): Entry => [
    operationId,
    objectLiteral(statuses.map(({ status, mediaTypes }) => [status, mediaTypesText(mediaTypes)])),
  ]);
  return exported(
    docComment([`The validators of what \`${className}\` is answered with.`]),
    constant(
      name,
      namedType("ResponseTable"),
      objectLiteral([
        ["isName", variable("isZodName")],
        ["operations", objectLiteral(entries)],
      ]),
    ),
    "other",
  );
}

type Entry = readonly [string, Expression];

function mediaTypesText(
  mediaTypes: AnswerTable["operations"][number]["statuses"][number]["mediaTypes"],
): Expression {
  return objectLiteral(
    mediaTypes.map(([mediaType, validator]) => [
      mediaType,
      validator === undefined ? literal(null) : variable(validator),
    ]),
  );
}

function allStatement(tables: readonly AnswerTable[]): Statement {
  return exported(
    docComment(["The validators of all answers: what `driftSentinel` takes."]),
    constant(
      "responseSchemas",
      namedType("ResponseTables"),
      arrayLiteral(tables.map(({ name }) => variable(name))),
    ),
    "other",
  );
}
