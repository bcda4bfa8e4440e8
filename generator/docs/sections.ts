import type { PagePaths } from "./page-paths.js";

/** Sections of the README page that other pages link to. */
export type Section =
  | "authorization"
  | "helpers"
  | "lists"
  | "uploads"
  | "downloads"
  | "event-streams"
  | "json-streams"
  | "retries"
  | "operations"
  | "models";

/** The anchor of a section: its heading could be one in the document's description, too. */
export function sectionAnchor(section: Section): string {
  return `section-${section}`;
}

/** Where a section is. */
export function sectionPlace({ readme }: PagePaths, section: Section): string {
  return `${readme}#${sectionAnchor(section)}`;
}
