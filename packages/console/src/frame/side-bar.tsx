import { Link, useParams } from "@tanstack/react-router";
import { classNames } from "../components/class-names.ts";
import { useSession } from "../session/session.ts";
import { Logo } from "./logo.tsx";
import { MoreButton } from "./more-button.tsx";
import { type Place, placesOf, SHOWN_IN_BAR } from "./places.ts";

const LINK =
  "flex items-center gap-2.5 rounded-md text-sm text-soft transition-colors hover:bg-hover hover:text-text aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-text max-xs:h-13 max-xs:min-w-0 max-xs:flex-1 max-xs:flex-col max-xs:justify-center max-xs:gap-0.5 max-xs:px-1 max-xs:text-[11px] xs:h-8 xs:px-2.5 xs:max-lg:justify-center";

/** The places of the console: a column, icons alone at 1024 px, a bar at the bottom at 480 that has the first of them. */
export function SideBar() {
  const { orgName, role } = useSession();
  return (
    <aside className="no-print z-20 flex shrink-0 border-line bg-sunken max-xs:fixed max-xs:inset-x-0 max-xs:bottom-0 max-xs:border-t xs:sticky xs:top-0 xs:h-dvh xs:w-14 xs:flex-col xs:border-r lg:w-52">
      <div className="flex h-12 items-center gap-2 px-4 max-xs:hidden">
        <Logo />
      </div>
      <p className="truncate px-4 pb-3 text-sm text-soft max-lg:hidden" title={orgName}>
        {orgName}
      </p>
      <nav aria-label="Places" className="flex gap-0.5 max-xs:w-full max-xs:px-1 xs:flex-col xs:px-2">
        {placesOf(role).map((place, index) => (
          <PlaceLink key={place.to} {...place} isInBar={index < SHOWN_IN_BAR} />
        ))}
        <MoreButton className={classNames(LINK, "xs:hidden")} />
      </nav>
    </aside>
  );
}

function PlaceLink({ to, name, icon: Icon, isInBar }: Place & { isInBar: boolean }) {
  const { org } = useParams({ from: "/o/$org" });
  return (
    <Link
      to={to}
      params={{ org }}
      activeOptions={{ exact: to === "/o/$org" }}
      title={name}
      className={classNames(LINK, !isInBar && "max-xs:hidden")}
    >
      <Icon size={16} aria-hidden className="shrink-0" />
      <span className="xs:max-lg:sr-only">{name}</span>
    </Link>
  );
}
