import { pointerTokens } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import type { KeysetStep, LimitParameter, Pagination } from "../resolve/resolved-api.js";
import type { PagingModel } from "./api-model.js";

/** The data with which the runtime goes from page to page; pointers are taken apart here, so that it need not. */
export function pagingModel(pagination: Pagination): PagingModel {
  const items = { items: [...pointerTokens(pagination.items)] };
  const limit = limitRule(pagination.limit);
  switch (pagination.kind) {
    case "offset": {
      const { offset, total } = pagination;
      const sum = total === undefined ? {} : { total: [...pointerTokens(total)] };
      return { kind: "offset", rule: { offset, ...limit, ...items, ...sum } };
    }
    case "link":
      return { kind: "link", rule: items };
    case "keyset": {
      const { order, next } = pagination;
      if (order === undefined) {
        return { kind: "keyset", rule: { ...limit, ...items, next: lastItem(next[0]) } };
      }
      const { name, defaultValue } = order;
      const preset = defaultValue === undefined ? {} : { default: defaultValue };
      const steps = Object.fromEntries(next.map((step) => [step.when ?? "", lastItem(step)]));
      const byOrder = { name, ...preset, next: steps };
      return { kind: "keyset", rule: { ...limit, ...items, order: byOrder } };
    }
  }
}

/** Without any number there is no telling which page is short. */
function limitRule(limit: LimitParameter | undefined): JsonObject {
  if (limit?.defaultValue === undefined && limit?.maximum === undefined) return {};
  const { name, defaultValue, maximum } = limit;
  return {
    limit: {
      name,
      ...(defaultValue === undefined ? {} : { default: defaultValue }),
      ...(maximum === undefined ? {} : { maximum }),
    },
  };
}

function lastItem(step: KeysetStep | undefined): JsonObject {
  const parameters = step?.parameters ?? [];
  return Object.fromEntries(
    parameters.map(({ parameter, pointer }) => [parameter, [...pointerTokens(pointer)]]),
  );
}
