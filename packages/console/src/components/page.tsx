import { createContext, useContext, useEffect, type ReactNode } from "react";

/** Whether a page is shown beside a list, which keeps the heading of the window. */
export const IsBeside = createContext(false);

interface PageProps {
  title: string;
  /** Beside the title. */
  aside?: ReactNode;
  /** What can be done here. */
  actions?: ReactNode;
  /** Under the title. */
  subtitle?: ReactNode;
  children: ReactNode;
}

/** A page with its heading, which also names the tab of the browser. */
export function Page({ title, aside, actions, subtitle, children }: PageProps) {
  const isBeside = useContext(IsBeside);
  const Heading = isBeside ? "h2" : "h1";
  useEffect(() => {
    if (!isBeside) document.title = `${title} · Bridgekit`;
  }, [title, isBeside]);
  return (
    <div className="@container mx-auto flex w-full max-w-340 flex-col gap-5 px-4 py-5 md:px-6">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="flex min-w-0 flex-[1_1_18rem] flex-col gap-0.5">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Heading className="text-xl font-semibold tracking-tight">{title}</Heading>
            {aside}
          </div>
          {subtitle && <div className="text-sm text-soft">{subtitle}</div>}
        </div>
        {actions && <div className="no-print flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface SectionProps {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}

export function Section({ title, aside, children }: SectionProps) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="text-base font-semibold">{title}</h2>
        {aside && <div className="text-sm text-soft">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
