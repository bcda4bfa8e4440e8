import type { ItemModel } from "../model/api-model.js";
import type {
  AnswerReference,
  OperationReference,
  PagingReference,
} from "../reference/reference.js";
import { codeSpan, listItem } from "./markdown/parts.js";
import { typeText } from "./markdown/type-text.js";
import { sectionPlace } from "./sections.js";
import { blocks, linkTo, type Writing } from "./writing.js";

/** What awaiting a call gives, and how more comes than one answer. */
export function returnsText(operation: OperationReference, writing: Writing): string {
  if (operation.kind === "url") return writing.fill("returns-url");
  const { answers, paging } = operation;
  return blocks([
    answersText(answers, writing),
    paging === undefined ? "" : pagingText(paging, writing),
    streamingText(operation, writing),
  ]);
}

function answersText(answers: readonly AnswerReference[], writing: Writing): string {
  const [only, ...others] = answers;
  if (only !== undefined && others.length === 0) return answerText(only, writing);
  return answers
    .map((answer) => {
      const asked = answer.accept.map((name) => codeSpan(name)).join(" or ");
      return listItem(`${asked}: ${answerText(answer, writing)}`);
    })
    .join("\n");
}

function answerText({ type }: AnswerReference, writing: Writing): string {
  return type === undefined ? writing.fill("returns-nothing") : typeText(type, writing);
}

function pagingText({ item, limit }: PagingReference, writing: Writing): string {
  return writing.fill("paging", {
    item: itemText(item, writing),
    lists: linkTo(writing, "Lists", sectionPlace(writing.paths, "lists")),
    limit: limit === undefined ? "" : limitText(limit, writing),
  });
}

/** An item of a type without a name is told where the body is. */
function itemText(item: ItemModel | undefined, writing: Writing): string {
  return item?.kind === "type" ? typeText(item.type, writing) : writing.fill("paging-item");
}

function limitText({ key, defaultValue, maximum }: LimitFacts, { fill }: Writing): string {
  const facts = [
    defaultValue === undefined
      ? ""
      : fill("page-default", { number: codeSpan(String(defaultValue)) }),
    maximum === undefined ? "" : fill("page-maximum", { number: codeSpan(String(maximum)) }),
  ].filter((fact) => fact !== "");
  const told = facts.length === 0 ? "" : `: ${facts.join(", ")}`;
  return fill("page-limit", { parameter: codeSpan(key), facts: told });
}

type LimitFacts = NonNullable<PagingReference["limit"]>;

function streamingText({ streaming }: OperationReference, writing: Writing): string {
  if (streaming === undefined) return "";
  return streaming === "events"
    ? writing.fill("streaming-events", {
        streams: linkTo(writing, "Event streams", sectionPlace(writing.paths, "event-streams")),
      })
    : writing.fill("streaming-values", {
        streams: linkTo(
          writing,
          "Streams of JSON values",
          sectionPlace(writing.paths, "json-streams"),
        ),
      });
}
