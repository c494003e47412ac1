import type { SignInOptions } from "@bridgekit/server";
import { UsageError } from "../usage-error.ts";

type Roles = NonNullable<SignInOptions["oidc"]>["roles"];

const REQUIRED = ["BRIDGE_OIDC_ISSUER", "BRIDGE_OIDC_CLIENT_ID", "BRIDGE_OIDC_ROLES", "BRIDGE_PUBLIC_URL"] as const;

/** Reads from `BRIDGE_OIDC_*` who may sign in to the console; by links and API keys alone if none of them is set. */
export function readSignIn(env: NodeJS.ProcessEnv, org: string): SignInOptions {
  const set = Object.keys(env).filter((name) => name.startsWith("BRIDGE_OIDC_") && env[name]);
  if (set.length === 0) return {};
  const missing = REQUIRED.filter((name) => !env[name]);
  if (missing.length > 0) throw new UsageError(`${set[0]} is set, so ${missing.join(" and ")} must be set, too.`);
  const { BRIDGE_OIDC_ISSUER: issuer = "", BRIDGE_OIDC_CLIENT_ID: clientId = "" } = env;
  return {
    oidc: {
      issuer,
      clientId,
      publicUrl: env["BRIDGE_PUBLIC_URL"] ?? "",
      roles: toRoles(env["BRIDGE_OIDC_ROLES"] ?? ""),
      org: env["BRIDGE_OIDC_ORG"] || org,
      ...(env["BRIDGE_OIDC_CLIENT_SECRET"] && { clientSecret: env["BRIDGE_OIDC_CLIENT_SECRET"] }),
      ...(env["BRIDGE_OIDC_ROLE_CLAIM"] && { roleClaim: env["BRIDGE_OIDC_ROLE_CLAIM"] }),
      ...(env["BRIDGE_OIDC_SCOPE"] && { scope: env["BRIDGE_OIDC_SCOPE"] }),
      ...(env["BRIDGE_OIDC_TITLE"] && { title: env["BRIDGE_OIDC_TITLE"] }),
    },
  };
}

/** Converts `admin=it-admins;auditor=audit,finance`. */
function toRoles(text: string): Roles {
  const roles: Record<string, string[]> = {};
  for (const part of text.split(";").filter((one) => one.trim() !== "")) {
    // A value may have an equals sign itself.
    const [role = "", ...rest] = part.split("=").map((one) => one.trim());
    const values = rest.join("=");
    if (!isRole(role) || !values)
      throw new UsageError(
        `BRIDGE_OIDC_ROLES has "${part.trim()}"; write it like admin=it-admins;operator=it;auditor=audit,finance.`,
      );
    roles[role] = values.split(",").map((value) => value.trim());
  }
  return roles;
}

function isRole(role: string): role is keyof Roles {
  return role === "admin" || role === "operator" || role === "auditor";
}
