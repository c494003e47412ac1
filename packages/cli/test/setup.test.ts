import { createOdooSandbox } from "@bridgekit/connector-hr/sandbox";
import { createTestBridge } from "@bridgekit/server/testing";
import { spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { runInProcess } from "./support/run-in-process.ts";

const path = (from: string) => fileURLToPath(new URL(from, import.meta.url));
let folder: string;
let config: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bridgekit-init-"));
  config = join(folder, "bridge.config.ts");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const init = (...connectors: string[]) => runInProcess(["init", ...connectors, "--config", config]);

test("init writes a working config for the installed connectors, and doctor finds every problem", async () => {
  expect(await init()).toMatchObject({ code: 2, stderr: expect.stringContaining("There is no package.json in") });
  const dependencies = { "@bridgekit/connector-hr": "*" };
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module", dependencies }));
  await mkdir(join(folder, "node_modules/@bridgekit"), { recursive: true });
  await symlink(path("../"), join(folder, "node_modules/@bridgekit/cli"));
  await symlink(path("../../../connectors/hr"), join(folder, "node_modules/@bridgekit/connector-hr"));
  expect(await init()).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("bridgekit init hr:odoo, bridgekit init hr:bamboohr"),
  });
  expect((await init("jira")).stderr).toContain('No connector "jira" is installed');
  const { code, stdout } = await init("hr:odoo");
  expect(stdout.match(/export \w+/g)).toEqual(
    ["BRIDGE_URL", "BRIDGE_API_KEY", "HR_ODOO_URL", "HR_ODOO_API_KEY"].map((name) => `export ${name}`),
  );
  expect(code).toBe(0);
  expect((await init("hr:odoo")).stderr).toContain("bridge.config.ts already exists");

  const odoo = createOdooSandbox({ apiKey: "odoo-canary", seed: { employees: 3 } });
  const system = await odoo.listen();
  vi.stubEnv("HR_ODOO_URL", system.url);
  vi.stubEnv("HR_ODOO_API_KEY", "odoo-canary");
  const server = await createTestBridge();
  const org = await server.openOrg();
  const env = { BRIDGE_URL: org.url, BRIDGE_API_KEY: org.apiKey };
  const doctor = (skewSeconds: number, apiKey = org.apiKey) => {
    const date = new Date(Date.now() - skewSeconds * 1000).toUTCString();
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const response = await org.fetch(input, init);
      return new Response(response.body, {
        status: response.status,
        headers: { ...Object.fromEntries(response.headers), date },
      });
    };
    return runInProcess(["doctor", "--config", config], { env: { ...env, BRIDGE_API_KEY: apiKey }, fetch });
  };
  const healthy = await doctor(0);
  expect(healthy.stdout).not.toContain("FAIL");
  expect(healthy.stdout).toMatch(/Bridge: ok {3}clock .*\n.*hr-odoo: ok {3}API key/);
  expect(healthy.code).toBe(0);

  await chmod(join(folder, ".bridge"), 0o777);
  odoo.fault(() => ({ kind: "login-page" }));
  const ill = await doctor(3600, "bk_wrong");
  expect(ill.stdout).toContain("state: FAIL folder (");
  expect(ill.stdout).toContain("Bridge: FAIL API key (The Bridge returned 401");
  expect(ill.stdout).toMatch(/Bridge: FAIL clock \(the clock of this machine is \d+ seconds ahead of the Bridge's/);
  expect(ill.stdout).toContain("hr-odoo: FAIL connection (");
  expect(ill.stdout).not.toContain("canary");
  expect(ill.code).toBe(1);
  expect(await Array.fromAsync(org.client.listApps())).toEqual([]);
  await Promise.all([server.close(), system.close()]);
  vi.unstubAllEnvs();
});

test("doctor reports a broken config and stops there", async () => {
  expect(await runInProcess(["doctor", "--config", config])).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/^Node: ok .*\nconfig: FAIL .*bridge\.config\.ts does not exist/),
  });
});

test.each([
  { words: ["bridgekit", "se"], completes: ["sessions"] },
  { words: ["bridgekit", "sessions", "c"], completes: ["changes", "confirm"] },
  { words: ["bridgekit", "tasks", "list", "--s"], completes: ["--status"] },
  { words: ["bridgekit", "--verbose", "keys", "create", "--ro"], completes: ["--role"] },
])("bash completes $words", async ({ words, completes }) => {
  const { stdout } = await runInProcess(["completion", "bash"]);
  const call = `COMP_WORDS=(${words.join(" ")}); COMP_CWORD=${words.length - 1}; _bridgekit; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout: lines, stderr } = spawnSync("bash", ["-c", `${stdout}\n${call}`], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(lines.trim().split("\n")).toEqual(completes);
});

test("zsh and fish get their own scripts", async () => {
  expect((await runInProcess(["completion", "zsh"])).stdout).toMatch(/^#compdef bridgekit\n/);
  expect((await runInProcess(["completion", "fish"])).stdout).toMatch(
    /complete -c bridgekit -n "__bridgekit_at sessions" -a "list show /,
  );
  expect((await runInProcess(["completion", "tcsh"])).code).toBe(2);
});
