import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { type RunningWiki, runWiki } from "./support/run-wiki.ts";

describe.skipIf(browserPath === undefined)("with a connector that runs", () => {
  let console: Console;
  let wiki: RunningWiki;
  beforeAll(async () => {
    console = await openConsole();
    wiki = await runWiki(console.org.client);
  });
  afterAll(async () => {
    await wiki[Symbol.asyncDispose]();
    await console[Symbol.asyncDispose]();
  });

  test("a task that is made in the console is carried out and seen done, and its effect by the next sync", async () => {
    const { page, problems } = await console.open(`/o/main/apps/${wiki.appId}/tasks/new?account=ida`);
    await page.getByRole("button", { name: "+ Support" }).click();
    await page.getByLabel("Reason (optional)").fill("TICKET-7");
    await page.getByRole("button", { name: "Change account" }).click();
    await page.getByText("Done, as reported").waitFor();
    expect([...wiki.accounts.get("ida")!.teams]).toEqual(["eng", "sup"]);
    const life = page.getByRole("region", { name: "Its life" });
    await life.getByText(/^Claimed by runner/).waitFor();
    await life.getByText(/^Begun by runner/).waitFor();
    await life.getByText("Reason: TICKET-7").waitFor();
    await life.getByText("No sync has seen it yet").waitFor();
    await wiki.sync();
    await life.getByText("+ Support").waitFor();
    await life.getByRole("link", { name: "sync", exact: true }).click();
    await page.getByRole("heading", { name: /^Sync of/ }).waitFor();
    expect(problems).toEqual([]);
  });

  test("a task is undone, which the system sees", async () => {
    const { page, problems } = await console.open(`/o/main/apps/${wiki.appId}/tasks/new?account=milo`);
    await page.getByRole("radio", { name: "Suspend account", exact: true }).check();
    await page.getByRole("button", { name: "Suspend account" }).click();
    await page.getByRole("button", { name: "Undo…" }).click();
    expect(wiki.accounts.get("milo")!.isSuspended).toBe(true);
    await page.getByRole("button", { name: "Unsuspend account" }).click();
    await page.getByText("The inverse task was made.").waitFor();
    await expect.poll(() => wiki.accounts.get("milo")!.isSuspended).toBe(false);
    expect(problems).toEqual([]);
  });

  test("a sync is watched while it runs: its app says so, and then is in step again", async () => {
    const { page } = await console.open("/o/main/apps");
    await page.getByRole("row", { name: /Wiki/ }).getByText("In step").waitFor();
    const syncId = await console.org.client.startSync(wiki.appId);
    await page.getByRole("row", { name: /Wiki/ }).getByText("Syncing").waitFor();
    await console.org.client.abandonSync(wiki.appId, syncId);
    await wiki.sync();
    await page.getByRole("row", { name: /Wiki/ }).getByText("In step").waitFor();
  });
});
