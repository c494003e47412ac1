import { STATUS_CODES } from "node:http";
import { htmlResponse } from "@bridgekit/sandbox";

/** The response while there is no database: its server is down, or the name is wrong. */
export const NO_DATABASE_PAGE =
  "<!DOCTYPE html>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n" +
  "<p>No database is selected and the requested URL was not found in the server-wide controllers.</p>\n" +
  "<p>Please verify the hostname, <a href=/web/login>login</a> and try again.</p>\n\n" +
  "<!-- Alternatively, use the X-Odoo-Database header. -->\n";

/** An error page of Odoo's web server, for requests that do not reach the JSON-2 dispatcher. */
export function werkzeugPage(status: number, text: string): Response {
  const title = STATUS_CODES[status] ?? "Error";
  return htmlResponse(
    status,
    `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`,
  );
}
