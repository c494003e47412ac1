import { STATUS_CODES } from "node:http";

export function jsonResponse(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, "content-type": "application/json; charset=utf-8" },
  });
}

export function htmlResponse(status: number, page: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(page, { status, headers: { ...headers, "content-type": "text/html; charset=utf-8" } });
}

/** An error page of the proxy in front of a product. */
export function proxyPage(status: number): string {
  const title = `${status} ${STATUS_CODES[status] ?? "Error"}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
}

export const loginPage =
  "<!DOCTYPE html>\n<html>\n<head><title>Login</title></head>\n" +
  '<body><form class="login" method="post" action="/login"></form></body>\n</html>\n';
