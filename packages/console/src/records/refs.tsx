import type { LiveRecord, ResourceType } from "@bridgekit/client";
import { Link } from "@tanstack/react-router";
import type { RecordHistory } from "../api/queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { Moment } from "../components/moment.tsx";
import { useSession } from "../session/session.ts";
import { RefName } from "./ref-name.tsx";
import { RefWhyLink } from "./ref-why-link.tsx";
import { refsOf } from "./refs-of.ts";

interface RefsProps {
  /** Of the account. */
  slug: string;
  record: Pick<LiveRecord, "data">;
  types: readonly ResourceType[];
  since: RecordHistory["refs"];
}

/** The groups and licenses of an account, each since when and by what. */
export function Refs({ slug: accountSlug, record: { data }, types, since }: RefsProps) {
  const refs = refsOf(data);
  const slugs = Object.keys(refs).filter((slug) => refs[slug]!.length > 0);
  if (slugs.length === 0) return <p className="text-sm text-soft">No group and no license.</p>;
  return (
    <div className="flex flex-col gap-4">
      {slugs.map((slug) => (
        <div key={slug}>
          <h3 className="pb-1 text-xs font-medium text-soft">
            {types.find((type) => type.slug === slug)?.name ?? slug} · {refs[slug]!.length}
          </h3>
          <ul className="border-t border-line text-sm">
            {refs[slug]!.map(({ id, name }) => (
              <li key={id} className="flex justify-between gap-4 border-b border-line py-1.5">
                <RefName slug={slug} id={id} name={name} />
                <span className="flex shrink-0 gap-2">
                  <Since moment={since.find((ref) => ref.slug === slug && ref.id === id)?.since} />
                  <RefWhyLink account={{ slug: accountSlug, id: data.id }} target={{ slug, id }} name={name} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** Since when an account has a ref, and by which task or sync. */
function Since({ moment }: { moment: RecordHistory["refs"][number]["since"] | undefined }) {
  const { org } = useSession();
  const appId = useAppId();
  if (moment === undefined) return null;
  if (moment === null) return <span className="shrink-0 text-faint">longer than is kept</span>;
  const { at, sync_id, task_id } = moment;
  return (
    <span className="shrink-0 text-soft">
      since <Moment at={at} /> by a{" "}
      {task_id === undefined ? (
        <Link to="/o/$org/apps/$appId/syncs/$syncId" params={{ org, appId, syncId: sync_id }} className="text-link">
          sync
        </Link>
      ) : (
        <Link to="/o/$org/apps/$appId/tasks/$taskId" params={{ org, appId, taskId: task_id }} className="text-link">
          task
        </Link>
      )}
    </span>
  );
}
