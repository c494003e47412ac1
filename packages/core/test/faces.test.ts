import { expect, test } from "vitest";
import * as author from "../src/index.ts";
import * as run from "../src/run.ts";

test("an author finds what it takes to write a connector, and nothing else", () => {
  expect(Object.keys(author).sort()).toEqual([
    "ConfigError",
    "CursorExpiredError",
    "TaskError",
    "UpstreamError",
    "createOAuth",
    "createRefsByAccount",
    "defineConnector",
    "isSameIdentity",
    "isTaskError",
    "isUpstreamError",
    "lazy",
    "pageByCursor",
    "pageByLink",
    "pageByOffset",
    "pageByToken",
    "refusalOf",
    "toIdentity",
    "toOptionalText",
    "toTexts",
    "undefinedOn",
    "urlPath",
  ]);
});

test("a name is on one face only", () => {
  expect(Object.keys(run).filter((name) => name in author)).toEqual([]);
});
