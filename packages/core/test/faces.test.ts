import { expect, test } from "vitest";
import * as author from "../src/index.ts";
import * as run from "../src/run.ts";

test("the main export has what an author needs, and nothing else", () => {
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

test("each name is exported once", () => {
  expect(Object.keys(run).filter((name) => name in author)).toEqual([]);
});
