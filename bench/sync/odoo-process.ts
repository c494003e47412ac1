import { createOdooSandbox } from "@bridgekit/connector-hr/sandbox";

/** The HR system of the bench, in a process of its own. */
const odoo = createOdooSandbox({ apiKey: "bench", seed: { employees: Number(process.argv[2]) } });
const { url } = await odoo.listen();
console.log(JSON.stringify({ url }));
process.on("SIGTERM", () => process.exit(0));
