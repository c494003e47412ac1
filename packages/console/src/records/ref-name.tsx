import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { recordQuery } from "../api/queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { useSession } from "../session/session.ts";
import { toRecordName } from "./record-name.ts";
import { Text } from "./text.tsx";

interface RefNameProps {
  slug: string;
  id: string;
  name: string | undefined;
}

/** A group or a license by its name, which leads to it. A ref may come without its name; its own record has one. */
export function RefName({ slug, id, name }: RefNameProps) {
  const session = useSession();
  const appId = useAppId();
  const { data } = useQuery({ ...recordQuery(session, appId, slug, id), enabled: name === undefined });
  return (
    <Link
      to="/o/$org/apps/$appId/records/$slug/record"
      params={{ org: session.org, appId, slug }}
      search={{ id }}
      className="hover:underline"
    >
      <Text>{name ?? (data === undefined ? id : toRecordName(data.data))}</Text>
    </Link>
  );
}
