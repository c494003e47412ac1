import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { type Insertable, type Kysely, type Selectable, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { decodeMoment, toPage } from "../http/cursor.ts";
import { HttpError, problem } from "../http/http-error.ts";
import type { Handlers } from "../http/operation.ts";
import { linkTo } from "../http/page-links.ts";
import { compile } from "../http/schemas.ts";
import { keepOrg } from "../orgs/keep-org.ts";
import { type AppAccounts, findActive, findOpenTasks, type OpenTask } from "./accounts.ts";
import { type Counts, eraseAccounts, type Erased, lockForErasure } from "./erase-accounts.ts";
import { forgetTaskIds } from "./event-tasks.ts";
import { findPerson, type Person } from "./find-person.ts";
import { countMentions, redactMentions } from "./mentions.ts";

type Schemas = components["schemas"];
type ErasureHandlers = Pick<Handlers, "listErasures" | "erasePerson" | "previewErasure">;

const ACCOUNTS_AT_ONCE = 100;
const COLUMNS = ["id", "at", "key_id", "app_id", "digest", "accounts", "active_accounts", "counts"] as const;
type Receipt = Pick<Selectable<Tables["erasures"]>, (typeof COLUMNS)[number]>;
const isId = compile("/components/schemas/Erasure/properties/id");

export function createErasureHandlers({ database, now }: BridgeContext): ErasureHandlers {
  return {
    async listErasures({ key, query: { limit = 50, cursor }, url }) {
      const after = decodeMoment(cursor, isId);
      const rows = await database
        .selectFrom("erasures")
        .select(COLUMNS)
        .where("org_id", "=", key.orgId)
        .$if(after !== undefined, (query) =>
          query.where(sql<boolean>`(at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
        )
        .orderBy("at", "desc")
        .orderBy("id", "desc")
        .limit(limit + 1)
        .execute();
      const { page, cursor: next } = toPage(rows, limit, ({ at, id }) => [at.toISOString(), id]);
      return {
        status: 200,
        body: { erasures: page.map(toErasure), next: next === undefined ? null : linkTo(url, { limit, cursor: next }) },
      };
    },

    async previewErasure({ key, body }) {
      const found = await findPerson(database, key.orgId, body);
      const erased: Erased[] = [];
      const dueSessions: Schemas["DueSession"][] = [];
      for (const part of inParts(found.person)) {
        const result = await tryErasure(database, part);
        if ("due" in result) dueSessions.push({ app_id: part.appId, sync_id: result.due });
        else erased.push(result);
      }
      const taskIds = erased.flatMap((part) => part.taskIds);
      const { email } = found;
      const mentions =
        email === undefined ? 0 : await countMentions(database, { ...found, email, orgId: key.orgId, taskIds });
      const accounts = await describeAccounts(database, found.person);
      const openTasks = await findObstacles(database, found);
      return {
        status: 200,
        body: { accounts, counts: sum(erased, mentions), open_tasks: openTasks, due_sessions: dueSessions },
      };
    },

    async erasePerson({ key, body }) {
      const found = await findPerson(database, key.orgId, body);
      const [open] = await findObstacles(database, found);
      if (open !== undefined) return problem(409, describeOpen(open));
      const accounts = await describeAccounts(database, found.person);
      const erased: Erased[] = [];
      for (const part of inParts(found.person))
        erased.push(
          await database
            .transaction()
            .execute((transaction) => eraseForGood(transaction, part))
            .catch((error: unknown) => {
              throw erased.length > 0 && error instanceof HttpError ? stoppedHalfway(error) : error;
            }),
        );
      const taskIds = erased.flatMap((part) => part.taskIds);
      await forgetTaskIds(database, key.orgId, taskIds);
      const { email } = found;
      const mentions =
        email === undefined ? 0 : await redactMentions(database, { ...found, email, orgId: key.orgId, taskIds });
      const digestKey = randomBytes(32).toString("hex");
      const receipt = await insertReceipt(database, {
        id: randomUUID(),
        org_id: key.orgId,
        at: now(),
        key_id: key.id,
        app_id: "email" in body ? null : body.app_id,
        digest: createHmac("sha256", digestKey).update(toName(body)).digest("hex"),
        accounts: accounts.length,
        active_accounts: accounts.filter(({ active }) => active).length,
        counts: JSON.stringify(sum(erased, mentions)),
      });
      return {
        status: 201,
        body: { ...toErasure(receipt), digest_key: digestKey },
        details: { erasure_id: receipt.id },
      };
    },
  };
}

/** Accounts of an app per transaction: an address that thousands share delays nobody for long. */
function* inParts(person: readonly AppAccounts[]): Generator<AppAccounts> {
  for (const { appId, accounts } of person)
    for (let start = 0; start < accounts.length; start += ACCOUNTS_AT_ONCE)
      yield { appId, accounts: accounts.slice(start, start + ACCOUNTS_AT_ONCE) };
}

async function eraseForGood(transaction: Kysely<Tables>, part: AppAccounts): Promise<Erased> {
  const due = await lockForErasure(transaction, part.appId);
  if (due !== undefined)
    throw new HttpError(
      409,
      `The session ${due} of the app ${part.appId} has ended and is not reconciled yet; try again soon, or discard it where it ` +
        `fails.`,
    );
  // A task may have been created since the search.
  const [open] = await findOpenTasks(transaction, part);
  if (open !== undefined) throw new HttpError(409, describeOpen(open));
  return eraseAccounts(transaction, part);
}

/** No refusal, which changes nothing and leaves no entry in the audit trail. */
function stoppedHalfway(error: HttpError): HttpError {
  return new HttpError(503, `${error.message} What was erased so far stays so; the same call erases the rest.`, {
    "retry-after": "5",
  });
}

/**
 * Returns what erasing would delete. It is carried out and rolled back, so the numbers are those of the erasure itself.
 */
async function tryErasure(database: Kysely<Tables>, part: AppAccounts): Promise<Erased | { due: string }> {
  const transaction = await database.startTransaction().execute();
  try {
    const due = await lockForErasure(transaction, part.appId);
    return due === undefined ? await eraseAccounts(transaction, part) : { due };
  } finally {
    await transaction.rollback().execute();
  }
}

async function findObstacles(database: Kysely<Tables>, { person, namedBy }: Person): Promise<OpenTask[]> {
  const about = [];
  for (const part of inParts(person)) about.push(...(await findOpenTasks(database, part)));
  return [...about, ...namedBy];
}

function describeOpen({ task_id, action, app_id }: OpenTask): string {
  return `The task ${task_id} (${action}) of the app ${app_id} names the person and has not ended; cancel it, or wait for its end.`;
}

async function describeAccounts(
  database: Kysely<Tables>,
  person: readonly AppAccounts[],
): Promise<Schemas["ErasedAccount"][]> {
  const described = [];
  for (const part of inParts(person)) {
    const active = new Set((await findActive(database, part)).map(({ slug, id }) => `${slug} ${id}`));
    for (const { slug, id } of part.accounts)
      described.push({ app_id: part.appId, slug, id, active: active.has(`${slug} ${id}`) });
  }
  return described;
}

function sum(erased: readonly Erased[], mentions: number): Counts {
  const counts: Counts = { records: 0, changes: 0, staged: 0, tasks: 0, members: 0, responses: 0, mentions };
  for (const part of erased)
    for (const [name, count] of Object.entries(part.counts)) counts[name as keyof Counts] += count;
  return counts;
}

/** The input of the digest. */
function toName(person: Schemas["Person"]): string {
  return "email" in person ? person.email.toLowerCase() : `${person.slug}:${person.id}`;
}

function insertReceipt(database: Kysely<Tables>, row: Insertable<Tables["erasures"]>): Promise<Receipt> {
  return database.transaction().execute(async (transaction) => {
    await keepOrg(transaction, row.org_id);
    return transaction.insertInto("erasures").values(row).returning(COLUMNS).executeTakeFirstOrThrow();
  });
}

function toErasure(row: Receipt): Schemas["Erasure"] {
  return { ...row, at: row.at.toISOString() };
}
