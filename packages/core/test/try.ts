import { z } from "zod";
import { defineConnector } from "../src/connector/define-connector.ts";
const base = {
  name: "x", title: "X",
  config: z.object({ url: z.url() }),
  resourceTypes: { department: { type: "group", name: "D" }, seat: { type: "license", name: "S" }, account: { type: "account", name: "A" } },
} as const;
type P = { id: string; mail: string; dep: string };
export const ok = defineConnector({
  ...base,
  connect: (config, { http }) => ({ url: config.url, h: http, async *people(): AsyncGenerator<P> {} }),
  check: async ({ client }) => [{ name: client.url, isOk: true }],
  sync: {
    async *department({ client }) { for await (const p of client.people()) yield { id: p.dep, name: p.dep }; },
    async *seat() { yield { id: "1", name: "n", max_count: 3 }; },
    async *account({ client, partial }) {
      for await (const p of client.people()) yield { id: p.id, email: p.mail, memberships: { department: [{ id: p.dep }] } };
      partial("x");
      yield { id: "2", username: "u", assignments: { seat: [{ id: "1" }] } };
    },
  },
  tasks: { async suspend_account({ client }, { account }) { client.url.length; account.id.length; },
    async update_account(_c, { changes }) { changes?.department?.added?.length; } },
});
// @ts-expect-error missing stream
defineConnector({ ...base, connect: () => 1, check: async () => [], sync: { async *department() {}, async *account() { } } });
defineConnector({ ...base, connect: () => 1, check: async () => [], sync: { async *department() {}, async *seat() {},
// @ts-expect-error membership key
  async *account() { yield { id: "1", email: "e", memberships: { department: [{ id: "x" }], nope: [{ id: "1" }] } }; } } });
defineConnector({ ...base, connect: () => 1, check: async () => [], sync: { async *department() {}, async *seat() {},
// @ts-expect-error no email
  async *account() { yield { id: "1" }; } } });
defineConnector({ ...base, connect: () => 1, check: async () => [], sync: { async *department() {}, async *seat() {}, async *account() { } },
// @ts-expect-error unknown action
  tasks: { async fire_account() {} } });
defineConnector({ ...base, connect: () => 1, check: async () => [], sync: { async *department() {}, async *seat() {}, async *account() { },
// @ts-expect-error unknown slug
 async *teem() {} } });
defineConnector({ ...base, connect: () => ({ a: 1 }), check: async () => [], sync: { async *department({ client }) {
// @ts-expect-error client type
  client.b; }, async *seat() {}, async *account() { } },
  tasks: { async update_account(_c, { changes }) {
// @ts-expect-error unknown slug in changes
    changes?.nope; } } });
