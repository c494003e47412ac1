import { readFileSync } from "node:fs";
import type { ApiDescription } from "@bridgekit/sandbox";

export const CLOUD_ID = "11111111-2222-4333-8444-555555555555";

const document: unknown = JSON.parse(
  readFileSync(new URL("../vendor-specs/jira-platform-v3.openapi.json", import.meta.url), "utf8"),
);
const gateway = `/ex/jira/${CLOUD_ID}`;

/** Atlassian's description of Jira's API, of the site itself and of the gateway to it. */
export const descriptions: ApiDescription[] = [
  { document, covers: (path) => path.startsWith("/rest/api/3/") },
  { document, basePath: gateway, covers: (path) => path.startsWith(`${gateway}/`) },
];
