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

/** A server of the document (OpenAPI 3.1, "Server Object"). */
export interface Server {
  /** Absolute, or relative (`/api/v2`), or a template (`https://{hostname}`). */
  readonly url: string;
  /** What the `{name}`s of the template stand for unless the options' `serverVariables` say so. */
  readonly variables?: Readonly<Record<string, ServerVariable>> | undefined;
}

/** A variable of a server's URL (OpenAPI 3.1, "Server Variable Object"). */
export interface ServerVariable {
  readonly default?: string | undefined;
  /** The only values that the document allows. */
  readonly enum?: readonly string[] | undefined;
}

/** How a credential is presented (OpenAPI 3.1, "Security Scheme Object"). */
export type SecurityScheme =
  | { readonly type: "http"; readonly scheme: string }
  | {
      readonly type: "apiKey";
      readonly in: "header" | "query" | "cookie";
      readonly name: string;
    }
  | { readonly type: "oauth2" | "openIdConnect" | "mutualTLS" };

/**
 * One alternative of an operation's security: the names of the schemes that are needed together,
 * each with the scopes it must have. `{}` means that no credential is needed.
 */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;
