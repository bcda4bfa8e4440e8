import {
  code,
  group,
  HARD_LINE,
  identifier,
  indented,
  joined,
  LINE,
  NOTHING,
  SOFT_LINE,
  stringLiteral,
  type Code,
} from "../code.js";
import { assignment, type Expression } from "./expressions.js";
import { BRACES, bracketed, PARENTHESES } from "./parts.js";
import { annotation, membersBlock, type Member, type Type } from "./types.js";

/* How statements and the members of classes are laid out, as prettier does it. */

/** A statement, and what decides how far it stands from the one before it. */
export interface Statement {
  readonly code: Code;
  readonly kind: "import" | "export" | "alias" | "other";
  readonly hasComment: boolean;
}

/** The statements of a file: imports, exports and aliases without a comment stand close together. */
export function statements(all: readonly Statement[]): Code {
  const parts = all.map((statement, index) => {
    const before = all[index - 1];
    if (before === undefined) return statement.code;
    return code`${isClose(before, statement) ? NOTHING : HARD_LINE}${HARD_LINE}${statement.code}`;
  });
  return code`${joined(parts)}${HARD_LINE}`;
}

function isClose(before: Statement, { kind, hasComment }: Statement): boolean {
  return kind === before.kind && kind !== "other" && !hasComment;
}

/** A declaration that the file exports, behind its comment. */
export function exported(comment: Code, declared: Code, kind: Statement["kind"]): Statement {
  return {
    code: code`${comment}export ${declared}`,
    kind,
    hasComment: comment !== NOTHING,
  };
}

/* ------------------------------------------------------------------------------ modules */

/** A name between the braces of an import or export. */
export interface Specifier {
  readonly name: string;
  readonly isType: boolean;
}

export function importFrom(
  names: readonly Specifier[],
  from: string,
  isTypeOnly: boolean,
): Statement {
  const keyword = isTypeOnly ? code`import type` : code`import`;
  return {
    code: code`${keyword} ${specifiers(names)} from ${stringLiteral(from)};`,
    kind: "import",
    hasComment: false,
  };
}

/** Imports all that a module has, under a name of its own. */
export function importAll(name: string, from: string, isTypeOnly: boolean): Statement {
  const keyword = isTypeOnly ? code`import type` : code`import`;
  return {
    code: code`${keyword} * as ${identifier(name)} from ${stringLiteral(from)};`,
    kind: "import",
    hasComment: false,
  };
}

/** Exports names of another module, or all that it has. */
export function exportFrom(
  names: readonly Specifier[] | undefined,
  from: string,
  isTypeOnly: boolean,
): Statement {
  const keyword = isTypeOnly ? code`export type` : code`export`;
  const what = names === undefined ? code`*` : specifiers(names);
  return {
    code: code`${keyword} ${what} from ${stringLiteral(from)};`,
    kind: "export",
    hasComment: false,
  };
}

/** A single name is never set apart. */
function specifiers(names: readonly Specifier[]): Code {
  const parts = names.map(({ name, isType }) =>
    isType ? code`type ${identifier(name)}` : identifier(name),
  );
  return parts.length === 1
    ? code`{ ${joined(parts)} }`
    : group(bracketed(BRACES, parts, { space: LINE }));
}

/* ------------------------------------------------------------------------- declarations */

export function constant(name: string, type: Type, value: Expression): Code {
  const left = code`${identifier(name)}${annotation(type)}`;
  return group(code`const ${assignment(left, code` =`, value)};`);
}

/** A class; between groups of its members is a blank line. */
export function classBlock(
  name: string,
  base: string | undefined,
  groups: readonly (readonly Code[])[],
): Code {
  const heritage = base === undefined ? NOTHING : code` extends ${identifier(base)}`;
  const members = groups.map((members) => joined(members, HARD_LINE));
  const body = membersBlock(members, code`${HARD_LINE}${HARD_LINE}`);
  return code`class ${identifier(name)}${heritage} ${body}`;
}

export function interfaceBlock(
  name: string,
  bases: readonly string[],
  members: readonly Member[],
): Code {
  const codes = members.map(({ comment, code: content }) => code`${comment}${content};`);
  return code`interface ${heritage(identifier(name), bases)}${membersBlock(codes)}`;
}

/** The name of an interface and what it extends; several of them go onto lines of their own where they do not fit. */
function heritage(name: Code, bases: readonly string[]): Code {
  const list = joined(bases.map(identifier), code`,${LINE}`);
  if (bases.length === 0) return code`${name} `;
  if (bases.length === 1) return code`${name} extends ${list} `;
  const clause = code`${LINE}extends${group(indented(code`${LINE}${list}`))}`;
  return code`${group(code`${name}${indented(clause)}`)} `;
}

/* ------------------------------------------------------------------- members of classes */

/** A field without a value. */
export function field(name: Code, type: Type): Code {
  return code`${name}${annotation(type)};`;
}

export interface Parameter {
  readonly name: string;
  readonly type: Type;
  /** Whether a call may leave it out, and what it is then. */
  readonly optional: "no" | "undefined" | "empty object";
}

/** The name of a method with its parameters, and what it gives. */
export function signature(
  name: Code,
  parameters: readonly Parameter[],
  returns: Type | undefined,
): Code {
  const result = returns === undefined ? NOTHING : annotation(returns);
  return code`${name}${group(code`${parameterList(parameters)}${result}`)}`;
}

function parameterList(parameters: readonly Parameter[]): Code {
  const [first] = parameters;
  const codes = parameters.map(parameterCode);
  const isHugged =
    parameters.length === 1 && first?.type.kind === "object" && first.optional !== "empty object";
  return isHugged ? code`(${joined(codes)})` : bracketed(PARENTHESES, codes, { space: SOFT_LINE });
}

function parameterCode({ name, type, optional }: Parameter): Code {
  const mark = optional === "undefined" ? code`?` : NOTHING;
  const value = optional === "empty object" ? code` = {}` : NOTHING;
  return code`${identifier(name)}${mark}${annotation(type)}${value}`;
}

/** A constructor that takes options and has one statement. */
export function constructorBlock(options: Type, statement: Code): Code {
  const parameter: Parameter = { name: "options", type: options, optional: "empty object" };
  return methodBlock(signature(code`constructor`, [parameter], undefined), statement);
}

/** A method or constructor: its signature and its only statement. */
export function methodBlock(head: Code, statement: Code): Code {
  return code`${head} ${membersBlock([statement])}`;
}
