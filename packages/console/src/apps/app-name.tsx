import { useQuery } from "@tanstack/react-query";
import { appQuery } from "../api/queries.ts";
import { useSession } from "../session/session.ts";
import { useAppId } from "./app-scope.tsx";

/** The name of the app that a component is about. */
export function AppName() {
  const appId = useAppId();
  const { data } = useQuery(appQuery(useSession(), appId));
  return <>{data?.name ?? "App"}</>;
}
