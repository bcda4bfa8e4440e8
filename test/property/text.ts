import fc from "fast-check";

/** Text that has broken generators before: ends of comments and literals, invisible characters, names of prototypes. */
const TRICKS = [
  "*/",
  "/*",
  "//",
  "${x}",
  "`",
  '"',
  "'",
  "\\",
  "</script>",
  "<!--",
  "\n",
  "\r",
  "\r\n",
  "\t",
  "\0",
  "\u2028",
  "\u2029",
  "\u0085",
  "\u202e",
  "\u2066",
  "\u200b",
  "\ufeff",
  "\ud800",
  "\udc00",
  "😀",
  "@ts-ignore",
  "@deprecated",
  "{@link x}",
  "# sourceMappingURL=x",
  "*\\/",
  "__proto__",
  "constructor",
  "a",
  " ",
  "1",
] as const;

/** Random text made of any characters and of tricks. */
export const trickyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...TRICKS), fc.string({ unit: "binary", maxLength: 5 })), {
    maxLength: 8,
  })
  .map((parts) => parts.join(""));

/** Every UTF-16 code unit by itself, lone surrogates among them. */
export const codeUnits: fc.Arbitrary<string> = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
  .map((units) => String.fromCharCode(...units));
