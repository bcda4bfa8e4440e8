import type { Server } from "./service.js";

/** A variable of a server's URL (OpenAPI 3.1, "Server Variable Object"). */
export interface ServerVariable {
  readonly default?: string | undefined;
  /** The only values that the document allows. */
  readonly enum?: readonly string[] | undefined;
}

/**
 * A server whose URL has variables (`https://{hostname}`).
 *
 * @param variables - what the `{name}`s stand for unless the options' `serverVariables` say so.
 */
export function serverTemplate(
  url: string,
  variables: Readonly<Record<string, ServerVariable>>,
): Server {
  const known = new Map(Object.entries(variables));
  return (given, refuse) => {
    const values = new Map<string, string | number | boolean | undefined>(Object.entries(given));
    return url
      .split(/\{([^{}]*)\}/)
      .map((piece, index) => {
        if (index % 2 === 0) return piece;
        const variable = known.get(piece);
        const value = values.get(piece) ?? variable?.default;
        if (value === undefined || variable?.enum?.includes(String(value)) === false) {
          throw refuse(`the server variable ${JSON.stringify(piece)} has no value that is allowed`);
        }
        return String(value);
      })
      .join("");
  };
}
