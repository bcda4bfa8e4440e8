/** What has another name in Swagger 2.0, as messages about OpenAPI 3 name it. */
const TERMS: readonly (readonly [newer: string, written: string])[] = [
  ["components.securitySchemes", "securityDefinitions"],
  ["components.schemas", "definitions"],
  ["the content of the requestBody tells", "consumes tells"],
  ["the content of the responses tells", "produces tells"],
  ["with its content", "with its schema"],
  ["flow authorizationCode", "flow accessCode"],
  ["flow clientCredentials", "flow application"],
  ["type: http, scheme: bearer", "type: basic"],
  ["OpenAPI knows", "Swagger 2.0 knows"],
  [
    "Use http, apiKey (with in and name), oauth2, openIdConnect or mutualTLS.",
    "Use basic, apiKey (with in and name) or oauth2.",
  ],
  ["contentEncoding: base64", "format: byte"],
  ["as OpenAPI tells to (3.1, 4.8.12.2)", "as OpenAPI tells to since 3.0 (3.1, 4.8.12.2)"],
  ["{ description: …, content: … }", "{ description: …, schema: … }"],
  ["X-Total: { schema: { type: integer } }", "X-Total: { type: integer }"],
];

/**
 * A message in the terms of Swagger 2.0. What it quotes from the document, which is in double quotes, stays as it is.
 */
export function inSwaggerTerms(text: string): string {
  return text
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, index) => (index % 2 === 1 ? part : translated(part)))
    .join("");
}

function translated(text: string): string {
  return TERMS.reduce((before, [newer, written]) => before.replaceAll(newer, written), text);
}
