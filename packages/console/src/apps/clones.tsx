import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import type { AppOverview } from "../api/queries.ts";
import { ChoiceSelect } from "../components/choice-select.tsx";
import { formatCount } from "../components/format.ts";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";

const MOST_NAMED = 3;

type GroupApp = Pick<AppOverview, "app_id" | "name" | "clone_group">;

/** The other apps of an app's clone group, with links; nothing if it is alone. */
export function Clones({ app, apps }: { app: GroupApp; apps: readonly GroupApp[] }) {
  const { org } = useSession();
  const others = apps.filter(({ app_id, clone_group }) => clone_group === app.clone_group && app_id !== app.app_id);
  if (others.length === 0) return null;
  return (
    <>
      {" "}
      · shares resource types with{" "}
      {others.slice(0, MOST_NAMED).map(({ app_id, name }, index) => (
        <Fragment key={app_id}>
          {index > 0 && ", "}
          <Link to="/o/$org/apps/$appId" params={{ org, appId: app_id }} className="text-link">
            <Text>{name}</Text>
          </Link>
        </Fragment>
      ))}
      {others.length > MOST_NAMED && (
        <>
          {" "}
          and{" "}
          <Link to="/o/$org/apps" params={{ org }} search={{ clone_group: app.clone_group }} className="text-link">
            {formatCount(others.length - MOST_NAMED, "more app")}
          </Link>
        </>
      )}
    </>
  );
}

/** Chooses one of the clone groups that have several apps; nothing if there is none. */
export function CloneGroupSelect({ apps }: { apps: readonly GroupApp[] }) {
  const groups = [...Map.groupBy(apps, ({ clone_group }) => clone_group)].filter(([, members]) => members.length > 1);
  if (groups.length === 0) return null;
  return (
    <ChoiceSelect
      label="Clone group"
      name="clone_group"
      all="Every clone group"
      choices={groups.map(([group, members]) => ({ value: group, label: nameOf(members) }))}
    />
  );
}

/** A group has no name of its own: its oldest app stands for it. */
function nameOf([oldest, ...others]: readonly GroupApp[]): string {
  return `${oldest?.name} and ${formatCount(others.length, "clone")}`;
}
