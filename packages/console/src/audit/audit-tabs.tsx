import { TabLinks } from "../components/tab-links.tsx";
import { useSession } from "../session/session.ts";

/** What was done, and the receipts of what was erased, which operators do not read. */
export function AuditTabs() {
  const { org, role } = useSession();
  const params = { org };
  if (role === "operator") return null;
  return (
    <TabLinks
      label="Proofs"
      tabs={[
        { label: "Audit trail", link: { to: "/o/$org/audit", params }, isExact: true },
        { label: "Erasures", link: { to: "/o/$org/audit/erasures", params } },
      ]}
    />
  );
}
