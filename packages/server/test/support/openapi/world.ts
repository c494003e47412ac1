import { randomUUID } from "node:crypto";
import type { Bridge, Role } from "../../../src/index.ts";
import { signIn } from "../sign-in.ts";
import { accounts, type Api, createApi } from "../api.ts";

/** Values for the path parameters of the document, by name, that belong together and exist. */
export type Setting = Readonly<Record<string, string>>;

/** An organisation with something of everything. */
export interface World {
  api: Api;
  /** A caller of each role but the administrator's, which is `api`. */
  byRole: Readonly<Record<Exclude<Role, "admin">, Api>>;
  settings: readonly Setting[];
  /** What nobody else may ever see: ids, names and keys. */
  secrets: readonly string[];
}

/**
 * Creates an organisation in which the examples of the document hold: their accounts, groups and licenses exist.
 * Everything with a name carries the mark.
 */
export async function createWorld(bridge: Bridge, mark = ""): Promise<World> {
  const api = await createApi(bridge);
  const createWithRole = (role: Role) => createApi(bridge, { org: api.slug, role });
  const byRole = {
    connector: await createWithRole("connector"),
    auditor: await createWithRole("auditor"),
    operator: await createWithRole("operator"),
  };
  const settings = await createSettings(bridge, api, mark);
  const ids = settings.flatMap(({ app_id, sync_id, task_id, key_id }) => [app_id, sync_id, task_id, key_id]);
  const secrets = [
    mark,
    api.slug,
    api.key,
    api.keyId,
    ...ids,
    ...Object.values(byRole).flatMap(({ key, keyId }) => [key, keyId]),
  ];
  const isGiven = (secret: string | undefined): secret is string => secret !== undefined && secret !== "";
  return { api, byRole, settings, secrets: secrets.filter(isGiven) };
}

/**
 * Things in each state that some operation needs: an open session and a pending task; a held session and a scheduled
 * task; an ended session; a type without records in an app without an open session; a license.
 */
export async function createSettings(bridge: Bridge, api: Api, mark = ""): Promise<Setting[]> {
  // An earlier request may have set one: then further tasks are held.
  await api.call("PUT", "/budget/", { removals_per_hour: null, revocations_per_hour: null });
  const named = (name: string) => `${name}${mark}`;
  const [account, team, license, spare] = ["account", "team", "license", "spare"].map(named) as [string, ...string[]];

  const createApp = async () => {
    const { id } = await create(api, "/apps/", { name: named("HR") });
    const types = { [account]: "account", [team!]: "group", [license!]: "license", [spare!]: "group" };
    for (const [slug, type] of Object.entries(types))
      await create(api, `/apps/${id}/resource-types/`, { slug, name: named("Type"), type });
    const { sync_id: syncId } = await api.sync(id, [
      [team!, ["g1", "g2"].map((name) => ({ id: named(name), name: named("Engineering") }))],
      [license!, [{ id: named("lic-pro"), name: named("Pro") }]],
      [account, ["u1", "ext-123", "4711"].map((name) => ({ id: named(name), email: named(`${name}@example.com`) }))],
    ]);
    return { app: id as string, ended: syncId };
  };
  const { app, ended } = await createApp();
  const quiet = await createApp();
  const { id: clone } = await create(api, "/apps/", { name: named("Clone"), clone_from: app });
  await api.sync(clone, [[account, accounts(10).map(({ id }) => ({ id: named(id), email: named(id) }))]]);
  const { sync_id: held } = await api.sync(clone, []);
  const { id: key } = await bridge.createKey({ org: api.slug, name: named("spare"), role: "connector" });

  const { userId } = await signIn(bridge, { org: api.slug, name: named(`Ida ${randomUUID()}`), role: "auditor" });

  const live = { app_id: app, key_id: key, user_id: userId, slug: account, record_id: named("u1") };
  return [
    { ...live, sync_id: await api.start(app), task_id: await createTask(api, app, named("u1")) },
    {
      ...live,
      app_id: clone,
      sync_id: held,
      task_id: await createTask(api, clone, named("u1"), "2999-01-01T00:00:00Z"),
    },
    { ...live, sync_id: ended, slug: team!, record_id: named("g1"), task_id: await createTask(api, app, named("u1")) },
    {
      ...live,
      app_id: quiet.app,
      sync_id: quiet.ended,
      slug: spare!,
      task_id: await createTask(api, quiet.app, named("u1")),
    },
    {
      ...live,
      app_id: quiet.app,
      sync_id: quiet.ended,
      slug: license!,
      record_id: named("lic-pro"),
      task_id: await createTask(api, quiet.app, named("u1")),
    },
  ];
}

async function createTask(api: Api, appId: string, accountId: string, executeAfter?: string): Promise<string> {
  const payload = { account: { id: accountId, email: `${accountId}@example.com` } };
  const task = { action: "suspend_account", payload, ...(executeAfter && { execute_after: executeAfter }) };
  return (await create(api, `/apps/${appId}/tasks/`, task)).id;
}

async function create(api: Api, path: string, body: object): Promise<any> {
  const response = await api.call("POST", path, body);
  if (response.status !== 201) throw new Error(`POST ${path}: ${response.status} ${JSON.stringify(response.body)}`);
  return response.body;
}

/** The same world with an open session and a pending task; undefined if the app itself is gone. */
export async function freshen(api: Api, setting: Setting): Promise<Setting | undefined> {
  const app = `/apps/${setting["app_id"]}`;
  const [session, task] = [`${app}/sync/${setting["sync_id"]}/`, `${app}/tasks/${setting["task_id"]}/`];
  if ((await api.call("GET", `${app}/`)).status !== 200) return undefined;
  const isOpen = (await api.call("GET", session)).body.status === "in_progress";
  const isPending = (await api.call("GET", task)).body.status === "pending";
  return {
    ...setting,
    ...(!isOpen && { sync_id: await api.start(setting["app_id"] ?? "") }),
    ...(!isPending && { task_id: await createTask(api, setting["app_id"] ?? "", setting["record_id"] ?? "") }),
  };
}

/** The same setting with a session that the removal guard holds; undefined if the app itself is gone. */
export async function holdAgain(api: Api, setting: Setting): Promise<Setting | undefined> {
  const { app_id: appId = "", sync_id: syncId = "", slug = "" } = setting;
  if ((await api.call("GET", `/apps/${appId}/`)).status !== 200) return undefined;
  if ((await api.session(appId, syncId)).status === "error") return setting;
  await api.call("PATCH", `/apps/${appId}/`, { removal_guard: { max_share: 0.2, min_count: 10 } });
  await api.sync(appId, [[slug, accounts(10)]]);
  return { ...setting, sync_id: (await api.sync(appId, [])).sync_id };
}

/** What the API shows of these things, to compare with later. */
export async function describeThings(api: Api, settings: readonly Setting[]): Promise<unknown> {
  const apps = [...new Set(settings.map(({ app_id }) => app_id))];
  const { resource_types: types } = (await api.call("GET", `/apps/${apps[0]}/resource-types/`)).body;
  const ofApp = ["", "resource-types/", "tasks/", ...types.map(({ slug }: { slug: string }) => `records/${slug}/`)];
  const paths = settings.map(({ app_id, sync_id }) => `/apps/${app_id}/sync/${sync_id}/`);
  paths.push(...apps.flatMap((app) => ofApp.map((path) => `/apps/${app}/${path}`)));
  const responses = [];
  for (const path of paths) responses.push({ path, response: (await api.call("GET", path)).body });
  return responses;
}
