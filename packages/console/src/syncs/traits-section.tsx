import type { components } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { heldQuery } from "../api/queries.ts";
import { formatNumber } from "../components/format.ts";
import { QueryPart } from "../components/query-part.tsx";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";

type Schemas = components["schemas"];
type Trait = Schemas["Trait"];
type CommonTraits = Schemas["CommonTraits"];

const SHOWN = 6;
// So many times as common among the removed as among all.
const APART = 1.2;

/** What the records have in common that a held sync would remove, and who loses what. */
export function TraitsSection({ appId, syncId }: { appId: string; syncId: string }) {
  const query = useQuery(heldQuery(useSession(), appId, syncId));
  return (
    <QueryPart title="The explanation" query={query}>
      {(explanation) => <Traits {...explanation} />}
    </QueryPart>
  );
}

function Traits({ types: examinedTypes, refs, losses }: Schemas["HeldExplanation"]) {
  const types = examinedTypes
    .map(({ slug, examined, traits }) => ({
      slug,
      examined,
      traits: traits.filter((trait) => isTelling(trait, examined)),
    }))
    .filter(({ traits }) => traits.length > 0);
  const isEmpty = refs.length === 0 && types.length === 0;
  return (
    <div className="flex flex-col gap-5 text-sm">
      {types.map(({ slug, examined, traits }) => (
        <div key={slug}>
          <p className="pb-2 text-xs text-soft">
            {describeExamined(examined.removed, lostOf(losses, slug))} removed {slug} records
          </p>
          <ul className="flex flex-col gap-2.5">
            {traits.slice(0, SHOWN).map((trait) => (
              <Bar
                key={`${trait.by} ${trait.name} ${trait.value}`}
                label={describe(trait)}
                count={trait.removed}
                of={examined.removed}
                note={`${formatNumber(trait.active)} active records have it`}
              />
            ))}
          </ul>
        </div>
      ))}
      {refs.length > 0 && (
        <div>
          <p className="pb-2 text-xs text-soft">Taken from accounts that stay</p>
          <ul className="flex flex-col gap-2.5">
            {refs.slice(0, SHOWN).map(({ slug, id, name, lost }) => (
              <Bar key={`${slug} ${id}`} label={`${slug} ${name ?? id}`} count={lost} of={refs[0]!.lost} />
            ))}
          </ul>
        </div>
      )}
      {isEmpty && <p className="text-soft">Nothing that sets them apart from the others.</p>}
    </div>
  );
}

/** How many records of a type would be removed. */
function lostOf(losses: Schemas["HeldExplanation"]["losses"], slug: string): number {
  return losses.find((loss) => loss.of === "records" && loss.slug === slug)?.lost ?? 0;
}

function describeExamined(examined: number, lost: number): string {
  const count = formatNumber(examined);
  return lost > examined ? `Of a sample of ${count} of the ${formatNumber(lost)}` : `Of ${count}`;
}

interface BarProps {
  label: string;
  count: number;
  of: number;
  note?: string;
}

function Bar({ label, count, of, note }: BarProps) {
  return (
    <li title={note}>
      <div className="flex items-baseline justify-between gap-3">
        <Text className="min-w-0 truncate">{label}</Text>
        <span className="tabular-nums">{formatNumber(count)}</span>
      </div>
      <div className="mt-0.5 h-1.5 rounded-full bg-hover">
        <div className="h-full rounded-full bg-amber" style={{ width: `${Math.max(2, (count / of) * 100)}%` }} />
      </div>
      {note !== undefined && <span className="sr-only">{note}</span>}
    </li>
  );
}

/** Whether a trait sets the removed apart: what all have in common explains nothing. */
function isTelling(trait: Trait, examined: CommonTraits["examined"]): boolean {
  return trait.removed / examined.removed > APART * (trait.active / examined.active);
}

/** `email at lyon.example.com`, `department Lyon`, `no department`. */
function describe({ by, name, value, title }: Trait): string {
  if (value === null) return `no ${name}`;
  switch (by) {
    case "email_domain":
      return `${name} at ${value}`;
    case "field":
      return `${name} ${value}`;
    case "member_of":
    case "assigned":
      return `${name} ${title ?? value}`;
  }
}
