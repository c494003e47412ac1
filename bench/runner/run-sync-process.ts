import { createClient } from "@bridgekit/client";
import { defineConnector } from "@bridgekit/core";
import { createConnection, keepHeapSmall, runSync } from "@bridgekit/core/run";
import { z } from "zod";
import { measureRun, PAGES_IN_FLIGHT, recordsOf } from "./measured-run.ts";

/** The runner with the records of the loop; `small-heap` as the last argument keeps the heap small. */
if (process.argv.at(-1) === "small-heap") keepHeapSmall();
await measureRun(async ({ url, key, app, accounts }) => {
  const connector = defineConnector({
    name: "memory",
    title: "Records out of memory",
    config: z.object({}),
    resourceTypes: {
      team: { type: "group", name: "Team" },
      department: { type: "group", name: "Department" },
      license: { type: "license", name: "License" },
      account: { type: "account", name: "Account" },
    },
    connect: () => undefined,
    check: () => Promise.resolve([]),
    sync: () => ({
      team: () => recordsOf("team", accounts),
      department: () => recordsOf("department", accounts),
      license: () => recordsOf("license", accounts),
      account: () => recordsOf("account", accounts),
    }),
  });
  const bridge = createClient({ baseUrl: url, apiKey: key });
  const connection = await createConnection(connector, {});
  const { status } = await runSync({ bridge, appId: app, connection, pagesInFlight: PAGES_IN_FLIGHT });
  if (status !== "completed") throw new Error(`The sync ended as ${status}.`);
});
