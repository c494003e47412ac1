import { createClient } from "@bridgekit/client";
import { hr } from "@bridgekit/connector-hr";
import { createConnection, runSync } from "@bridgekit/core";

/** The connector of the bench, in a process of its own, so that its memory is its own. */
const { bridgeUrl, apiKey, appId, odooUrl } = JSON.parse(process.argv[2]!) as Record<string, string>;
const bridge = createClient({ baseUrl: bridgeUrl!, apiKey: apiKey! });
const connection = await createConnection(hr, { url: odooUrl, apiKey: "bench" });

const started = performance.now();
let pushedAt = started;
const onProgress = () => {
  pushedAt = performance.now();
};
const { status, pushed } = await runSync({ bridge, appId: appId!, connection, onProgress });
console.log(
  JSON.stringify({
    status,
    records: Object.values(pushed).reduce((sum, count) => sum + count, 0),
    pushSeconds: (pushedAt - started) / 1000,
    totalSeconds: (performance.now() - started) / 1000,
    // Kilobytes on Linux and macOS.
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
process.exit(0);
