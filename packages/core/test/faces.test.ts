import { expect, test } from "vitest";
import * as author from "../src/index.ts";
import * as run from "../src/run.ts";

test("an author finds what it takes to write a connector, and nothing else", () => {
  expect(Object.keys(author).sort()).toEqual([
    "ConfigError",
    "CursorExpiredError",
    "TaskError",
    "UpstreamError",
    "defineConnector",
    "isSameIdentity",
    "isTaskError",
    "isUpstreamError",
    "pageByCursor",
    "pageByLink",
    "pageByOffset",
    "pageByToken",
    "perRun",
    "toIdentity",
    "toOptionalText",
    "urlPath",
  ]);
});

test("a name is on one face only", () => {
  expect(Object.keys(run).filter((name) => name in author)).toEqual([]);
});
