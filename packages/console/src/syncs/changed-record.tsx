import type { Change } from "@bridgekit/client";
import { DetailLink } from "../detail/detail-link.tsx";
import { toRecordName } from "../records/record-name.ts";
import { Text } from "../records/text.tsx";
import { FieldChanges } from "./field-changes.tsx";

interface ChangedRecordProps {
  appId: string;
  change: Change;
  /** Class names of what changed, under the name. */
  detailClass?: string;
}

/** The record of a change by its name, which leads to it. */
export function ChangedRecord({ appId, change, detailClass = "" }: ChangedRecordProps) {
  const { slug, id, before, after } = change;
  const { data } = after ?? before ?? {};
  return (
    <>
      <DetailLink detail={{ kind: "record", appId, slug, id }} className="row-target font-medium">
        <Text className="line-clamp-2">{data === undefined ? id : toRecordName(data)}</Text>
      </DetailLink>
      <div className={`text-xs ${detailClass}`}>
        <FieldChanges appId={appId} change={change} />
      </div>
    </>
  );
}
