import { randomUUID } from "node:crypto";
import { Client } from "pg";

export interface FreshDatabase {
  url: string;
  drop: () => Promise<void>;
}

/** A new, empty database of a PostgreSQL. */
export async function createDatabase(postgresUrl: string): Promise<FreshDatabase> {
  const name = `bridge_${randomUUID().replaceAll("-", "")}`;
  await administer(postgresUrl, `create database ${name}`);
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(postgresUrl, `drop database ${name} with (force)`) };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
