import { useSearch } from "@tanstack/react-router";
import { ExportButtons } from "../components/export-buttons.tsx";
import { Page } from "../components/page.tsx";
import { useSession } from "../session/session.ts";
import { exportTasks } from "./export-tasks.ts";
import { TaskFilters } from "./task-filters.tsx";
import { TaskList } from "./task-list.tsx";

/** The tasks of all apps. */
export function AllTasksPage() {
  const session = useSession();
  const filter = useSearch({ from: "/o/$org/tasks" });
  return (
    <Page title="Tasks">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <TaskFilters filter={filter} />
        <ExportButtons name="tasks" toFile={(format) => exportTasks(session, filter, format)} />
      </div>
      <TaskList filter={filter} />
    </Page>
  );
}
