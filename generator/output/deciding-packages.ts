/**
 * The packages that have a part in what is written: another version of one of them may write something else. They are
 * part of the identity of the generator.
 */
export const DECIDING_PACKAGES = [
  "hast-util-to-html",
  "highlight.js",
  "js-yaml",
  "json-p3",
  "mdast-util-from-markdown",
  "mdast-util-gfm",
  "mdast-util-to-hast",
  "mdast-util-to-markdown",
  "micromark-extension-gfm",
  "minisearch",
  "openapi-typescript",
  "prettier",
  "re2js",
  "ts-blank-space",
  "ts-morph",
  "typescript",
  "yaml",
] as const;
