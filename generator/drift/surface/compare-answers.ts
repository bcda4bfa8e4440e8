import { quoted } from "../../diagnostics/quoted.js";
import { responseType } from "../../model/answers.js";
import type { AnswerModel } from "../../model/api-model.js";
import type { TypesByName } from "../../model/declarations.js";
import type { Response, ResponseStatus } from "../../resolve/resolved-api.js";
import type { Position } from "../position.js";
import { assigns, exists, inquiry, key, type Inquiry } from "./inquiry.js";
import { suspect, type MethodPair } from "./method-pair.js";
import type { MethodSurface } from "./method-surface.js";
import { coveringStatus } from "./covering-status.js";
import { mediaTypePairs, typeInquiries, type TypedMedia } from "./type-inquiries.js";
import { typePrint } from "./type-scope.js";

/** Whether code that reads the answers still compiles: each status, the choices between them, and lists. */
export function compareAnswers(method: MethodPair): readonly Inquiry[] {
  const { old, new: changed } = method;
  if (old.model.call.kind !== changed.model.call.kind) return [kindInquiry(method)];
  if (old.model.call.kind === "url") return [];
  const [before, after] = [old, changed].map(
    ({ named }) =>
      new Map(named.operation.responses.map((response) => [response.status, response])),
  );
  const statuses = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
  return [
    ...statuses.flatMap((status) =>
      statusInquiries(method, status, before?.get(status), after?.get(status)),
    ),
    ...acceptInquiries(method),
    ...pagingInquiries(method),
  ];
}

/** A method that built a URL and now sends a request, or the other way round. */
function kindInquiry(method: MethodPair): Inquiry {
  const changed = suspect(
    method,
    "response",
    { kind: "operation" },
    {
      rule: "type-incompatible",
      message:
        method.new.model.call.kind === "url"
          ? "The method now gives a URL and sends nothing."
          : "The method now sends a request; it gave a URL.",
      old: { pointer: method.old.named.operation.pointer },
      new: { pointer: method.new.named.operation.pointer },
    },
  );
  return inquiry(undefined, [changed]);
}

/* ---------------------------------------------------------------------- statuses */

/** The interfaces of bodies by status, of the answer that is given where nothing is chosen. */
function responsesTypes({ old, new: changed }: MethodPair): {
  readonly old: string;
  readonly new: string;
} {
  return {
    old: `Old.${old.model.answers[0]?.responsesName ?? "never"}`,
    new: `New.${changed.model.answers[0]?.responsesName ?? "never"}`,
  };
}

function statusInquiries(
  method: MethodPair,
  status: ResponseStatus,
  before: Response | undefined,
  after: Response | undefined,
): readonly Inquiry[] {
  if (before !== undefined && after !== undefined) return bodyInquiries(method, before, after);
  const isNewError = before === undefined && after?.success === false;
  if (!isNewError && hasNothingToRead(method, before)) return [];
  const position: Position = { kind: "response", status, mediaType: undefined };
  const spots = {
    old: before && { pointer: before.pointer },
    new: after && { pointer: after.pointer },
  };
  const types = responsesTypes(method);
  const otherwise = suspect(method, "response", position, {
    rule: "type-incompatible",
    message: `The body of ${String(status)} no longer fits.`,
    ...spots,
  });
  if (after === undefined) {
    const gone = suspect(method, "response", position, {
      rule: "answer-removed",
      message: `\`.result()\` and \`isApiError\` no longer know the body of ${String(status)}.`,
      ...spots,
    });
    const covering = coveringStatus(method.new, status);
    const error = covering === undefined ? "unknown" : `${types.new}[${key(covering)}]`;
    const from = before?.success === true ? `Data<${types.new}>` : error;
    return [inquiry(assigns(from, `${types.old}[${key(status)}]`), [gone])];
  }
  if (!after.success) {
    // What nothing described was `unknown`, which takes everything.
    const covering = coveringStatus(method.old, status);
    if (covering === undefined) return [];
    const [from, to] = [`${types.new}[${key(status)}]`, `${types.old}[${key(covering)}]`];
    return [inquiry(assigns(from, to), [], otherwise)];
  }
  const more = suspect(method, "response", position, {
    rule: "value-unforeseen",
    message: `The answer may now be the body of ${String(status)}.`,
    ...spots,
  });
  return [inquiry(assigns(`Data<${types.new}>`, `Data<${types.old}>`), [more])];
}

/** Whether code had no body that it could read: of the status, or where that is new, of any success. */
function hasNothingToRead({ old }: MethodPair, before: Response | undefined): boolean {
  const responses = old.named.operation.responses.filter(({ success }) => success);
  if (before !== undefined) return before.success && before.mediaTypes.length === 0;
  return responses.length > 0 && responses.every(({ mediaTypes }) => mediaTypes.length === 0);
}

