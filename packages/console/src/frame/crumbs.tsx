import { Link, useMatches } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { AppName } from "../apps/app-name.tsx";
import { classNames } from "../components/class-names.ts";

/** Where the page is, from the static names of its routes; the name of an app, which may be long, gives way to them. */
export function Crumbs() {
  const crumbs = useMatches().flatMap(({ id, pathname, staticData }) =>
    staticData.crumb === undefined ? [] : [{ id, pathname, crumb: staticData.crumb }],
  );
  return (
    <nav aria-label="You are here" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1.5 text-sm text-soft">
        {crumbs.map(({ id, pathname, crumb: Crumb }, index) => (
          <li key={id} className={classNames("flex min-w-0 items-center gap-1.5", Crumb === AppName && "shrink-999")}>
            {index > 0 && <ChevronRight size={14} aria-hidden className="shrink-0 text-faint" />}
            <Link
              to={pathname}
              aria-current={index === crumbs.length - 1 ? "page" : undefined}
              className="truncate hover:text-text aria-[current=page]:text-text"
            >
              <Crumb />
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
