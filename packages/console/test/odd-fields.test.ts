import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { goTo } from "./support/every-page.ts";
import { type Console, openConsole } from "./support/open-console.ts";

/** Allowed in a group, where they are fields of its system's own. */
const ODD = { memberships: { team: null, 0: 7 }, assignments: "none", email: { work: "x" }, username: 5 };

describe.skipIf(browserPath === undefined)("a group with fields that are called like those of an account", () => {
  let console: Console;
  let appId: string;
  const syncs: string[] = [];
  beforeAll(async () => {
    console = await openConsole();
    const { client } = console.org;
    ({ id: appId } = await client.createApp({ name: "Wiki" }));
    await client.createResourceType(appId, { slug: "team", name: "Team", type: "group" });
    for (const extra of [ODD, { ...ODD, memberships: { team: 3 }, note: "changed" }]) {
      const syncId = await client.startSync(appId);
      await client.pushPage(appId, syncId, "team", [{ id: "t1", name: "Design", ...extra }]);
      await client.completeSync(appId, syncId);
      await console.bridge.whenReconciled();
      syncs.push(syncId);
    }
    await console.bridge.whenIndexed();
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test.each([
    ["what created it", () => `syncs/${syncs[0]}`, "Design"],
    ["what changed it", () => `syncs/${syncs[1]}`, '{"team":3}'],
    ["the record", () => "records/team/record?id=t1", "Design"],
    ["why", () => "records/team/why?id=t1", "Design"],
    ["the list", () => "records/team", "Design"],
  ])("is shown: %s", async (_, path, shows) => {
    const { page, problems } = await console.open();
    await goTo(page, { path: `/o/main/apps/${appId}/${path()}`, shows });
    expect(await page.getByText("This page could not be shown").count()).toBe(0);
    expect(problems).toEqual([]);
  });
});
