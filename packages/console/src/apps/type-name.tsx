import { useQuery } from "@tanstack/react-query";
import { typesQuery } from "../api/queries.ts";
import { useSession } from "../session/session.ts";

/** What an app calls its resource types, by slug; the slug itself until that is known. */
export function useTypeNames(appId: string): (slug: string) => string {
  const { data: types = [] } = useQuery(typesQuery(useSession(), appId));
  return (slug) => types.find((type) => type.slug === slug)?.name ?? slug;
}

export function TypeName({ appId, slug }: { appId: string; slug: string }) {
  return <bdi className="wrap-anywhere">{useTypeNames(appId)(slug)}</bdi>;
}
