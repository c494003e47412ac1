import { collect, type ExportColumns } from "../api/collect.ts";
import { type PeopleFilter, peopleQuery, type PersonAccount } from "../api/queries.ts";
import { queryClient } from "../api/query-client.ts";
import type { ExportFormat } from "../components/export-buttons.tsx";
import { toRecordName } from "../records/record-name.ts";
import type { Session } from "../session/session.ts";

const namesOf = (refs: PersonAccount["record"]["data"]["memberships"]) =>
  Object.values(refs ?? {})
    .flat()
    .map(({ id, name }) => name ?? id)
    .join("; ");

const COLUMNS: ExportColumns<PersonAccount> = {
  app: ({ app_name }) => app_name,
  id: ({ record }) => record.data.id,
  name: ({ record }) => toRecordName(record.data),
  email: ({ record }) => record.data.email,
  username: ({ record }) => record.data.username,
  status: ({ record }) => record.status,
  removed_at: ({ record }) => record.removed_at,
  groups: ({ record }) => namesOf(record.data.memberships),
  licenses: ({ record }) => namesOf(record.data.assignments),
};

/** All accounts that a filter finds, as a file. */
export function exportPeople(session: Session, filter: PeopleFilter, format: ExportFormat): Promise<Blob> {
  const readWindow = (cursor: string | undefined) =>
    queryClient.fetchQuery({ ...peopleQuery(session, { ...filter, cursor }), gcTime: 0 });
  return collect(readWindow, COLUMNS, format);
}
