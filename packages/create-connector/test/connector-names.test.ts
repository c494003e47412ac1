import { expect, test } from "vitest";
import { toConnectorNames } from "../src/connector-names.ts";

test("a name is used in the form that each place needs", () => {
  expect(toConnectorNames("help-desk2")).toEqual({
    slug: "help-desk2",
    camel: "helpDesk2",
    pascal: "HelpDesk2",
    title: "Help desk2",
    constant: "HELP_DESK2",
  });
});

test.each([
  { name: "HelpDesk", says: 'as in "help-desk".' },
  { name: "Help Desk!", says: 'as in "help-desk".' },
  { name: "2wiki", says: 'as in "wiki".' },
  { name: "../wiki", says: 'as in "wiki".' },
  { name: "", says: 'as in "help-desk".' },
])("$name is refused, with the name that was most likely meant", ({ name, says }) => {
  expect(() => toConnectorNames(name)).toThrow(says);
});

test.each(["delete", "new", "z"])("%s, which JavaScript or the connector itself needs, is refused", (name) => {
  expect(() => toConnectorNames(name)).toThrow(`Call it "${name}-system".`);
});
