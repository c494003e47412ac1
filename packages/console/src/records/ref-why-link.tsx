import { Link } from "@tanstack/react-router";
import { useAppId } from "../apps/app-scope.tsx";
import { useSession } from "../session/session.ts";
import type { RefPlace } from "./ref-why.tsx";

interface RefWhyLinkProps {
  account: RefPlace;
  target: RefPlace;
  /** Of the group or license. */
  name: string | undefined;
}

/** Leads to why an account has a group or a license, or has it no longer. */
export function RefWhyLink({ account, target, name = target.id }: RefWhyLinkProps) {
  const { org } = useSession();
  const appId = useAppId();
  return (
    <Link
      to="/o/$org/apps/$appId/records/$slug/why"
      params={{ org, appId, slug: account.slug }}
      search={{ id: account.id, ref: `${target.slug}:${target.id}` }}
      aria-label={`Why? ${name.slice(0, 200)}`}
      className="no-print text-link"
    >
      Why?
    </Link>
  );
}
