import { describe, expect, test } from "vitest";
import { GROUP } from "../../sandbox/index.ts";
import { openSandbox, openWithUser } from "./call-odoo.ts";

const person = (login: string) => ({ login, name: login, email: `${login}@example.com` });

describe("accounts", () => {
  test("a new user gets the default groups, and an invitation unless the context says no", async () => {
    const { sandbox, call } = openSandbox();
    const { body: ids } = await call("res.users/create", { vals_list: [person("ann"), person("ben")] });
    await call("res.users/create", { vals_list: [person("cem")], context: { no_reset_password: true } });
    const { body } = await call("res.users/read", { ids: [ids[0]], fields: ["group_ids", "create_uid", "role"] });
    expect(body[0]).toMatchObject({ group_ids: [18, 1], create_uid: [2, "Administrator"], role: "group_user" });
    expect(["ann", "ben", "cem"].map((login) => sandbox.mails(login).invitation)).toEqual([1, 1, 0]);
  });

  test("creating several is one transaction", async () => {
    const { sandbox, call } = openSandbox();
    const before = sandbox.users().length;
    for (const second of [{ login: "new", name: "Twice" }, { login: "other" }, { name: "No login" }]) {
      const response = await call("res.users/create", { vals_list: [{ login: "new", name: "New" }, second] });
      expect(response).toMatchObject({ status: 422, body: { name: "odoo.exceptions.ValidationError" } });
    }
    expect(sandbox.users()).toHaveLength(before);
  });

  test("commands link, unlink, clear and replace the direct groups", async () => {
    const { call, id } = await openWithUser();
    const after = async (...commands: unknown[]) => {
      await call("res.users/write", { ids: [id], vals: { group_ids: commands } });
      return (await call("res.users/read", { ids: [id], fields: ["group_ids"] })).body[0].group_ids;
    };
    expect(await after([4, 9], [4, 8])).toEqual([18, 9, 8, 1]);
    expect(await after([4, 9])).toEqual([18, 9, 8, 1]);
    expect(await after([3, 18])).toEqual([9, 8, 1]);
    expect(await after([6, 0, [1, 17]])).toEqual([17, 1]);
    expect(await after([5], [4, 1])).toEqual([1]);
  });

  test("an implied group remains after its removal", async () => {
    const { call, id } = await openWithUser();
    await call("res.users/write", { ids: [id], vals: { group_ids: [[4, 17]] } });
    await call("res.users/write", { ids: [id], vals: { group_ids: [[3, 17]] } });
    const { body } = await call("res.users/read", { ids: [id], fields: ["group_ids", "all_group_ids"] });
    expect(body[0].group_ids).not.toContain(17);
    expect(body[0].all_group_ids).toEqual(expect.arrayContaining([18, 17, 1, 7]));
  });

  test("Odoo refuses changes that would lock everybody out", async () => {
    const { call, id } = await openWithUser();
    const message = async (path: string, named: Record<string, unknown>) => (await call(path, named)).body.message;
    const write = (ids: number[], vals: object) => message("res.users/write", { ids, vals });
    expect(await write([2], { active: false })).toBe("You cannot deactivate the user you're currently logged in as.");
    expect(await write([1], { active: true })).toBe("You cannot activate the superuser.");
    expect(await write([2], { group_ids: [[3, 4]] })).toBe("You must have at least an administrator user.");
    expect(await write([id], { group_ids: [[4, GROUP.portal]] })).toContain("exclusive groups");
    expect(await write([id], { login: "admin" })).toContain("You can not have two users with the same login!");
    expect(await message("res.users/unlink", { ids: [2] })).toContain("Instead, archive it.");
  });

  test("an account that is in use or has an employee cannot be deleted until it is detached", async () => {
    const { sandbox, call, id } = await openWithUser();
    const { body } = await call("hr.employee/create", { vals_list: [{ user_id: id }] });
    sandbox.protectUser(id);
    const refused = await call("res.users/unlink", { ids: [id] });
    expect(refused).toMatchObject({ status: 422, body: { name: "odoo.exceptions.ValidationError" } });

    const other = sandbox.addUser({ login: "ulf", name: "Ulf", departmentId: 1 });
    const held = await call("res.users/unlink", { ids: [other] });
    expect(held.body.message).toContain("The troublemaker is: 'Employee' (hr.employee)");
    const employee = sandbox.employees().find(({ user_id }) => user_id === other)!;
    await call("hr.employee/write", { ids: [employee.id], vals: { user_id: false } });
    expect((await call("res.users/unlink", { ids: [other] })).body).toBe(true);
    expect(sandbox.employees().filter((employee) => employee.user_id === other)).toEqual([]);
    expect(sandbox.employees().find((employee) => employee.id === body[0])?.user_id).toBe(id);
  });

  test("a password reset is a mail, but not for archived users or those without an address", async () => {
    const { sandbox, call, id } = await openWithUser();
    const reset = (userId: number) => call("res.users/action_reset_password", { ids: [userId] });
    expect((await reset(id)).body.params.message).toBe("A reset password link was sent by email");
    sandbox.archiveUser(id);
    expect((await reset(id)).body.message).toBe("You cannot perform this action on an archived user.");
    expect((await reset(3)).body.message).toBe("Cannot send email: user Low has no email address.");
    expect(sandbox.mails("pat")).toEqual({ invitation: 0, reset: 1 });
  });

  test("an employee takes over its user's name and address, and each user has one employee", async () => {
    const { call, id } = await openWithUser();
    const values = { user_id: id, department_id: 3 };
    const { body } = await call("hr.employee/create", { vals_list: [values] });
    const fields = ["name", "work_email", "department_id"];
    const { body: rows } = await call("hr.employee/read", { ids: body, fields });
    const department_id = [3, "Management / Research & Development"];
    expect(rows[0]).toMatchObject({ name: "Pat Roe", work_email: "pat@example.com", department_id });
    expect((await call("hr.employee/create", { vals_list: [values] })).status).toBe(422);
  });

  test("writing moves write_date", async () => {
    let now = new Date("2027-01-01T10:00:00.900Z");
    const { call } = openSandbox({ now: () => now });
    await call("hr.employee/write", { ids: [1], vals: { department_id: 4 } });
    now = new Date("2027-01-01T11:00:00Z");
    await call("hr.employee/write", { ids: [2], vals: { active: false } });
    const domain = [["write_date", ">", "2027-01-01 10:00:00"]];
    const { body } = await call("hr.employee/search_read", {
      domain,
      fields: ["write_date"],
      context: { active_test: false },
    });
    expect(body).toEqual([{ id: 2, write_date: "2027-01-01 11:00:00" }]);
  });
});
