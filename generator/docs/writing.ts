import type { Reference } from "../reference/reference.js";
import type { PageContext } from "./markdown/page-context.js";
import { codeSpan, link } from "./markdown/parts.js";
import { linkFrom } from "./page-paths.js";
import type { Fill } from "./templates.js";

/** What the functions that write a page look at besides what is told on it: the page, and the prose around that. */
export interface Writing extends PageContext {
  readonly fill: Fill;
}

/** The same for the first page, which tells of everything. */
export interface ReadmeWriting extends Writing {
  readonly reference: Reference;
}

/**
 * A link to a place of the pages.
 *
 * @param inline what is linked, as Markdown
 */
export function linkTo({ page }: Writing, inline: string, place: string): string {
  return link(inline, linkFrom(page, place));
}

/** A link to a method, by its name. */
export function methodLink(writing: Writing, className: string, methodName: string): string {
  return linkTo(writing, codeSpan(methodName), writing.paths.ofMethod(className, methodName));
}

/** A link to a type, by its name; the name alone where it has no place. */
export function typeLink(writing: Writing, name: string): string {
  const place = writing.paths.ofType(name);
  return place === undefined ? codeSpan(name) : linkTo(writing, codeSpan(name), place);
}

/** A link to a security scheme, by its name. */
export function schemeLink(writing: Writing, name: string): string {
  return linkTo(writing, codeSpan(name), writing.paths.ofScheme(name));
}

/** The method of an HTTP request and its path. A method may be any token (RFC 9110, 9.1). */
export function requestText({ method, path }: HttpRequest): string {
  const verb = /^[A-Za-z]+$/.test(method) ? `**${method}**` : codeSpan(method);
  return `${verb} ${codeSpan(path)}`;
}

interface HttpRequest {
  readonly method: string;
  /** The path template. */
  readonly path: string;
}

/** Blocks of Markdown, one after the other. */
export function blocks(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}
