import { readSpecFiles } from "../../../support/spec-files.js";

/** All descriptions and summaries of a service, each once, without white space at their ends. */
export function descriptionsOf(service: string): readonly string[] {
  const texts = [...readSpecFiles(service).files.values()].flatMap(textsIn);
  return [...new Set(texts.map((text) => text.trim()))];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const isText = (key === "description" || key === "summary") && typeof member === "string";
    return isText ? [member] : textsIn(member);
  });
}
