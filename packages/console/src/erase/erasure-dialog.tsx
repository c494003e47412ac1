import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { auditQuery } from "../api/audit-queries.ts";
import type { Erasure } from "../api/erasure-queries.ts";
import { overviewQuery } from "../api/queries.ts";
import { Button, buttonClass } from "../components/button.tsx";
import { CopyButton } from "../components/copy-button.tsx";
import { Dialog, DialogFoot } from "../components/dialog.tsx";
import { Facts } from "../components/facts.tsx";
import { formatCount, formatExact } from "../components/format.ts";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";

/** One receipt, with who asked for the erasure and why, as the audit trail has it. */
export function ErasureDialog({ erasure, onClose }: { erasure: Erasure; onClose: () => void }) {
  const { id, at, key_id, app_id, accounts, active_accounts, digest } = erasure;
  const session = useSession();
  const { data } = useQuery(auditQuery(session, { target: id }));
  const entry = data?.rows.find(({ operation }) => operation === "erasePerson");
  return (
    <Dialog
      title="Receipt of an erasure"
      description="Whoever kept the key of the digest can prove whom it is about; the Bridge itself can't."
      width="w-130"
      onClose={onClose}
    >
      <Facts
        facts={[
          ["When", formatExact(at)],
          ["By", <Text key="by">{entry?.key_name ?? key_id ?? "the machine of the Bridge"}</Text>],
          ["Reason", entry?.details?.reason !== undefined && <Text key="reason">{entry.details.reason}</Text>],
          ["What", <ErasedFrom key="what" appId={app_id} />],
          ["Accounts", formatCount(accounts, "account")],
          ["Were still in a system", active_accounts > 0 && formatCount(active_accounts, "account")],
          ["Deleted", describeCounts(erasure)],
          ["Receipt", <Code key="id" text={id} name="the id of the receipt" />],
          ["Digest", <Code key="digest" text={digest} name="the digest" />],
        ]}
      />
      <DialogFoot>
        <Link to="/o/$org/audit" params={{ org: session.org }} search={{ target: id }} className={buttonClass()}>
          See the audit trail
        </Link>
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

export function ErasedFrom({ appId }: { appId: string | null }) {
  const { data } = useQuery(overviewQuery(useSession()));
  if (appId === null) return <>An email, in all apps</>;
  const name = data?.apps.find(({ app_id }) => app_id === appId)?.name;
  return (
    <span className="line-clamp-1">
      An account in <Text>{name ?? "an app that is deleted"}</Text>
    </span>
  );
}

function describeCounts({ counts }: Erasure): string {
  const { records, changes, staged, tasks, mentions } = counts;
  const parts = [
    [records, "record"],
    [changes, "change"],
    [staged, "staged record"],
    [tasks, "task"],
  ] as const;
  const deleted = parts.filter(([count]) => count > 0).map(([count, name]) => formatCount(count, name));
  const redacted = mentions > 0 ? [`${formatCount(mentions, "mention")} by others blanked`] : [];
  return [...deleted, ...redacted].join(", ") || "nothing";
}

export function Code({ text, name }: { text: string; name: string }) {
  return (
    <span className="flex items-start gap-1">
      <code className="text-xs break-all">{text}</code>
      <CopyButton text={text} name={name} />
    </span>
  );
}
