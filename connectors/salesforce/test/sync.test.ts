import { expect, test } from "vitest";
import { connectSalesforce, peopleOf, readStream } from "./support/connect-salesforce.ts";

const byId = (records: any[], id: string) => records.find((record) => record.id === id);

test("of an org as it was recorded, 3 of 7 users are accounts: active, suspended where frozen, and inactive", async () => {
  const { sandbox, connection } = await connectSalesforce({ seed: { people: 3 } });
  expect(sandbox.org.rows("User")).toHaveLength(8);
  const { records, missing } = await readStream(connection, "account");
  expect(missing).toEqual([]);
  expect(records).toHaveLength(4);
  const [active, frozen, inactive] = peopleOf(sandbox);
  expect(byId(records, active!.Id)).toMatchObject({
    username: active!["Username"],
    email: active!["Email"],
    first_name: active!["FirstName"],
    last_name: active!["LastName"],
    display_name: active!["Name"],
    status: "active",
  });
  expect(byId(records, frozen!.Id).status).toBe("suspended");
  expect(byId(records, inactive!.Id).status).toBe("inactive");
});
