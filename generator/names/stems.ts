import type { Operation } from "../resolve/resolved-api.js";
import { TYPE_ENDINGS } from "./named-api.js";
import { usualStem } from "./pins.js";
import { pascalCase } from "./words.js";

/** What the types of a method can begin with, most wanted first. */
export function typeStems(methodName: string): readonly string[] {
  const stem = usualStem(methodName);
  return [stem, `${stem}Operation`];
}

/** What types begin with, besides the stem itself, where there are several media types: `ExportTextCsv`, by stem. */
export function longerStems(
  operations: readonly Operation[],
  stems: (operation: Operation) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    operations.flatMap((operation) =>
      stems(operation).map((stem) => [stem, longerStemsOf(operation, stem)] as const),
    ),
  );
}

/** The same for one operation and stem. */
export function longerStemsOf(
  { requestBody, responses }: Operation,
  stem: string,
): readonly string[] {
  const mediaTypes = [
    ...(requestBody?.mediaTypes ?? []),
    ...responses.flatMap((response) => response.mediaTypes),
  ];
  const words = new Set(mediaTypes.map(({ name }) => pascalCase(name.split(";")[0] ?? "")));
  words.delete("");
  return [...words].map((word) => stem + word);
}

const ENDING = new RegExp(`(?:${TYPE_ENDINGS.join("|")}|(?:[0-9]{3}|[1-5]XX|Default)Response)$`);

/** What is left of a type's name when an ending that operations use is taken off: no operation may begin so. */
export function stemOf(name: string): string | undefined {
  return ENDING.test(name) ? name.replace(ENDING, "") : undefined;
}
