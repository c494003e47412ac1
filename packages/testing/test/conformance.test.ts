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

/** What is skipped, and why. */
function notApplicable(name: string): [string, string] | undefined {
  if (/^(unsuspend_account|reset_password): /.test(name)) return ["skipped", "the connector does not offer it"];
  if (name === "create_account: of a missing account is told apart") return ["skipped", "the account is what it makes"];
  return undefined;
}

describe("what does not apply", () => {
  const check = checks.find(({ name }) => name.startsWith("an empty system"))!;

  test("is skipped with the reason that is written down", async () => {
    const subject = subjectOf(undefined, { ...wikiOptions, notApplicable: { [check.name]: "It ships with a user." } });
    expect(await runCheck(subject, check)).toEqual({ status: "skipped", detail: "It ships with a user." });
  });

  test("is a failure where no reason is written down", async () => {
    const subject = subjectOf(undefined, { ...wikiOptions, notApplicable: { [check.name]: " " } });
    expect(await runCheck(subject, check)).toMatchObject({ status: "failed" });
  });

  test("is a failure where a declared action has neither scenario nor reason", async () => {
    const { suspend_account: _, ...actions } = wikiOptions.actions;
    const subject = subjectOf(undefined, { ...wikiOptions, actions });
    const isDone = checks.find(({ name }) => name === "suspend_account: is done")!;
    expect(await runCheck(subject, isDone)).toMatchObject({
      status: "failed",
      detail: expect.stringContaining("say in `actions`"),
    });
  });
});

describe("what people do in the product", () => {
  const check = checks.find(({ name }) => name.startsWith("a second read of one connection"))!;
  const findingWith = (edits: typeof wikiOptions.edits) =>
    runCheck(subjectOf(undefined, { ...wikiOptions, edits }), check);

  test("is a failure where nobody leaves and nobody loses a ref", async () => {
    const edits = { "somebody comes": (wiki: WikiProduct) => wiki.join({ id: "u13", email: "u13@example.com" }) };
    expect(await findingWith(edits)).toEqual({
      status: "failed",
      detail:
        "no edit makes that somebody leaves, or that an account loses a ref, or that an account gets a ref; add it to `edits`",
    });
  });

  test("is a failure where it changes nothing that `truth` has", async () => {
    expect(await findingWith({ "somebody looks around": () => undefined })).toMatchObject({
      status: "failed",
      detail: expect.stringContaining('"somebody looks around" changes nothing'),
    });
  });

  test("is left out with the reason that is written down", async () => {
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
