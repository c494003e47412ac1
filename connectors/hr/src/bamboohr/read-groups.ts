import type { BambooHr } from "./connect.ts";
import type { GroupSlug } from "./bamboohr-models.ts";
import { isArchived } from "./options.ts";

interface Context {
  client: BambooHr;
  signal: AbortSignal;
  partial: (reason: string) => void;
}

/** The options of a list. Archived ones too: somebody may still have them. */
export async function* readGroups({ client: { api, optionsOf }, signal, partial }: Context, slug: GroupSlug) {
  const { [slug]: options } = await optionsOf(signal);
  if (!options) return partial(`${api.system} tells no list "${slug}"; let the user of the API key see that field`);
  for (const option of options)
    yield {
      id: String(option.id),
      name: option.name,
      ...(isArchived(option) && { description: "Archived in BambooHR." }),
    };
}
