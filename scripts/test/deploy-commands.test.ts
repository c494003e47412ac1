import { startPostgres } from "@bridgekit/test-postgres";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCommand } from "./support/start-command.ts";
import { readContainers, readManifests, type Container } from "./support/manifests.ts";

// The commands of the Kubernetes manifests on this machine, as their containers would run them.
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let containers: Map<string, Container>;
beforeAll(async () => {
  postgres = await startPostgres();
  containers = new Map(readContainers(await readManifests()).map(({ container }) => [container.name, container]));
});
afterAll(() => postgres.stop());

describe("the manifests' commands", () => {
  test("migrate, then serve twice, become ready, and end on SIGTERM without printing a secret", async () => {
    const env = { DATABASE_URL: postgres.url };
    const migrated = await startCommand(containers.get("migrate")!.args, env).ended;
    expect(migrated).toMatchObject({ code: 0, output: expect.stringContaining("The tables are up to date") });

    const container = containers.get("server")!;
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

  test("a worker is healthy and ready, syncs its app, and ends on SIGTERM", async () => {
    const database = { DATABASE_URL: postgres.url };
    const server = startCommand([...containers.get("server")!.args, "--port", "0"], database);
    const port = await server.printed(/http:\/\/0\.0\.0\.0:(\d+)/);
    const create = ["keys", "create", "--database", "--name", "workers", "--role", "connector", "--own-apps"];
    const key = /bk_\S+/.exec((await startCommand(create, database).ended).output)?.[0];

    const container = containers.get("worker")!;
    const env = {
      FLEET_DATABASE_URL: postgres.url,
      BRIDGE_URL: `http://127.0.0.1:${port}/org/main`,
      BRIDGE_API_KEY: key,
    };
    expect(container.env?.map(({ name }) => name)).toEqual(Object.keys(env));
    const config = fileURLToPath(new URL("support/worker.config.ts", import.meta.url));
    const worker = startCommand([...container.args, "--health-port", "0", "--config", config], env);
    const health = await worker.printed(/health at http:\/\/0\.0\.0\.0:(\d+)/);
    for (const probe of [container.startupProbe!, container.livenessProbe!, container.readinessProbe!])
      expect((await fetch(`http://127.0.0.1:${health}${probe.httpGet.path}`)).status).toBe(200);
    await worker.printed(/("event":"sync.ended")/);

    worker.process.kill("SIGTERM");
    const { code, output } = await worker.ended;
    expect(code).toBe(0);
    expect(output).not.toContain(key);
    server.process.kill("SIGTERM");
    await server.ended;
  });
});
