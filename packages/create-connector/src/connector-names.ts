import { UsageError } from "./usage-error.ts";

/** The name of a connector in the forms in which its files use it. */
export interface ConnectorNames {
  /** `help-desk`: folder, files, the connector's own name. */
  slug: string;
  /** `helpDesk`: its export. */
  camel: string;
  /** `HelpDesk`: functions and types. */
  pascal: string;
  /** `Help desk`: for people. */
  title: string;
  /** `HELP_DESK`: environment variables. */
  constant: string;
}

const SLUG = /^[a-z][a-z0-9-]*$/;

// Names that can't be exported, or that the connector's own file imports.
const TAKEN = new Set(
  (
    "await break case catch class const continue debugger default delete do else enum export extends false finally for " +
    "function if implements import in instanceof interface let new null package private protected public return static " +
    "super switch this throw true try typeof var void while with yield z"
  ).split(" "),
);

/** Throws `UsageError` where the name is none. */
export function toConnectorNames(name: string): ConnectorNames {
  if (!SLUG.test(name))
    throw new UsageError(
      `"${name}" is no name for a connector. It begins with a lower-case letter and has lower-case letters, digits and ` +
        `hyphens, as in "${suggest(name) ?? "help-desk"}".`,
    );
  if (TAKEN.has(name)) throw new UsageError(`"${name}" means something to JavaScript. Call it "${name}-system".`);
  const words = name.split("-").filter((word) => word !== "");
  const pascal = words.map(capitalize).join("");
  return {
    slug: name,
    camel: pascal[0]!.toLowerCase() + pascal.slice(1),
    pascal,
    title: capitalize(words.join(" ")),
    constant: words.join("_").toUpperCase(),
  };
}

/** The name that was most likely meant. */
function suggest(name: string): string | undefined {
  const slug = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "");
  return SLUG.test(slug) ? slug : undefined;
}

function capitalize(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}