function bodyInquiries(method: MethodPair, before: Response, after: Response): readonly Inquiry[] {
  if (hasNothingToRead(method, before)) return [];
  const status = key(before.status);
  const { from, to } = bodyTypes(method, status);
  const [old, changed] = [mediaOf(method, "old", before), mediaOf(method, "new", after)];
  const compared = mediaTypePairs(old, changed)
    .map(([one, other]) => ({
      at: {
        position: { kind: "response", status: before.status, mediaType: one.mediaType.name },
        direction: "response",
        oldPointer: one.mediaType.schema?.pointer,
        newPointer: other.mediaType.schema?.pointer,
      } as const,
      comparison: method.compareTypes(one.type, other.type, "response"),
    }))
    .filter(({ comparison }) => comparison.differs);
  const inquiries = compared.flatMap(({ at, comparison }) =>
    typeInquiries(method, comparison, at, { from, to, target: from, required: [] }),
  );
  const isSame =
    JSON.stringify(old.map(printOf)) === JSON.stringify(changed.map(printOf)) ||
    inquiries.length > 0;
  if (isSame) return inquiries;
  return [...inquiries, contentInquiry(method, before, after, { from, to })];
}

function printOf({ mediaType, type }: TypedMedia): readonly string[] {
  return [mediaType.name, typePrint(type)];
}

/** Other media types than before, or content where there was none. */
function contentInquiry(
  method: MethodPair,
  before: Response,
  after: Response,
  { from, to }: { readonly from: string; readonly to: string },
): Inquiry {
  const position: Position = { kind: "response", status: before.status, mediaType: undefined };
  const changed = suspect(method, "response", position, {
    rule: "type-incompatible",
    message: `The body of ${String(before.status)} has another type now.`,
    old: { pointer: before.pointer },
    new: { pointer: after.pointer },
  });
  return inquiry(assigns(from, to), [], changed);
}

/** The types of a status, for each choice of `accept` that the old client has. */
function bodyTypes(
  { old, new: changed }: MethodPair,
  status: string,
): { readonly from: string; readonly to: string } {
  const answers = old.model.answers.map((answer) => ({
    to: `Old.${answer.responsesName}[${status}]`,
    from: `New.${sameChoice(answer, changed)?.responsesName ?? "never"}[${status}]`,
  }));
  const [only, ...others] = answers;
  if (only !== undefined && others.length === 0) return only;
  return {
    from: `[${answers.map(({ from }) => from).join(", ")}]`,
    to: `[${answers.map(({ to }) => to).join(", ")}]`,
  };
}

/** What the new client gives to those who asked for an answer of the old one. */
function sameChoice({ accept }: AnswerModel, { model }: MethodSurface): AnswerModel | undefined {
  return (
    model.answers.find((answer) => answer.accept.some((type) => accept.includes(type))) ??
    model.answers[0]
  );
}

function mediaOf(
  { scopes, ...methods }: MethodPair,
  side: "old" | "new",
  response: Response,
): readonly TypedMedia[] {
  const { named, types } = methods[side];
  const index = named.operation.responses.indexOf(response);
  const scope: TypesByName = scopes[side];
  return response.mediaTypes.map((mediaType, place) => ({
    mediaType,
    type: responseType(mediaType, types.responses[index]?.[place], scope),
  }));
}

/* ---------------------------------------------------------------------- choices and lists */

/** The values of `accept` that are gone. */
function acceptInquiries(method: MethodPair): readonly Inquiry[] {
  const { old, new: changed } = method;
  const left = new Set(changed.model.answers.flatMap(({ accept }) => accept));
  const gone = old.model.answers.flatMap(({ accept }) => accept).filter((type) => !left.has(type));
  return gone.map((mediaType) => {
    const response = old.named.operation.responses.find(
      ({ success, mediaTypes }) => success && mediaTypes.some(({ name }) => name === mediaType),
    );
    return inquiry(undefined, [
      suspect(
        method,
        "response",
        response === undefined
          ? { kind: "operation" }
          : { kind: "response", status: response.status, mediaType },
        {
          rule: "media-type-choice-removed",
          message: `\`accept\` no longer takes ${quoted(mediaType)}.`,
          old: { pointer: response?.pointer ?? old.named.operation.pointer },
          new: { pointer: changed.named.operation.pointer },
        },
      ),
    ]);
  });
}

/** Whether `items()` and `pages()` are there, take what they took, and give what they gave. */
function pagingInquiries(method: MethodPair): readonly Inquiry[] {
  const { old, new: changed } = method;
  const [before, after] = [old.model.call.paging, changed.model.call.paging];
  if (before === undefined || JSON.stringify(before) === JSON.stringify(after)) return [];
  const spots = {
    old: { pointer: old.named.operation.pointer },
    new: { pointer: changed.named.operation.pointer },
  };
  const name = callOf(changed);
  const change = suspect(
    method,
    "response",
    { kind: "operation" },
    {
      rule: "paging-changed",
      message:
        after === undefined
          ? "`items()` and `pages()` are gone."
          : "`items()` and `pages()` take other options, or give other items.",
      ...spots,
    },
  );
  if (after === undefined) return [inquiry(exists(`ReturnType<New.${name}>["items"]`), [change])];
  const options =
    before.kind === "link"
      ? [exists(`[Has<NonNullable<Parameters<ReturnType<New.${name}>["items"]>[0]>, "direction">]`)]
      : [];
  return options.map((question) => inquiry(question, [change]));
}

function callOf({ namedClass, named }: MethodSurface): string {
  return `${namedClass.className}[${key(named.methodName)}]`;
}
