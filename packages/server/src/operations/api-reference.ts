import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Hono } from "hono";
import { html } from "hono/html";
import type { AppEnvironment } from "../http/app-environment.ts";
import { openapiDocument } from "../http/openapi-document.ts";

// Addresses are relative, so that a proxy may serve the Bridge under a prefix.
const PAGE = html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${openapiDocument.info.title}</title>
      <link rel="icon" href="data:," />
      <style>
        body {
          margin: 0;
        }
      </style>
    </head>
    <body>
      <main>
        <noscript
          >This page needs JavaScript. The same contract is in <a href="openapi.json">openapi.json</a>.</noscript
        >
      </main>
      <script src="docs/redoc.js"></script>
      <script src="docs/start.js"></script>
    </body>
  </html>`;

const START = `
const fontFamily = "system-ui, sans-serif";
Redoc.init(
  "openapi.json",
  {
    showExtensions: ["x-roles"],
    sortRequiredPropsFirst: true,
    theme: { typography: { fontFamily, headings: { fontFamily } } },
  },
  document.querySelector("main"),
);
`;

/**
 * Scripts come from this server only. Redoc writes its styles into the page and builds its search index in a worker made
 * of a blob.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "connect-src 'self'",
  "worker-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const SCRIPT_HEADERS = { "content-type": "text/javascript; charset=utf-8", "cache-control": "max-age=3600" };

/** Serves the contract to read, as Redoc shows it. */
export function addApiReference(app: Hono<AppEnvironment>): void {
  let bundle: Promise<Bundle> | undefined;
  app.get("/docs", (call) => call.html(PAGE, 200, { "content-security-policy": CONTENT_SECURITY_POLICY }));
  app.get("/docs/redoc.js", async (call) => {
    const { plain, gzipped } = await (bundle ??= readBundle());
    const isGzipAccepted = /\bgzip\b/.test(call.req.header("accept-encoding") ?? "");
    return call.body(isGzipAccepted ? gzipped : plain, 200, {
      ...SCRIPT_HEADERS,
      vary: "accept-encoding",
      ...(isGzipAccepted && { "content-encoding": "gzip" }),
    });
  });
  app.get("/docs/start.js", (call) => call.body(START, 200, SCRIPT_HEADERS));
}

const BUNDLE = "bundles/redoc.standalone.js";

interface Bundle {
  plain: string;
  gzipped: Uint8Array<ArrayBuffer>;
}

/** Redoc's bundle without the address of its logo, which is on another host. */
async function readBundle(): Promise<Bundle> {
  // The built package contains the bundle. In the repository it comes from the development dependency.
  const built = fileURLToPath(new URL(`../../dist/redoc/${BUNDLE}`, import.meta.url));
  const file = existsSync(built) ? built : createRequire(import.meta.url).resolve(`redoc/${BUNDLE}`);
  const plain = (await readFile(file, "utf8")).replaceAll(/https:\/\/cdn\.redoc\.ly\/[\w./-]+/g, "data:,");
  return { plain, gzipped: new Uint8Array(await promisify(gzip)(plain)) };
}
