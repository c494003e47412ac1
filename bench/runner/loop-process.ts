import { measureRun, PAGES_IN_FLIGHT, recordsOf } from "./measured-run.ts";

/** A hand-written loop: pages of 100, several in flight, and the end of the session. */
await measureRun(async ({ url, key, app, accounts }) => {
  const base = `${url}/api/v1/bridge/apps/${app}/sync/`;
  const call = async (method: string, path: string, body?: string): Promise<any> => {
    const headers = { authorization: `Api-Key ${key}`, "content-type": "application/json" };
    const response = await fetch(base + path, { method, headers, ...(body !== undefined && { body }) });
    if (!response.ok) throw new Error(`${method} ${path} returned ${response.status}`);
    return response.json();
  };

  const { sync_id: syncId } = await call("POST", "");
  for (const slug of ["team", "department", "license", "account"]) {
    const pages = toPages(recordsOf(slug, accounts));
    const push = async () => {
      for await (const page of pages) await call("PUT", `${syncId}/${slug}/`, JSON.stringify({ records: page }));
    };
    await Promise.all(Array.from({ length: PAGES_IN_FLIGHT }, push));
  }
  await call("POST", `${syncId}/complete/`);
  while ((await call("GET", `${syncId}/`)).status !== "completed")
    await new Promise((resolve) => setTimeout(resolve, 100));
});

async function* toPages<T>(records: AsyncIterable<T>): AsyncGenerator<T[]> {
  let page: T[] = [];
  for await (const record of records) {
    page.push(record);
    if (page.length < 100) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
