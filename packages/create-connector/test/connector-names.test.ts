import { expect, test } from "vitest";
import { toConnectorNames } from "../src/connector-names.ts";

test("a name has a form for each place", () => {
  expect(toConnectorNames("help-desk2")).toEqual({
    slug: "help-desk2",
    camel: "helpDesk2",
    pascal: "HelpDesk2",
    title: "Help desk2",
    constant: "HELP_DESK2",
  });
});

test.each([
  { name: "HelpDesk", says: 'such as "help-desk".' },
  { name: "Help Desk!", says: 'such as "help-desk".' },
  { name: "2wiki", says: 'such as "wiki".' },
  { name: "../wiki", says: 'such as "wiki".' },
  { name: "", says: 'such as "help-desk".' },
])("$name is refused with the name that was probably meant", ({ name, says }) => {
  expect(() => toConnectorNames(name)).toThrow(says);
});

test.each(["delete", "new", "z"])("the reserved name %s is refused", (name) => {
  expect(() => toConnectorNames(name)).toThrow(`use "${name}-system".`);
});
