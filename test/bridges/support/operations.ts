import type { SampleAnswer } from "../../services/support/answers.js";
import { SERVICES } from "../../services/support/calls.js";
import type { Operation } from "../../services/support/document.js";

/** The three services with the names of their clients. */
export const NAMED_SERVICES = SERVICES.map(({ service, create }) => ({
  service,
  create,
  className: { peertube: "PeerTube", mastodon: "Mastodon", sftpgo: "SFTPGo" }[service],
}));

/** Whether an operation is not called but visited, by browsers. */
export function isPage({ responses }: Operation): boolean {
  return Object.keys(responses["200"]?.content ?? {}).includes("text/html");
}

/** Whether an answer is one that the call gives, and no error. */
export function isSuccess({ status }: SampleAnswer): boolean {
  return status >= 200 && status < 300;
}

/** The parameter that asks for an answer, where the document has several successes of different types. */
export function acceptOf(
  answer: SampleAnswer,
  all: readonly SampleAnswer[],
): { readonly accept?: string | undefined } {
  const types = new Set(all.filter(isSuccess).map(({ mediaType }) => mediaType));
  return isSuccess(answer) && types.size > 1 ? { accept: answer.mediaType } : {};
}
