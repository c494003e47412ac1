import {
  createOdooSandbox,
  type OdooSandbox,
  type OdooState,
  type RunningSandbox,
} from "@bridgekit/connector-hr/sandbox";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A regional HR system: a sandbox that stands in for its Odoo, kept in a file between runs. */
export interface Region {
  key: string;
  name: string;
  sandbox: OdooSandbox;
  server: RunningSandbox;
  apiKey: string;
  save: () => Promise<void>;
}

const REGIONS = [
  { key: "emea", name: "HR EMEA", employees: 120, seed: 1 },
  { key: "apac", name: "HR APAC", employees: 80, seed: 2 },
  { key: "americas", name: "HR Americas", employees: 100, seed: 3 },
];

/** Starts the three systems, each with the people that the last run left it with. */
export async function startRegions(folder: string): Promise<Region[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    REGIONS.map(async ({ key, name, employees, seed }) => {
      const file = join(folder, `odoo-${key}.json`);
      const apiKey = `sandbox-key-${key}`;
      const saved = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as OdooState) : undefined;
      const sandbox = createOdooSandbox({
        apiKey,
        seed: { region: key, employees, seed },
        ...(saved && { state: saved }),
      });
      const save = async () => {
        await writeFile(`${file}.new`, JSON.stringify(sandbox.snapshot()));
        await rename(`${file}.new`, file);
      };
      await save();
      return { key, name, sandbox, apiKey, server: await sandbox.listen(), save };
    }),
  );
}
