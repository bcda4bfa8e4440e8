import type { HeadWriter } from "./call.js";
import type { Refuse } from "./refuse.js";
import type { Presented } from "./security.js";

/**
 * What the OpenAPI document says about the service as a whole. The generated `service.ts` of a
 * client is one constant of type {@link Service}: data only.
 */
export interface Service {
  /** The name of the service, as in the generated class. Errors carry it. */
  readonly name: string;
  /** The document's servers, in its order. */
  readonly servers: readonly Server[];
  /** The document's security schemes, by name. */
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
}

/**
 * The URL of a server of the document (OpenAPI 3.1, "Server Object"): absolute, or relative
 * (`/api/v2`), or what `template` of `server-template.ts` made of one with variables.
 */
export type Server = string | ((variables: object, refuse: Refuse) => string);

/** How a credential is presented (OpenAPI 3.1, "Security Scheme Object"). */
export type SecurityScheme =
  | { readonly type: "http"; readonly scheme: string }
  | {
      readonly type: "apiKey";
      /** Cookies are written by `inCookie` of `cookies.ts`. */
      readonly in: Place;
      readonly name: string;
    }
  | { readonly type: "oauth2" | "openIdConnect" | "mutualTLS" };

/**
 * One alternative of an operation's security: the names of the schemes that are needed together,
 * each with the scopes it must have. `{}` means that no credential is needed.
 */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

/** Where a credential is written. */
export type Place = "header" | "query" | ((credential: Presented) => HeadWriter);
