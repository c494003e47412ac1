import { Menu } from "@base-ui/react/menu";
import { Link, useParams } from "@tanstack/react-router";
import { useSession } from "../session/session.ts";
import { MoreLabel } from "./more-label.tsx";
import { placesOf, SHOWN_IN_BAR } from "./places.ts";

interface MoreMenuProps {
  className: string;
  "aria-current": "page" | undefined;
}

/** The places that the bar of a phone has no room for; open when it is first shown. */
export function MoreMenu(props: MoreMenuProps) {
  const { org } = useParams({ from: "/o/$org" });
  const { role } = useSession();
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger {...props}>
        <MoreLabel />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="top" align="end" sideOffset={8} className="z-40">
          <Menu.Popup className="w-48 rounded-md border border-line bg-raised p-1 shadow-float outline-none">
            {placesOf(role)
              .slice(SHOWN_IN_BAR)
              .map(({ to, name, icon: Icon }) => (
                <Menu.LinkItem
                  key={to}
                  closeOnClick
                  render={<Link to={to} params={{ org }} />}
                  className="flex h-11 items-center gap-3 rounded-sm px-3 text-sm outline-none select-none aria-[current=page]:font-medium data-highlighted:bg-hover"
                >
                  <Icon size={16} aria-hidden className="shrink-0 text-soft" />
                  {name}
                </Menu.LinkItem>
              ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
