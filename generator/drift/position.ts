import type { ParameterLocation, ResponseStatus } from "../resolve/resolved-api.js";

/** Which way a value goes: from the client to the server, or back. */
export type Direction = "request" | "response";

/**
 * A part of an operation that has a schema of its own. Names are those of the old document; of the new one where the
 * old one has no such part.
 */
export type Position =
  | { readonly kind: "operation" }
  | { readonly kind: "parameter"; readonly in: ParameterLocation; readonly name: string }
  | { readonly kind: "body"; readonly mediaType: string | undefined }
  | {
      readonly kind: "response";
      readonly status: ResponseStatus;
      readonly mediaType: string | undefined;
    }
  | { readonly kind: "header"; readonly status: ResponseStatus; readonly name: string };

/**
 * The way from a value to a part of it: `{ key }` is a property, `element` any item of an array (of all positions),
 * `value` any property that has no schema of its own.
 */
export type ValuePath = readonly ValueStep[];
export type ValueStep = { readonly key: string } | "element" | "value";

/** A text that tells positions apart, and is the same in every run. */
export function positionKey(position: Position): string {
  switch (position.kind) {
    case "operation":
      return "operation";
    case "parameter":
      return JSON.stringify([position.kind, position.in, position.name]);
    case "body":
      return JSON.stringify([position.kind, position.mediaType ?? null]);
    case "response":
      return JSON.stringify([position.kind, position.status, position.mediaType ?? null]);
    case "header":
      return JSON.stringify([position.kind, position.status, position.name.toLowerCase()]);
  }
}

/** A text that tells paths apart: `.data[].name`, with every key as a JSON string where it is no plain word. */
export function valuePathText(path: ValuePath): string {
  return path
    .map((step) => {
      if (step === "element") return "[]";
      if (step === "value") return ".*";
      return /^[A-Za-z_$][\w$]*$/.test(step.key) ? `.${step.key}` : `[${JSON.stringify(step.key)}]`;
    })
    .join("");
}
