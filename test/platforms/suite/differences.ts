/** The platforms, by what they are called in the report. */
export type PlatformName =
  "Node.js 20" | "Node.js 22" | "Node.js 24" | "Bun" | "Deno" | "workerd" | "Chromium";

/** What is not the same everywhere, and no fault of the clients: where, and why. */
const DIFFERENCES = {
  "hides redirects": {
    platforms: ["Chromium"],
    because:
      "fetch gives a page an opaque response for a redirect that it is not to follow (Fetch, " +
      '"opaque-redirect filtered response"): not even one to the same origin can be followed',
  },
  "gives no error codes": {
    platforms: ["Chromium", "workerd", "Deno"],
    because: "what fetch throws has neither a `code` nor a `cause` with one",
  },
  "copies the reason of an abort": {
    platforms: ["workerd"],
    because:
      "a body that is read without the clients rejects with an error that is like the signal's reason",
  },
  "is no secure context": {
    platforms: ["Chromium"],
    because:
      'browsers give `crypto.subtle` to pages with https only (W3C, "Secure Contexts"), and the ' +
      "suite's has none on purpose",
  },
  "streams uploads over HTTP/2 only": {
    platforms: ["Chromium"],
    because: "browsers refuse a stream as body on an HTTP/1.1 connection",
  },
} as const satisfies Readonly<
  Record<string, { readonly platforms: readonly PlatformName[]; readonly because: string }>
>;

/** A difference that cases ask for. */
export type Trait = keyof typeof DIFFERENCES;

/** The differences of a platform. */
export function traitsOf(platform: PlatformName): readonly Trait[] {
  const traits = Object.keys(DIFFERENCES) as Trait[];
  return traits.filter((trait) =>
    (DIFFERENCES[trait].platforms as readonly PlatformName[]).includes(platform),
  );
}
