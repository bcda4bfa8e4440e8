import { quoted } from "../../diagnostics/quoted.js";
import type { SurfaceChange } from "../surface-change.js";
import type { Inquiry } from "./inquiry.js";

/** What the compiler said of a question: nothing against it, the reason of its refusal, or that nobody asked. */
export type Answer =
  | { readonly kind: "accepted" }
  | {
      readonly kind: "refused";
      /** `undefined` where it is none that code could meet. */
      readonly reason: string | undefined;
    }
  | { readonly kind: "not asked" };

/** What is told, once the compiler has answered. */
export function settle(
  inquiries: readonly Inquiry[],
  answerTo: (question: string) => Answer,
): readonly SurfaceChange[] {
  const blamed = new Set(
    inquiries.flatMap(({ question, suspects }) => (suspects.length > 0 ? [question] : [])),
  );
  return inquiries.flatMap((inquiry) => {
    const answer = answerOf(inquiry, answerTo);
    const told = blame(inquiry, answer);
    const isExplained =
      blamed.has(inquiry.question) ||
      inquiry.parts?.some((part) => answerOf(part, answerTo).kind !== "accepted");
    const { otherwise } = inquiry;
    if (answer.kind !== "refused" || otherwise === undefined || isExplained === true) return told;
    if (answer.reason === undefined) return told;
    const message = `${otherwise.message} The compiler says: ${quoted(answer.reason)}`;
    return [...told, { ...otherwise, message, source: "breaking" as const }];
  });
}

/** Whether the compiler refuses what an inquiry is about. */
export function isRefused(inquiry: Inquiry, answerTo: (question: string) => Answer): boolean {
  return answerOf(inquiry, answerTo).kind === "refused";
}

function answerOf({ question }: Inquiry, answerTo: (question: string) => Answer): Answer {
  return question === undefined ? { kind: "refused", reason: undefined } : answerTo(question);
}

function blame({ suspects, isAlwaysTold }: Inquiry, { kind }: Answer): readonly SurfaceChange[] {
  if (kind === "accepted" && isAlwaysTold !== true) return [];
  const source = kind === "accepted" ? "safe" : kind === "refused" ? "breaking" : "undecidable";
  return suspects.map((suspect) => ({ ...suspect, source }));
}
