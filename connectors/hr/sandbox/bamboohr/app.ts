import { Hono, type Context } from "hono";
import type { Access } from "./access.ts";
import type { ApiEnvironment } from "./api.ts";
import { BambooError, notFound, unauthorized } from "./bamboo-error.ts";
import type { BambooCompany } from "./bamboo-company.ts";
import { changes } from "./routes/changes.ts";
import { directory } from "./routes/directory.ts";
import { employeeList } from "./routes/employee-list.ts";
import { employees } from "./routes/employees.ts";
import { meta } from "./routes/meta.ts";
import { reports } from "./routes/reports.ts";
import { createRow, tables } from "./routes/tables.ts";

export interface AppOptions {
  company: BambooCompany;
  access: Access;
  /** The company in the paths of the older gateway. */
  companyName: string;
  apiKey: string;
  pageSize: number;
}

/** The sandbox's HTTP app: the company's own address, and the older gateway to it. */
export function createApp(options: AppOptions): Hono<ApiEnvironment> {
  const app = new Hono<ApiEnvironment>();
  for (const path of ["/api", `/api/gateway.php/${options.companyName}`]) mount(app, path, options);
  app.notFound(() => notFound("The requested resource does not exist").toResponse());
  app.onError((error) => {
    // Errors of the sandbox itself go to the caller of `fetch`.
    if (!(error instanceof BambooError)) throw error;
    return error.toResponse();
  });
  return app;
}

function mount(app: Hono<ApiEnvironment>, path: string, { company, access, apiKey, pageSize }: AppOptions): void {
  for (const version of ["v1", "v1_1"])
    app.use(`${path}/${version}/*`, async (context, next) => {
      if (readKey(context) !== apiKey) throw unauthorized();
      context.set("company", company);
      context.set("access", access);
      context.set("base", `${new URL(context.req.url).origin}${path}/v1`);
      context.set("pageSize", pageSize);
      await next();
    });
  // Before the employees, or "changed" and "directory" would be taken for ids.
  for (const routes of [changes, directory, employeeList, tables, employees, meta, reports])
    app.route(`${path}/v1`, routes);
  app.route(`${path}/v1_1`, createRow);
}

/** The key is the user name of `Basic`, with any password. */
function readKey(context: Context): string | undefined {
  const encoded = /^basic\s+(\S+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
  return Buffer.from(encoded ?? "", "base64")
    .toString()
    .split(":")[0];
}
