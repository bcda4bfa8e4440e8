import type { AnswerModel, ItemModel, OperationModel, PagingModel } from "../model/api-model.js";
import { typeLeaves } from "../model/type-leaves.js";
import type { TypeNode } from "../types/type-node.js";
import { NOTHING } from "./code.js";
import type { Import } from "./imports.js";
import { call, literal, type Expression } from "./layout/expressions.js";
import { genericType, indexedType, namedType, typeArguments, type Type } from "./layout/types.js";
import { typeText } from "./type-text.js";

/** What the runtime has for each kind of paging: a function, the promise that it makes, and their modules. */
const PARTS = {
  offset: { view: "byOffset", from: "offset-pages", promise: "PagedPromise", of: "paged-promise" },
  link: { view: "byLink", from: "link-pages", promise: "LinkPagedPromise", of: "link-pages" },
  keyset: { view: "byKeyset", from: "keyset-pages", promise: "PagedPromise", of: "paged-promise" },
} as const;

/** The promise of a call that is answered with a page. */
export function pagedPromise({ kind }: PagingModel, answer: AnswerModel, item: ItemModel): Type {
  return genericType(PARTS[kind].promise, pagedTypes(answer, item));
}

/** The argument that makes a call paged. Its types follow from those of the method, where that has one answer. */
export function pagingText(
  { kind, rule }: PagingModel,
  answers: readonly AnswerModel[],
): Expression {
  const [paged] = answers.filter(({ item }) => item !== undefined);
  const types =
    answers.length > 1 && paged?.item !== undefined
      ? typeArguments(pagedTypes(paged, paged.item))
      : NOTHING;
  return call(PARTS[kind].view, [literal(rule)], types);
}

/** What paged calls take from the runtime. */
export function pagingImports(
  operations: readonly OperationModel[],
  file: (stem: string) => string,
): readonly Import[] {
  return operations.flatMap(({ call: { paging } }) => {
    if (paging === undefined) return [];
    const { view, from, promise, of } = PARTS[paging.kind];
    return [
      { name: view, from: file(from), isType: false },
      { name: promise, from: file(of), isType: true },
    ];
  });
}

/** The types of items that stand in the signatures of paged methods. */
export function itemTypes(operations: readonly OperationModel[]): readonly TypeNode[] {
  return operations
    .flatMap(({ answers }) => answers)
    .flatMap(({ item }) => (item?.kind === "type" ? typeLeaves(item.type) : []));
}

function pagedTypes({ responsesName }: AnswerModel, item: ItemModel): readonly Type[] {
  return [namedType(responsesName), itemType(responsesName, item)];
}

/** An inline type is told by its place: `GetVideosResponses[200]["data"][number]`. */
function itemType(responsesName: string, item: ItemModel): Type {
  if (item.kind === "type") return typeText(item.type);
  return item.steps.reduce(
    (type, { key, isNullable }) =>
      indexedType(isNullable ? genericType("NonNullable", [type]) : type, key),
    indexedType(namedType(responsesName), item.status),
  );
}
