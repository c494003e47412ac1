import { existsSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { MarkdownRenderer } from "vitepress";

const REPOSITORY = "https://github.com/bridgekit/bridgekit";

/**
 * Turns links between files of the repository, as GitHub follows them, into links between pages of the site. Files that are not
 * pages link to GitHub. A link to a missing file is unchanged, so that VitePress reports it.
 */
export function linkRepository(
  markdown: MarkdownRenderer,
  root: string,
  toPage: (path: string) => string | undefined,
): void {
  markdown.core.ruler.push("repository-links", (state) => {
    const { realPath, path } = state.env as { realPath?: string; path: string };
    const folder = dirname(realPath ?? path);
    for (const token of state.tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.attrGet("href");
      if (token.type !== "link_open" || !href || /^(?:[a-z]+:|#|\/)/.test(href)) continue;
      const [, address = "", hash = ""] = /^([^#]*)(#.*)?$/s.exec(href) ?? [];
      const target = join(folder, decodeURI(address));
      if (!existsSync(target)) continue;
      const file = relative(root, target).replaceAll("\\", "/");
      const kind = statSync(target).isDirectory() ? "tree" : "blob";
      token.attrSet("href", (toPage(file) ?? `${REPOSITORY}/${kind}/main/${file}`) + hash);
    }
  });
}
