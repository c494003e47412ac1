import { EmptyNote } from "../components/empty-note.tsx";

export function NoAppsNote() {
  return (
    <EmptyNote command="npx bridgekit init jira">
      No app is here yet. A connector makes one with its first sync; this command writes its config.
    </EmptyNote>
  );
}
