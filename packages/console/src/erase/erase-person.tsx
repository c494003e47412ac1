import type { RecordData } from "@bridgekit/client";
import { Suspense, useState } from "react";
import { Button } from "../components/button.tsx";
import { useMayAdminister } from "../session/session.ts";
import { lazyPart } from "../lazy.ts";

const EraseDialog = lazyPart(() => import("./erase-dialog.tsx"), "EraseDialog");

interface ErasePersonProps {
  appId: string;
  slug: string;
  data: RecordData;
}

/** Offers to erase whom an account belongs to. */
export function ErasePerson({ appId, slug, data }: ErasePersonProps) {
  const mayAdminister = useMayAdminister();
  const [isAsked, setIsAsked] = useState(false);
  if (!mayAdminister) return null;
  return (
    <>
      <Button onClick={() => setIsAsked(true)}>Erase person…</Button>
      {isAsked && (
        <Suspense>
          <EraseDialog appId={appId} slug={slug} data={data} onClose={() => setIsAsked(false)} />
        </Suspense>
      )}
    </>
  );
}
