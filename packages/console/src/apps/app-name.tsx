import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { appQuery } from "../api/queries.ts";
import { useSession } from "../session/session.ts";

/** The name of the app of the address. */
export function AppName() {
  const { appId } = useParams({ from: "/o/$org/apps/$appId" });
  const { data } = useQuery(appQuery(useSession(), appId));
  return <>{data?.name ?? "App"}</>;
}
