import { STATUS_CODES } from "node:http";
import { htmlResponse } from "@bridgekit/testing/sandbox";

/** An error page of Odoo's web server, for what never reaches the JSON-2 dispatcher. */
export function werkzeugPage(status: number, text: string): Response {
  const title = STATUS_CODES[status] ?? "Error";
  return htmlResponse(
    status,
    `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`,
  );
}
