import { describe, expect, test } from "vitest";
import { checks, createSubject, runCheck, shareBridge } from "../src/index.ts";
import { brokenActions } from "./broken/broken-actions.ts";
import { brokenFaults } from "./broken/broken-faults.ts";
import { brokenLists } from "./broken/broken-lists.ts";
import { brokenRecords } from "./broken/broken-records.ts";
import { brokenSecrets } from "./broken/broken-secrets.ts";
import { createWikiConnector } from "./support/wiki-connector.ts";
import { wikiOptions } from "./support/wiki-options.ts";
import type { WikiProduct } from "./support/wiki-product.ts";

const bridge = await shareBridge();

const subjectOf = (connector = createWikiConnector(), options = wikiOptions) =>
  createSubject(connector, options, async () => bridge);

describe("a connector without a mistake", () => {
  const subject = subjectOf();
  test.each(checks)("passes: $name", async (check) => {
    const { status, detail } = await runCheck(subject, check);
    expect([status, detail]).toEqual(notApplicable(check.name) ?? ["passed", detail]);
  });
});

/** Returns the finding of a skipped check. */
function notApplicable(name: string): [string, string] | undefined {
  if (/^(unsuspend_account|reset_password): /.test(name)) return ["skipped", "not supported by the connector"];
  if (name === "create_account: fails with ACCOUNT_NOT_FOUND for a missing account")
    return ["skipped", "the account does not exist yet"];
  return undefined;
}

describe("a check that does not apply", () => {
  const check = checks.find(({ name }) => name.startsWith("an empty system"))!;

  test("is skipped with the given reason", async () => {
    const subject = subjectOf(undefined, { ...wikiOptions, notApplicable: { [check.name]: "It ships with a user." } });
    expect(await runCheck(subject, check)).toEqual({ status: "skipped", detail: "It ships with a user." });
  });

  test("fails without a reason", async () => {
    const subject = subjectOf(undefined, { ...wikiOptions, notApplicable: { [check.name]: " " } });
    expect(await runCheck(subject, check)).toMatchObject({ status: "failed" });
  });

  test("fails if a declared action has neither a scenario nor a reason", async () => {
    const { suspend_account: _, ...actions } = wikiOptions.actions;
    const subject = subjectOf(undefined, { ...wikiOptions, actions });
    const isDone = checks.find(({ name }) => name === "suspend_account: is done")!;
    expect(await runCheck(subject, isDone)).toMatchObject({
      status: "failed",
      detail: expect.stringContaining("say in `actions`"),
    });
  });
});

describe("edits in the product", () => {
  const check = checks.find(({ name }) => name.startsWith("a second read over the same connection"))!;
  const findingWith = (edits: typeof wikiOptions.edits) =>
    runCheck(subjectOf(undefined, { ...wikiOptions, edits }), check);

  test("fail if nobody leaves and nobody loses a ref", async () => {
    const edits = { "somebody comes": (wiki: WikiProduct) => wiki.join({ id: "u13", email: "u13@example.com" }) };
    expect(await findingWith(edits)).toEqual({
      status: "failed",
      detail: "no edit in which somebody leaves, an account loses a ref, an account gets a ref; add one to `edits`",
    });
  });

  test("fail if one changes nothing in `truth`", async () => {
    expect(await findingWith({ "somebody looks around": () => undefined })).toMatchObject({
      status: "failed",
      detail: expect.stringContaining('"somebody looks around" changes nothing'),
    });
  });

  test("are skipped with the given reason", async () => {
    expect(await findingWith({ notApplicable: "It is read-only." })).toEqual({
      status: "skipped",
      detail: "It is read-only.",
    });
  });
});

describe("a connector with a mistake", () => {
  test.each([...brokenRecords, ...brokenLists, ...brokenFaults, ...brokenActions, ...brokenSecrets])(
    "is caught: $mistake",
    async ({ caughtBy, connector, options }) => {
      const check = checks.find(({ name }) => name === caughtBy)!;
      const finding = await runCheck(subjectOf(connector, options), check);
      expect([finding.status, finding.detail]).toEqual([
        "failed",
        expect.not.stringContaining("the check itself failed"),
      ]);
    },
  );
});
