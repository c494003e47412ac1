import { readFile } from "node:fs/promises";
import { parse, parseAllDocuments } from "yaml";

const folder = new URL("../../../deploy/kubernetes/", import.meta.url);

interface Probe {
  httpGet: { path: string; port: string };
}

export interface Container {
  name: string;
  args: string[];
  env?: { name: string; value?: string }[];
  ports?: { name: string; containerPort: number }[];
  securityContext: { readOnlyRootFilesystem: boolean };
  startupProbe?: Probe;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
}

export interface PodSpec {
  containers: Container[];
  securityContext: { runAsNonRoot: boolean };
  terminationGracePeriodSeconds?: number;
}

/** A Kubernetes object; what `spec` has depends on its kind. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec: any;
}

/** The objects that the kustomization lists. */
export async function readManifests(): Promise<Manifest[]> {
  const { resources } = parse(await readFile(new URL("kustomization.yaml", folder), "utf8")) as { resources: string[] };
  const files = await Promise.all(resources.map((file) => readFile(new URL(file, folder), "utf8")));
  return files.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as Manifest));
}

/** Every container with its pod. */
export function readContainers(manifests: readonly Manifest[]): { pod: PodSpec; container: Container }[] {
  return manifests
    .filter(({ kind }) => kind === "Deployment" || kind === "Job")
    .flatMap(({ spec }) => {
      const pod = spec.template.spec as PodSpec;
      return pod.containers.map((container) => ({ pod, container }));
    });
}
