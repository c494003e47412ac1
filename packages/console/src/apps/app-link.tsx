import { Link } from "@tanstack/react-router";
import type { AppOverview } from "../api/queries.ts";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";

/** The name of an app in a table, which leads to its page. */
export function AppLink({ app: { app_id, name } }: { app: Pick<AppOverview, "app_id" | "name"> }) {
  const { org } = useSession();
  return (
    <Link to="/o/$org/apps/$appId" params={{ org, appId: app_id }} className="row-target font-medium">
      <Text className="line-clamp-2">{name}</Text>
    </Link>
  );
}
