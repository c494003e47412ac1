import type { LiveRecord } from "@bridgekit/client";

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
