import { Menu } from "@base-ui/react/menu";
import { BASE } from "../base.ts";
import { showToast } from "../components/toasts.tsx";
import { signOut, useSession } from "../session/session.ts";
import { AccountMenuLabel, accountMenuClass } from "./account-menu-label.tsx";
import { type Preferences, setPreferences, usePreferences } from "./preferences.ts";

const ROLES = {
  connector: "a connector: feeds apps and carries out their tasks",
  auditor: "an auditor: reads everything, changes nothing",
  operator: "an operator: everything but keys, people and guards",
  admin: "an administrator: everything",
};

const itemClass =
  "flex h-8 items-center gap-2 rounded-sm px-2.5 text-sm outline-none select-none data-highlighted:bg-hover cursor-pointer";

/** What can be done about the session and the looks; loaded when it is first wanted, and open then. */
export function AccountMenu() {
  const { org, orgName, person, role } = useSession();
  const { theme, density } = usePreferences();
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger aria-label="Your session and how the console looks" className={accountMenuClass}>
        <AccountMenuLabel />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={6} className="z-40">
          <Menu.Popup className="w-64 rounded-md border border-line bg-raised p-1 shadow-float outline-none">
            <div className="px-2.5 py-1.5 text-xs text-soft">
              {person === undefined ? (
                <>
                  Signed in to <strong className="font-medium text-text">{orgName}</strong> ({org}) by an API key
                </>
              ) : (
                <>
                  <strong className="block font-medium text-text">{person.name}</strong>
                  {person.email !== null && <span className="block truncate">{person.email}</span>}
                  of {orgName} ({org})
                </>
              )}
              <span className="block">as {ROLES[role]}</span>
            </div>
            <Menu.Separator className="my-1 h-px bg-line" />
            <Choices
              name="Theme"
              value={theme}
              choices={{ system: "As the system", light: "Light", dark: "Dark" }}
              onChoice={(value) => setPreferences({ theme: value as Preferences["theme"] })}
            />
            <Menu.Separator className="my-1 h-px bg-line" />
            <Choices
              name="Rows"
              value={density}
              choices={{ compact: "Compact", comfortable: "Comfortable" }}
              onChoice={(value) => setPreferences({ density: value as Preferences["density"] })}
            />
            <Menu.Separator className="my-1 h-px bg-line" />
            <Menu.LinkItem className={itemClass} href={new URL("docs", BASE).href} target="_blank" rel="noreferrer">
              API reference
            </Menu.LinkItem>
            <Menu.Item className={itemClass} onClick={() => void leave()}>
              Sign out
            </Menu.Item>
            {person !== undefined && (
              <Menu.Item className={itemClass} onClick={() => void leave({ everywhere: true })}>
                Sign out everywhere
              </Menu.Item>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Whoever thinks that they are signed out may leave the computer to others. */
async function leave(options?: Parameters<typeof signOut>[0]): Promise<void> {
  await signOut(options).catch(() => {
    showToast("You are still signed in: the Bridge could not be reached. Try again.");
  });
}

interface ChoicesProps {
  name: string;
  value: string;
  choices: Readonly<Record<string, string>>;
  onChoice: (value: string) => void;
}

function Choices({ name, value, choices, onChoice }: ChoicesProps) {
  return (
    <Menu.Group>
      <Menu.GroupLabel className="px-2.5 pt-1 pb-0.5 text-xs text-soft">{name}</Menu.GroupLabel>
      <Menu.RadioGroup value={value} onValueChange={onChoice}>
        {Object.entries(choices).map(([choice, label]) => (
          <Menu.RadioItem key={choice} value={choice} className={`${itemClass} justify-between`}>
            {label}
            <Menu.RadioItemIndicator className="size-1.5 rounded-full bg-accent" />
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}
