import type { SignInLinkCreate } from "@bridgekit/client";
import type { Page } from "playwright-core";
import type { Console } from "./open-console.ts";

/** Opens a browser of its own, signed in as a person of this name and role. */
export async function signInByLink(
  { bridge, browser, url }: Console,
  person: Pick<SignInLinkCreate, "name" | "role">,
): Promise<Page> {
  const { token } = await bridge.createSignInLink({ org: "main", ...person });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/sign-in/link?token=${token}`);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${url}/o/main`);
  return page;
}
