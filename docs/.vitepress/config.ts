import { fileURLToPath } from "node:url";
import { renderMermaidSVG } from "beautiful-mermaid";
import { defineConfig, type MarkdownRenderer, type Plugin } from "vitepress";
import { linkRepository } from "./repository-links.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The Markdown files of the repository that are pages, and their paths on the site. */
const PAGES = {
  "docs/README.md": "index.md",
  "docs/decisions/README.md": "decisions/index.md",
  "docs/decisions/:page.md": "decisions/:page.md",
  "docs/reference/:page.md": "reference/:page.md",
  "docs/:page.md": ":page.md",
  "connectors/:name/README.md": "connectors/:name.md",
  "packages/:name/README.md": "packages/:name.md",
  "deploy/README.md": "deploying.md",
  "examples/gitea/README.md": "examples/gitea.md",
  "ARCHITECTURE.md": "architecture.md",
  "CONTRIBUTING.md": "contributing.md",
  "SECURITY.md": "reporting.md",
  "CODE_OF_CONDUCT.md": "code-of-conduct.md",
};

const rewrites = Object.entries(PAGES).map(([from, to]) => ({
  from: new RegExp(`^${from.replaceAll(/:(\w+)/g, "(?<$1>[^/]+)")}$`),
  to: `/${to.replaceAll(/:(\w+)/g, "$<$1>").replace(/(?:index)?\.md$/, "")}`,
}));

/** Returns the path of a file on the site; undefined if it is not a page. */
function toPage(file: string): string | undefined {
  const rewrite = rewrites.find(({ from }) => from.test(file));
  return rewrite && file.replace(rewrite.from, rewrite.to);
}

const COLORS = {
  bg: "transparent",
  fg: "var(--vp-c-text-1)",
  muted: "var(--vp-c-text-2)",
  line: "var(--vp-c-text-3)",
  accent: "var(--vp-c-brand-1)",
};

/** Renders Mermaid at build time instead of in the browser. */
function drawMermaid(markdown: MarkdownRenderer): void {
  const fence = markdown.renderer.rules.fence!;
  markdown.renderer.rules.fence = (...args) => {
    const { info, content } = args[0][args[1]]!;
    if (info !== "mermaid") return fence(...args);
    // Removes the import of a web font: no page loads anything from another host.
    const svg = renderMermaidSVG(content, COLORS).replaceAll(/@import url\([^)]*\);?/g, "");
    // Via v-html, because Vue would drop the style element in a template.
    return `<figure class="diagram" v-html="${markdown.utils.escapeHtml(JSON.stringify(svg))}"></figure>`;
  };
}

/** Resolves Vue from VitePress for pages outside this package, whose compiled code would not find it. */
function findVue(): Plugin {
  return {
    name: "find-vue",
    enforce: "pre",
    resolveId(id, importer) {
      if (!/^vue(?:\/|$)/.test(id) || !importer?.endsWith(".md")) return undefined;
      return this.resolve(id, fileURLToPath(import.meta.resolve("vitepress")), { skipSelf: true });
    },
  };
}

const page = (text: string, link: string) => ({ text, link });

export default defineConfig({
  title: "Bridgekit",
  description: "Who has access to what, in every system a company runs.",
  srcDir: "..",
  srcExclude: ["README.md", "**/CHANGELOG.md", "**/{.changeset,.github,template,test}/**"],
  rewrites: PAGES,
  cleanUrls: true,
  head: [["style", {}, ".diagram { margin: 24px 0; } .diagram svg { max-width: 100%; height: auto; }"]],
  vite: { plugins: [findVue()] },
  markdown: {
    config(markdown) {
      linkRepository(markdown, root, toPage);
      drawMermaid(markdown);
    },
  },
  themeConfig: {
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: "https://github.com/bridgekit/bridgekit" }],
    sidebar: [
      {
        text: "Use it",
        items: [
          page("Getting started", "/getting-started"),
          page("Concepts", "/concepts"),
          page("The console", "/console"),
          page("Operating", "/operating"),
          page("Deploying", "/deploying"),
          page("Scale", "/scale"),
          page("Security", "/security"),
          page("Erasing a person", "/erasing-a-person"),
          page("The command", "/packages/cli"),
          page("API", "/api"),
        ],
      },
      {
        text: "Connectors",
        items: [
          page("Jira Cloud", "/connectors/jira"),
          page("Salesforce", "/connectors/salesforce"),
          page("Odoo and BambooHR", "/connectors/hr"),
          page("Writing a connector", "/writing-a-connector"),
          page("Gitea, the example", "/examples/gitea"),
        ],
      },
      {
        text: "Packages",
        items: ["client", "core", "sandbox", "testing", "server", "fleet", "file-lock", "create-connector"].map(
          (name) => page(name, `/packages/${name}`),
        ),
      },
      {
        text: "Reference",
        items: [
          page("HTTP API", "/reference/http"),
          page("client", "/reference/client"),
          page("core", "/reference/core"),
          page("core/run", "/reference/core-run"),
          page("sandbox", "/reference/sandbox"),
          page("testing", "/reference/testing"),
        ],
      },
      {
        text: "The project",
        items: [
          page("Architecture", "/architecture"),
          page("Decisions", "/decisions/"),
          page("Contributing", "/contributing"),
          page("Reporting a vulnerability", "/reporting"),
          page("Code of conduct", "/code-of-conduct"),
        ],
      },
    ],
  },
});
