/** Where Prism's own errors are told apart from those that a document describes. */
const OWN = "https://stoplight.io/prism/errors#";

/** One violation of the list in the header, which is cut off where it gets too long. */
const VIOLATION = /"location":(\[(?:"[^"]*",?)*\]).*?"message":("(?:[^"\\]|\\.)*")/g;

/**
 * What Prism says against a request, or against its own answer: `request.body.name: must be string`.
 * It puts violations into a header; what it cannot do at all is told by a body (RFC 9457).
 */
export function complaintsOf(headers: Headers, body: unknown): readonly string[] {
  return [...violations(headers.get("sl-violations") ?? ""), ...problem(body)];
}

function violations(header: string): readonly string[] {
  return [...header.matchAll(VIOLATION)].map(([, location = "[]", message = '""']) =>
    [(JSON.parse(location) as string[]).join("."), JSON.parse(message)].join(": "),
  );
}

function problem(body: unknown): readonly string[] {
  const { type, detail = "" } = (body ?? {}) as { type?: string; detail?: string };
  return type?.startsWith(OWN) === true ? [`${type.slice(OWN.length)}: ${detail}`] : [];
}
