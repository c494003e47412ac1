import { useSearch } from "@tanstack/react-router";
import { Page } from "../components/page.tsx";
import { TaskFilters } from "./task-filters.tsx";
import { TaskList } from "./task-list.tsx";

/** The tasks of all apps. */
export function AllTasksPage() {
  const filter = useSearch({ from: "/o/$org/tasks" });
  return (
    <Page title="Tasks">
      <TaskFilters filter={filter} />
      <TaskList filter={filter} />
    </Page>
  );
}
