/** What a text of a format looks like (2020-12, validation, 7.3), as far as one look tells. None has a choice to undo. */
const FORMATS: ReadonlyMap<string, RegExp> = new Map([
  [
    "date-time",
    /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,20})?(?:[Zz]|[+-]\d{2}:?\d{2})$/,
  ],
  ["date", /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/],
  ["time", /^\d{2}:\d{2}:\d{2}(?:\.\d{1,20})?(?:[Zz]|[+-]\d{2}:?\d{2})?$/],
  ["uuid", /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/],
  ["email", /^[^\s@]{1,64}@[^\s@]{1,255}$/],
  ["ipv4", /^(?:\d{1,3}\.){3}\d{1,3}$/],
  ["ipv6", /^[0-9a-fA-F:.]{2,45}$/],
  ["uri", /^[A-Za-z][A-Za-z0-9+.-]{0,30}:[^\s<>"{}|\\^`]*$/],
  ["byte", /^[A-Za-z0-9+/]*={0,2}$/],
]);

/** Whether a text can be of a format; one that is not known allows all. */
export function isOfFormat(text: string, format: string | undefined): boolean {
  return FORMATS.get(format ?? "")?.test(text) ?? true;
}
