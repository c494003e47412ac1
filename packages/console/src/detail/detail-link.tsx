import { Link, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSession } from "../session/session.ts";
import { type Detail, toOpen, toPage } from "./detail.ts";
import { useIsWide } from "./use-is-wide.ts";

interface DetailLinkProps {
  detail: Detail;
  className?: string;
  children: ReactNode;
}

/** Opens a detail beside the list that it is in, or as a page where there is no room. */
export function DetailLink({ detail, className, children }: DetailLinkProps) {
  const { org } = useSession();
  const isWide = useIsWide();
  const { open: current } = useSearch({ strict: false });
  if (!isWide)
    return (
      <Link {...toPage(detail, org)} className={className}>
        {children}
      </Link>
    );
  const open = toOpen(detail);
  return (
    <Link
      to="."
      search={(previous) => ({ ...previous, open })}
      state
      resetScroll={false}
      data-detail={open}
      aria-current={open === current ? "true" : undefined}
      className={className}
    >
      {children}
    </Link>
  );
}
