import { startPostgres } from "@bridgekit/test-postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCommand } from "./support/start-command.ts";
import { readContainers, readManifests, type Container } from "./support/manifests.ts";

// The commands of the Kubernetes manifests on this machine, as their containers would run them.
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let containers: Map<string, { container: Container; graceSeconds: number }>;
beforeAll(async () => {
  postgres = await startPostgres();
  containers = new Map(
    readContainers(await readManifests()).map(({ pod, container }) => [
      container.name,
      { container, graceSeconds: pod.terminationGracePeriodSeconds ?? 30 },
    ]),
  );
});
afterAll(() => postgres.stop());

describe("the manifests' commands", () => {
  test("migrate, then serve twice, become ready, and end on SIGTERM without printing a secret", async () => {
    const env = { DATABASE_URL: postgres.url };
    const migrated = await startCommand(containers.get("migrate")!.container.args, env).ended;
    expect(migrated).toMatchObject({ code: 0, output: expect.stringContaining("The tables are up to date") });

    const { container } = containers.get("server")!;
    const servers = [1, 2].map(() => startCommand([...container.args, "--port", "0"], env));
    const probe = (port: string, path: string) => fetch(`http://127.0.0.1:${port}${path}`).then(({ status }) => status);
    const ports: string[] = [];
    for (const server of servers) {
      const port = await server.printed(/The Bridge is ready at http:\/\/0\.0\.0\.0:(\d+)/);
      expect(await probe(port, container.livenessProbe!.httpGet.path)).toBe(200);
      expect(await probe(port, container.readinessProbe!.httpGet.path)).toBe(200);
      ports.push(port);
    }

    servers[0]!.process.kill("SIGTERM");
    await expect.poll(() => probe(ports[0]!, container.readinessProbe!.httpGet.path)).toBe(503);
    servers[1]!.process.kill("SIGTERM");
    for (const server of servers) {
      const { code, output } = await server.ended;
      expect(code).toBe(0);
      expect(output).not.toMatch(/bk_|token=/);
    }
  });
});
