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
    <Page
      title="Tasks"
      actions={<ExportButtons name="tasks" toFile={(format) => exportTasks(session, filter, format)} />}
    >
      <div className="flex flex-col gap-3">
        <TaskFilters filter={filter} />
        <TaskList filter={filter} />
      </div>
    </Page>
  );
}
