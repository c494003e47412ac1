import type { ErrorComponentProps } from "@tanstack/react-router";
import { Button } from "../components/button.tsx";
import { Page } from "../components/page.tsx";

/** Stands in place of a page of which the console itself fails. */
export function BrokenPage({ error }: ErrorComponentProps) {
  return (
    <Page title="This page could not be shown">
      <div role="alert" className="flex max-w-160 flex-col items-start gap-3 text-sm">
        <p className="text-soft">
          The console failed, not the Bridge: nothing was changed. It said:{" "}
          <code className="text-xs">{String(error)}</code>
        </p>
        <Button onClick={() => globalThis.location.reload()}>Load it again</Button>
      </div>
    </Page>
  );
}
