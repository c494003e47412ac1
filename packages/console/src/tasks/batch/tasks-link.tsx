import { Link } from "@tanstack/react-router";
import { useSession } from "../../session/session.ts";

/** Leads from what was done to the tasks that it made. */
export function TasksLink({ targets }: { targets: readonly { appId: string }[] }) {
  const { org } = useSession();
  const [first, ...rest] = new Set(targets.map(({ appId }) => appId));
  if (first === undefined || rest.length > 0)
    return (
      <Link to="/o/$org/tasks" params={{ org }} className="text-link">
        See tasks
      </Link>
    );
  return (
    <Link to="/o/$org/apps/$appId/tasks" params={{ org, appId: first }} className="text-link">
      See tasks
    </Link>
  );
}
