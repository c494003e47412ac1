import { useQuery } from "@tanstack/react-query";
import { Check, Minus } from "lucide-react";
import { appQuery, typesQuery } from "../api/queries.ts";
import { CopyButton } from "../components/copy-button.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { Facts } from "../components/facts.tsx";
import { Moment } from "../components/moment.tsx";
import { Section } from "../components/page.tsx";
import { useSession } from "../session/session.ts";
import { ACTIONS, actionLabel } from "../tasks/actions.ts";
import { useAppId } from "./app-scope.tsx";
import { GuardSection } from "./guard-section.tsx";

/** What the connector of an app can do, what is synced, and when the guard holds a sync. */
export function ConnectorPage() {
  const session = useSession();
  const appId = useAppId();
  const { data: app } = useQuery(appQuery(session, appId));
  const { data: types = [] } = useQuery(typesQuery(session, appId));
  if (app === undefined) return null;
  const { capabilities } = app;
  return (
    <div className="grid gap-8 lg:grid-cols-2">
      <Section title="Connector">
        {capabilities ? (
          <>
            <Facts
              facts={[
                ["Name", capabilities.connector],
                ["Version", capabilities.version],
              ]}
            />
            <ul aria-label="What it can do" className="border-t border-line text-sm">
              {[
                ...ACTIONS.map((action) => ({
                  key: action,
                  label: actionLabel(action),
                  isAble: capabilities.actions.includes(action),
                })),
                ...types
                  .filter(({ type }) => type !== "account")
                  .map(({ slug, name }) => ({
                    key: slug,
                    label: `Add to and remove from: ${name}`,
                    isAble: capabilities.grantable.includes(slug),
                  })),
              ].map(({ key, label, isAble }) => (
                <li key={key} className="flex items-start gap-2 border-b border-line py-1.5">
                  {isAble ? (
                    <Check size={14} aria-label="Can" className="mt-0.5 shrink-0 text-green" />
                  ) : (
                    <Minus size={14} aria-label="Can't" className="mt-0.5 shrink-0 text-faint" />
                  )}
                  <span className={isAble ? undefined : "text-soft"}>
                    {label}
                    {!isAble && capabilities.advice[key] !== undefined && (
                      <span className="block text-xs text-faint">{capabilities.advice[key]}</span>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <EmptyNote>Its connector has not said what it can do; it does so when it runs.</EmptyNote>
        )}
      </Section>
      <div className="flex flex-col gap-8">
        <GuardSection app={app} />
        <Section title="App">
          <Facts
            facts={[
              ["Made", <Moment key="made" at={app.created_at} />],
              ["Resource types", types.map(({ name }) => name).join(", ")],
              [
                "Id",
                <span key="id" className="flex items-center gap-1">
                  <code className="text-xs">{app.id}</code>
                  <CopyButton text={app.id} name="the id of the app" />
                </span>,
              ],
            ]}
          />
        </Section>
      </div>
    </div>
  );
}
