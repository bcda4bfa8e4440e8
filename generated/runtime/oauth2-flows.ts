/**
 * The flows of a security scheme of type `oauth2` (OpenAPI 3.2, "OAuth Flows Object"). The generated
 * `oauth2.ts` of a client has them for each such scheme of the document: data only.
 */
export interface OAuth2Flows {
  readonly authorizationCode?: AuthorizationCodeFlow | undefined;
  readonly clientCredentials?: TokenFlow | undefined;
  readonly deviceAuthorization?: DeviceAuthorizationFlow | undefined;
  readonly implicit?: ImplicitFlow | undefined;
  readonly password?: TokenFlow | undefined;
}

/** What all flows have (OpenAPI 3.2, "OAuth Flow Object"). URLs may be relative. */
interface Flow {
  /** Where tokens are renewed, if that is not where they come from. */
  readonly refreshUrl?: string | undefined;
  /** What each scope is for. */
  readonly scopes: Readonly<Record<string, string>>;
}

/** A flow whose tokens come from a token endpoint. */
export interface TokenFlow extends Flow {
  readonly tokenUrl: string;
}

/** A flow in which a person decides on a page. */
export interface AuthorizationCodeFlow extends TokenFlow {
  readonly authorizationUrl: string;
}

/** A flow in which a person enters a code on another device (RFC 8628). */
export interface DeviceAuthorizationFlow extends TokenFlow {
  readonly deviceAuthorizationUrl: string;
}

/** A flow that brings tokens with a redirect; RFC 9700, section 2.1.2, advises against it. */
export interface ImplicitFlow extends Flow {
  readonly authorizationUrl: string;
}
