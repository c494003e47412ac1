import { raw } from "hono/html";
import { marked } from "marked";

/** A description of the document, which is our own text. */
export function markdown(text: string | undefined) {
  return text === undefined ? "" : raw(marked.parse(text, { async: false }));
}

/** A description that stands in a line. */
export function inlineMarkdown(text: string | undefined) {
  return text === undefined ? "" : raw(marked.parseInline(text.replaceAll(/\s+/g, " ").trim(), { async: false }));
}
