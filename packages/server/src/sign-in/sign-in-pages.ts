import { createHash } from "node:crypto";
import type { Context as HonoContext } from "hono";
import { html } from "hono/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";

const STYLE = `
  :root { color-scheme: light dark; --ground: #fff; --text: #1c2024; --quiet: #60646c; --line: #e0e1e6; --accent: #0b5fce; }
  @media (prefers-color-scheme: dark) {
    :root { --ground: #111113; --text: #edeef0; --quiet: #b0b4ba; --line: #2e3135; --accent: #70b8ff; }
  }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--text);
    font: 14px/1.45 system-ui, sans-serif; }
  main { width: min(360px, calc(100vw - 32px)); padding: 24px 0; }
  h1 { margin: 0 0 8px; font-size: 20px; font-weight: 600; }
  p { margin: 0 0 16px; color: var(--quiet); overflow-wrap: anywhere; }
  button, a.button { display: block; width: 100%; box-sizing: border-box; padding: 8px 12px; border: 1px solid var(--line);
    border-radius: 6px; background: var(--text); color: var(--ground); font: inherit; font-weight: 500; text-align: center;
    text-decoration: none; cursor: pointer; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

type Content = ReturnType<typeof html>;

/** Sends a small page without a script. What is put into `content` by a placeholder is escaped. */
function sendPage(call: HonoContext, status: ContentfulStatusCode, title: string, content: Content) {
  const style = html([`<style>${STYLE}</style>`] as unknown as TemplateStringsArray);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} – Bridgekit</title>
        ${style}
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html>`;
  return call.html(page, status, {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  });
}

/** Asks before a link is used up: what looks at links in mails and chats must not use it. */
export function sendLinkPage(call: HonoContext, token: string) {
  return sendPage(
    call,
    200,
    "Sign in",
    html`<h1>Sign in to Bridgekit</h1>
      <p>This link works once. It signs in this browser.</p>
      <form method="post" action="link">
        <input type="hidden" name="token" value="${token}" />
        <button type="submit">Sign in</button>
      </form>`,
  );
}

interface Refusal {
  status: ContentfulStatusCode;
  /** Why, and what to do. */
  reason: string;
  /** Who is signed in in this browser all the same, and to which organisation. */
  session?: { name: string; orgSlug: string } | undefined;
}

/** Says why a sign-in failed, and leads on. */
export function sendRefusalPage(call: HonoContext, { status, reason, session }: Refusal) {
  return sendPage(
    call,
    status,
    "Not signed in",
    session === undefined
      ? html`<h1>You are not signed in</h1>
          <p>${reason}</p>
          <a class="button" href="../">Back</a>`
      : html`<h1>This sign-in did not work</h1>
          <p>${reason}</p>
          <p>You are still signed in as ${session.name}.</p>
          <a class="button" href="../o/${session.orgSlug}">Go on</a>`,
  );
}
