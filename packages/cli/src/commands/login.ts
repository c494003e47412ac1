import type { SignInLinkCreate } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { openKeys, type KeyOptions } from "./open-keys.ts";

interface LoginOptions extends KeyOptions {
  /** Whom the audit trail names. */
  name: string;
  role: SignInLinkCreate["role"];
  /** Address of the Bridge, if working on the database. */
  url: string;
}

/** `bridgekit login`: prints a link that signs somebody in to the console, once and within 10 minutes. */
export async function login({ name, role, url, json, ...options }: LoginOptions, io: CommandIo): Promise<void> {
  await using keys = await openKeys(options, io);
  const { token, expires_at } = await keys.createSignInLink({ name, role });
  const link = toSignInLink(keys.bridgeUrl ?? url, token);
  if (json) io.print(JSON.stringify({ link, expires_at }));
  else io.print(`Sign in to organisation ${keys.org} as ${name} (${role}; works once, for 10 minutes):\n  ${link}`);
}

export function toSignInLink(bridgeUrl: string, token: string): string {
  return `${bridgeUrl.replace(/\/$/, "")}/sign-in/link?token=${token}`;
}
