import { TabLinks } from "../components/tab-links.tsx";
import { useSession } from "../session/session.ts";

/** The two ways into the Bridge: API keys, and signing in to the console. */
export function AccessTabs() {
  const { org } = useSession();
  const params = { org };
  return (
    <TabLinks
      label="Ways into the Bridge"
      tabs={[
        { label: "Keys", link: { to: "/o/$org/keys", params }, isExact: true },
        { label: "People who sign in", link: { to: "/o/$org/keys/users", params } },
      ]}
    />
  );
}
