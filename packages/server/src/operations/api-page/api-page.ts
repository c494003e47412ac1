import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import { openapiDocument } from "../../http/openapi-document.ts";
import { type Operation, readOperations, schemas } from "./document.ts";
import { inlineMarkdown, markdown } from "./markdown.ts";
import { operationSection } from "./operation-section.ts";
import { schemaSection } from "./schema-section.ts";
import { STYLE } from "./style.ts";

const styleHash = createHash("sha256").update(STYLE).digest("base64");

/** The page runs nothing and loads nothing; its one style is known by its hash. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

interface ApiPage {
  page: string;
  contentSecurityPolicy: string;
}

/** The contract as a page to read. All but the address of the Bridge is rendered once, at the first look. */
export function createApiPage(): (origin: string) => Promise<ApiPage> {
  let content: { navigation: string; body: string } | undefined;
  return async (origin) => {
    content ??= await renderContent();
    return { page: String(await renderPage(origin, content)), contentSecurityPolicy: CONTENT_SECURITY_POLICY };
  };
}

async function renderContent(): Promise<{ navigation: string; body: string }> {
  const operations = readOperations();
  // An operation stands under the first of its tags; the others are told beside it.
  const groups = openapiDocument.tags
    .map((tag) => ({ ...tag, operations: operations.filter(({ tags }) => tags[0] === tag.name) }))
    .filter((group) => group.operations.length > 0);
  const navigation = html`${groups.map(
      (group) =>
        html`<h2>${group.name}</h2>
          <ul>
            ${group.operations.map((operation) => link(operation))}
          </ul>`,
    )}
    <h2>Schemas</h2>
    <ul>
      ${schemas.map(([name]) => html`<li><a href="#schema-${name}">${name}</a></li>`)}
    </ul>`;
  const body = html`${groups.map(
      (group) =>
        html`<h2>${group.name}</h2>
          <p>${inlineMarkdown(group.description)}</p>
          ${group.operations.map((operation) => operationSection(operation))}`,
    )}
    <h2>Schemas</h2>
    ${schemas.map(([name, schema]) => schemaSection(name, schema))}`;
  return { navigation: String(await navigation), body: String(await body) };
}

function link({ id, method, summary }: Operation) {
  return html`<li>
    <a href="#${id}"><span class="method ${method.toLowerCase()}">${method}</span> ${summary}</a>
  </li>`;
}

function renderPage(origin: string, { navigation, body }: { navigation: string; body: string }) {
  const { title, version, summary, description } = openapiDocument.info;
  const { url, variables } = openapiDocument.servers[0];
  const base = url.replace("{origin}", origin);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${raw(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <nav aria-label="Contents">
          <details class="menu">
            <summary>Contents</summary>
            ${raw(navigation)}
          </details>
          <div class="wide">${raw(navigation)}</div>
        </nav>
        <main>
          <header>
            <h1>${title} <small>${version}</small></h1>
            <p class="lead">${summary}</p>
            ${markdown(description)}
            <dl class="fields">
              <div>
                <dt>Base URL</dt>
                <dd><code>${base}</code><br />${variables.tenant_slug.description}</dd>
              </div>
              <div>
                <dt>Key</dt>
                <dd><code>Authorization: Api-Key &lt;key&gt;</code></dd>
              </div>
              <div>
                <dt>Document</dt>
                <dd><a href="/openapi.json">openapi.json</a></dd>
              </div>
            </dl>
          </header>
          ${raw(body)}
        </main>
      </body>
    </html>`;
}
