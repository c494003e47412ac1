import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { lexer, walkTokens } from "marked";

export interface BrokenLink {
  /** Path from the root. */
  file: string;
  href: string;
  reason: string;
}

/** Finds links in Markdown files to files or headings that do not exist. */
export function findBrokenLinks(root: string, files: readonly string[]): BrokenLink[] {
  return files.flatMap((file) =>
    linksOf(readFileSync(join(root, file), "utf8")).flatMap((href) => {
      const reason = judge(join(root, file), href, root);
      return reason === undefined ? [] : [{ file, href, reason }];
    }),
  );
}

function judge(file: string, href: string, root: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return undefined;
  const [, path = "", hash] = /^([^#?]*)[^#]*(?:#(.*))?$/s.exec(href) ?? [];
  const target = path === "" ? file : join(dirname(file), decodeURIComponent(path));
  if (!existsSync(target)) return `${relative(root, target)} does not exist`;
  if (hash === undefined || !target.endsWith(".md")) return undefined;
  return headingsOf(readFileSync(target, "utf8")).has(decodeURIComponent(hash))
    ? undefined
    : `${relative(root, target)} has no heading "#${hash}"`;
}

function linksOf(markdown: string): string[] {
  const links: string[] = [];
  void walkTokens(lexer(markdown), (token) => {
    if (token.type === "link" || token.type === "image") links.push(String(token["href"]));
  });
  return links;
}

/** Returns the anchors of the headings, as GitHub generates them. */
function headingsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  void walkTokens(lexer(markdown), (token) => {
    if (token.type !== "heading") return;
    const anchor = String(token["text"])
      .replaceAll(/`|\*\*|\]\([^)]*\)/g, "")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
      .replaceAll(" ", "-");
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count++) unique = `${anchor}-${count}`;
    anchors.add(unique);
  });
  return anchors;
}
