import { createClient } from "@bridgekit/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";

describe.skipIf(browserPath === undefined)("keys and the API reference", () => {
  let console: Console;
  beforeAll(async () => {
    console = await openConsole();
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("a key is rotated: its new secret is shown once and works beside the old one", async () => {
    const { client } = console.org;
    const { id, key } = await client.createKey({ name: "HR connector", role: "auditor" });
    const { page, problems } = await console.open("/o/main/keys");
    await page.getByRole("button", { name: "Rotate the key HR connector" }).click();
    await page.getByLabel("The old secret ends").selectOption("after 7 days");
    await page.getByLabel("Reason (optional)").fill("TICKET-7");
    await page.getByRole("button", { name: "Rotate this key" }).click();
    const secret = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
    expect(secret).toMatch(new RegExp(`^bk_${id}_`));
    expect(secret).not.toBe(key);
    for (const apiKey of [key, secret]) {
      const caller = createClient({ baseUrl: `${console.url}/org/main`, apiKey });
      expect(await caller.getOrg()).toMatchObject({ slug: "main" });
    }
    await page.getByRole("button", { name: "I have copied it" }).click();
    await page.getByText("old secret ends in 7 d").waitFor();
    expect(await page.content()).not.toContain(secret);
    expect(await page.getByRole("button", { name: "Rotate the key HR connector" }).count()).toBe(0);
    const [entry] = await Array.fromAsync(client.listAudit());
    expect(entry).toMatchObject({ operation: "rotateKey", details: { reason: "TICKET-7" } });
    expect(problems).toEqual([]);
  });

  test("the overlap of a key is ended, and a key is revoked, each with a reason", async () => {
    const { client } = console.org;
    const { id, key } = await client.createKey({ name: "Night job", role: "auditor" });
    await client.rotateKey(id, { overlap_hours: 24 });
    const { page, problems } = await console.open("/o/main/keys");
    await page.getByRole("button", { name: "End the old secret of the key Night job" }).click();
    await page.getByLabel("Reason (optional)").fill("TICKET-8");
    await page.getByRole("button", { name: "End the old secret", exact: true }).click();
    await page.getByText('The old secret of "Night job" has ended.').waitFor();
    const caller = createClient({ baseUrl: `${console.url}/org/main`, apiKey: key });
    await expect(caller.getOrg()).rejects.toMatchObject({ status: 401 });
    await page.getByRole("button", { name: "Revoke the key Night job" }).click();
    await page.getByLabel("Reason (optional)").fill("TICKET-9");
    await page.getByRole("button", { name: "Revoke this key" }).click();
    await page.getByText('The key "Night job" is revoked.').waitFor();
    const entries = await Array.fromAsync(client.listAudit());
    expect(entries.slice(0, 2)).toMatchObject([
      { operation: "revokeKey", details: { reason: "TICKET-9" } },
      { operation: "deleteOldSecret", details: { reason: "TICKET-8" } },
    ]);
    expect(problems).toEqual([]);
  });

  test("the new secret stays on the screen while the list under it is read again", async () => {
    const { client } = console.org;
    await client.createKey({ name: "Wiki connector", role: "connector" });
    const { page } = await console.open("/o/main/keys");
    await page.getByRole("button", { name: "Rotate the key Wiki connector" }).click();
    await page.getByRole("button", { name: "Rotate this key" }).click();
    await page.getByText("never shows it again").waitFor();
    await client.createKey({ name: "Late connector", role: "connector" });
    const isRead = async () => {
      await page.evaluate(() => {
        dispatchEvent(new Event("offline"));
        dispatchEvent(new Event("online"));
      });
      return page.getByText("Late connector").count();
    };
    await expect.poll(isRead, { interval: 1_000 }).toBe(1);
    expect(await page.getByText("never shows it again").count()).toBe(1);
  });

  test("the menu leads to the API reference, in a tab of its own", async () => {
    const { page } = await console.open();
    await page.getByRole("button", { name: "Your session" }).click();
    const [reference] = await Promise.all([
      page.waitForEvent("popup"),
      page.getByRole("menuitem", { name: "API reference" }).click(),
    ]);
    expect(reference.url()).toBe(`${console.url}/docs`);
    await reference.getByText("Rename an app or set its removal guard").first().waitFor({ state: "attached" });
  });
});
