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

/** What a group or a license is called; its id until that is read, and if it can't be. */
export function useRefName({ slug, id, name }: RefNameProps): string {
  const { data } = useQuery({ ...recordQuery(useSession(), useAppId(), slug, id), enabled: name === undefined });
  return name ?? (data === undefined ? id : toRecordName(data.data));
}

/** A group or a license by its name, which leads to it. A ref may come without its name; its own record has one. */
export function RefName(place: RefNameProps) {
  const { slug, id } = place;
  const session = useSession();
  const appId = useAppId();
  const name = useRefName(place);
  return (
    <Link
      to="/o/$org/apps/$appId/records/$slug/record"
      params={{ org: session.org, appId, slug }}
      search={{ id }}
      className="hover:underline"
    >
      <Text>{name}</Text>
    </Link>
  );
}
