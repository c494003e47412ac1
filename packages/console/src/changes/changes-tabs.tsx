import { TabLinks } from "../components/tab-links.tsx";
import { useSession } from "../session/session.ts";

/** The changes of all apps, and the syncs that made them. */
export function ChangesTabs() {
  const { org } = useSession();
  return (
    <TabLinks
      label="Changes of all apps"
      tabs={[
        { label: "Changes", link: { to: "/o/$org/changes", params: { org } }, isExact: true },
        { label: "Syncs", link: { to: "/o/$org/changes/syncs", params: { org } } },
      ]}
    />
  );
}
