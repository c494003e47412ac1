import type { RunFault, RunReceipt } from "@bridgekit/client";
import { Link } from "@tanstack/react-router";
import { useAppId } from "../apps/app-scope.tsx";
import { Facts } from "../components/facts.tsx";
import { formatCount, formatDuration, formatNumber } from "../components/format.ts";
import { Section } from "../components/page.tsx";
import { useSession } from "../session/session.ts";

const SHOWN = 10;

/** What the run of the connector left: what it took of the system, and what was wrong with records. */
export function ReceiptSection({ receipt }: { receipt: RunReceipt | null | undefined }) {
  if (receipt === null || receipt === undefined)
    return (
      <Section title="Run">
        <p className="text-sm text-soft">The runner left no receipt with this sync.</p>
      </Section>
    );
  const { usage, versions, mode, started_at, ended_at, bad_records = [], bad_fields = [], unknown_refs = [] } = receipt;
  const seconds = (new Date(ended_at).getTime() - new Date(started_at).getTime()) / 1000;
  return (
    <Section title="Run">
      <Facts
        facts={[
          ["Read", mode === "full" ? "everything" : "what had changed"],
          ["Took", formatDuration(seconds)],
          ["Calls", formatNumber(usage.calls)],
          ["Waited", usage.wait_seconds > 0 ? formatDuration(usage.wait_seconds) : undefined],
          [
            "Turned away",
            usage.rate_limited > 0 ? `${formatNumber(usage.rate_limited)} calls, by the rate limit` : undefined,
          ],
          ["Tried again", usage.retries > 0 ? `${formatNumber(usage.retries)} calls` : undefined],
          [
            "Versions",
            Object.entries(versions)
              .map(([name, version]) => `${name} ${version}`)
              .join(" · "),
          ],
          ["Approved plan", receipt.approved],
        ]}
      />
      <Faults title="Records that were not sent" faults={bad_records} />
      <Faults title="Fields that were left out" faults={bad_fields} />
      {unknown_refs.length > 0 && (
        <div className="text-sm">
          <h3 className="pt-2 font-medium">Access that could not be read</h3>
          <ul className="list-inside list-disc text-soft">
            {unknown_refs.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}

function Faults({ title, faults }: { title: string; faults: readonly RunFault[] }) {
  if (faults.length === 0) return null;
  return (
    <div className="text-sm">
      <h3 className="pt-2 font-medium">{title}</h3>
      <ul>
        {faults
          .toSorted((one, other) => other.count - one.count)
          .slice(0, SHOWN)
          .map((fault) => (
            <FaultRow key={`${fault.slug} ${fault.field} ${fault.reason}`} {...fault} />
          ))}
      </ul>
      {faults.length > SHOWN && (
        <p className="pt-1 text-faint">and {formatCount(faults.length - SHOWN, "other field")}</p>
      )}
      <p className="pt-1 text-xs text-faint">
        By field, with what was wrong with the first of them. All of them: in the receipt on the runner's machine.
      </p>
    </div>
  );
}

function FaultRow({ slug, field, reason, count, ids = [] }: RunFault) {
  const { org } = useSession();
  const appId = useAppId();
  return (
    <li className="border-b border-line py-1">
      <div className="flex gap-3">
        <code className="text-xs">
          {slug}.{field}
        </code>
        <span className="min-w-0 flex-1 text-soft">{reason}</span>
        <span className="tabular-nums">{formatNumber(count)}</span>
      </div>
      {ids.length > 0 && (
        <ul className="flex flex-wrap gap-x-3 text-xs">
          {ids.map((id) => (
            <li key={id} className="min-w-0">
              <Link
                to="/o/$org/apps/$appId/records/$slug/record"
                params={{ org, appId, slug }}
                search={{ id }}
                className="block truncate text-link"
              >
                {id}
              </Link>
            </li>
          ))}
          {count > ids.length && <li className="text-faint">and others</li>}
        </ul>
      )}
    </li>
  );
}
