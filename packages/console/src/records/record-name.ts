import type { components, LiveRecord, Ref } from "@bridgekit/client";

type RecordFields = LiveRecord["data"];

/** What people call a record: its name, else its address, else its id. */
export function toRecordName(data: RecordFields): string {
  const whole = [data.first_name, data.last_name].filter(Boolean).join(" ");
  return (
    [data.display_name, data.name, whole, data.email, data.username].find(
      (name) => typeof name === "string" && name !== "",
    ) ?? data.id
  );
}

/** What a ref is called: by its own name, else by one that the Bridge knows, else by its id. */
export function toRefName(
  slug: string,
  { id, name }: Ref,
  known: readonly components["schemas"]["NamedRef"][],
): string {
  return name ?? known.find((ref) => ref.slug === slug && ref.id === id)?.name ?? id;
}
