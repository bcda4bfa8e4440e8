/**
 * A key that nobody else has: 128 random bits in hexadecimal digits. `crypto.randomUUID` would not do:
 * browsers have it for pages of https only.
 */
export function uniqueKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
