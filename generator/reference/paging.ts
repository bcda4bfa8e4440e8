import type { OperationModel } from "../model/api-model.js";
import type { NamedOperation } from "../names/named-api.js";
import type { Pagination } from "../resolve/resolved-api.js";
import type { PageLimit, PagingReference } from "./reference.js";

/** How the pages of a list follow one another; `undefined` where the answer is no page. */
export function describePaging(
  named: NamedOperation,
  { answers, call }: OperationModel,
): PagingReference | undefined {
  const { pagination } = named.operation;
  if (call.paging === undefined || pagination === undefined) return undefined;
  const keys = queryKeys(named);
  return {
    kind: pagination.kind,
    pagination,
    startKeys: startParameters(pagination).map((name) => keys.get(name) ?? name),
    limit: limitOf(pagination, keys),
    item: answers.find(({ item }) => item !== undefined)?.item,
  };
}

function queryKeys({ operation, parameterKeys }: NamedOperation): ReadonlyMap<string, string> {
  return new Map(
    operation.parameters.flatMap(({ location, name }, index) =>
      location === "query" ? [[name, parameterKeys[index] ?? name] as const] : [],
    ),
  );
}

function startParameters(pagination: Pagination): readonly string[] {
  switch (pagination.kind) {
    case "offset":
      return [pagination.offset];
    case "link":
      return [];
    case "keyset":
      return [
        ...new Set(
          pagination.next.flatMap(({ parameters }) => parameters.map(({ parameter }) => parameter)),
        ),
      ];
  }
}

function limitOf({ limit }: Pagination, keys: ReadonlyMap<string, string>): PageLimit | undefined {
  if (limit === undefined) return undefined;
  const { name, defaultValue, maximum } = limit;
  return { key: keys.get(name) ?? name, defaultValue, maximum };
}
