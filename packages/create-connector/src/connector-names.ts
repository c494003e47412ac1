/** Thrown for wrong arguments; the message says what to do instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The forms of a connector's name. */
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

// Names that cannot be exported, or that the connector's file imports.
const TAKEN = new Set(
  (
    "await break case catch class const continue debugger default delete do else enum export extends false finally for " +
    "function if implements import in instanceof interface let new null package private protected public return static " +
    "super switch this throw true try typeof var void while with yield z"
  ).split(" "),
);

/** Throws `UsageError` if the name is invalid. */
export function toConnectorNames(name: string): ConnectorNames {
  if (!SLUG.test(name))
    throw new UsageError(
      `"${name}" is not a valid name. A name begins with a lower-case letter and consists of lower-case letters, digits and ` +
        `hyphens, such as "${suggest(name) ?? "help-desk"}".`,
    );
  if (TAKEN.has(name)) throw new UsageError(`"${name}" is reserved in JavaScript; use "${name}-system".`);
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

/** Returns the name that was probably meant. */
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
