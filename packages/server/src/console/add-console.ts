import type { Context as HonoContext, Hono } from "hono";
import type { AppEnvironment } from "../http/app-environment.ts";
import { type ConsoleFiles, readConsoleFiles } from "./console-files.ts";

/** Scripts, styles and calls of this origin alone; no inline script, no frame around it, no form that leaves it. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const NOT_BUILT =
  "The console is not built in this checkout. Build it with `npx pnpm@12.21.0 --filter @bridgekit/console build`, then start the Bridge again.";

/**
 * Serves the console at `/`, and its page at every address below `/o/`, where the console finds out itself what to show.
 * No other address is touched. `folder` has another build than the one that comes with the server.
 */
export function addConsole(app: Hono<AppEnvironment>, folder?: string): void {
  let reading: Promise<ConsoleFiles | undefined> | undefined;
  const read = () => (reading ??= readConsoleFiles(folder));

  const sendPage = async (call: HonoContext<AppEnvironment>) => {
    const console = await read();
    if (console === undefined) return call.json({ detail: NOT_BUILT }, 404);
    return call.html(withBase(console.page, call.req.path), 200, {
      "content-security-policy": CONTENT_SECURITY_POLICY,
      "cache-control": "no-cache",
    });
  };
  const sendFile = async (call: HonoContext<AppEnvironment>) => {
    const file = (await read())?.files.get(call.req.path.slice(1));
    if (file === undefined) return call.notFound();
    const isGzipTaken = /\bgzip\b/.test(call.req.header("accept-encoding") ?? "");
    // Names of assets have a hash of their content in them.
    const isHashed = call.req.path.startsWith("/assets/");
    return call.body(isGzipTaken ? file.gzipped : file.plain, 200, {
      "content-type": file.type,
      "cache-control": isHashed ? "public, max-age=31536000, immutable" : "public, max-age=3600",
      vary: "accept-encoding",
      ...(isGzipTaken && { "content-encoding": "gzip" }),
    });
  };

  app.get("/", sendPage);
  app.get("/o/*", sendPage);
  app.get("/assets/*", sendFile);
  app.get("/icon.svg", sendFile);
}

/** Says where the console begins, relative to the address: so it works below whatever path a proxy serves it. */
function withBase(page: string, path: string): string {
  const depth = path.split("/").length - 2;
  return page.replace("<head>", `<head>\n    <base href="${"../".repeat(depth) || "./"}" />`);
}
