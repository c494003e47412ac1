import { describe, expect, test } from "vitest";
import { type ApiResponse } from "./support/api.ts";
import { DATABASES } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

const COUNT = 40;
const person = (number: number, team: string, extra: object = {}) => ({
  id: `u${String(number).padStart(3, "0")}`,
  email: `person${number}@example.com`,
  display_name: `Given${number} Family`,
  memberships: { team: [{ id: team }] },
  assignments: { seat: [{ id: number % 2 === 0 ? "even" : "odd" }] },
  ...extra,
});

describe.each(DATABASES)("members and users of licenses on %s", async (kind) => {
  const { bridge, api } = await setUpBridge(kind);

  const list = (app: string, query: string) => api.call("GET", `/apps/${app}/records/account/${query}`);
  const idsOf = ({ body }: ApiResponse): string[] => body.records.map(({ data }: { data: { id: string } }) => data.id);

  async function pages(app: string, query: string): Promise<string[]> {
    const seen: string[] = [];
    for (let address: string | null = `${api.base}/apps/${app}/records/account/${query}`; address !== null;) {
      const page: ApiResponse = await api.call("GET", address);
      seen.push(...idsOf(page));
      address = page.body.next;
    }
    return seen;
  }

  /**
   * Both ways of finding members agree: right after a reconciliation the index may be behind, a little later it is not.
   */
  async function expectEventually(app: string, query: string, expected: string[]): Promise<void> {
    expect(await pages(app, query)).toEqual(expected);
    await bridge.whenIndexed();
    expect(await pages(app, query)).toEqual(expected);
  }

  const range = (from: number, to: number, step = 1) =>
    Array.from(
      { length: Math.ceil((to - from) / step) },
      (_, index) => `u${String(from + index * step).padStart(3, "0")}`,
    );

  test("are found by group and by license, in pages that follow the cursor", async () => {
    const app = await api.createApp();
    const people = Array.from({ length: COUNT }, (_, index) => person(index, index < 25 ? "g1" : "g2"));
    await api.sync(app, [["account", people]]);
    await expectEventually(app, "?member_of=team:g1&limit=7", range(0, 25));
    await expectEventually(app, "?assigned=seat:odd&limit=6", range(1, COUNT, 2));
    await expectEventually(app, "?member_of=team:g2&assigned=seat:even", range(26, COUNT, 2));
    await expectEventually(app, "?member_of=team:nobody", []);
  });

  test("follow every change, and keep the session in which an account was removed", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", [person(0, "g1"), person(1, "g1"), person(2, "g2")]]]);
    await bridge.whenIndexed();
    await api.sync(app, [["account", [person(0, "g2"), person(1, "g1", { memberships: {} }), person(2, "g2")]]]);
    await expectEventually(app, "?member_of=team:g1", []);
    await expectEventually(app, "?member_of=team:g2", ["u000", "u002"]);
    await api.sync(app, [["account", [person(0, "g2")]]]);
    await expectEventually(app, "?member_of=team:g2", ["u000", "u002"]);
    await expectEventually(app, "?member_of=team:g2&status=active", ["u000"]);
    await expectEventually(app, "?member_of=team:g2&status=inactive", ["u002"]);
  });

  test("are those of one app, also among clones", async () => {
    const app = await api.createApp();
    const { body: clone } = await api.call("POST", "/apps/", { name: "clone", clone_from: app });
    await api.sync(app, [["account", [person(0, "g1")]]]);
    await api.sync(clone.id, [["account", [person(7, "g1")]]]);
    await expectEventually(app, "?member_of=team:g1", ["u000"]);
    await expectEventually(clone.id, "?member_of=team:g1", ["u007"]);
  });

  test("of an unknown type get 400 with its name", async () => {
    const app = await api.createApp();
    expect(await list(app, "?member_of=seat:s1")).toMatchObject({
      status: 400,
      body: { detail: 'member_of: no group type has the slug "seat"' },
    });
    expect((await list(app, "?assigned=team:g1")).status).toBe(400);
    expect((await list(app, "?member_of=g1")).status).toBe(400);
    expect((await list(app, "?member_of=team:")).status).toBe(400);
  });
});
