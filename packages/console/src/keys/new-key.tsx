import { Suspense, useState } from "react";
import { Button } from "../components/button.tsx";
import { lazyPart } from "../lazy.ts";

const NewKeyDialog = lazyPart(() => import("./new-key-dialog.tsx"), "NewKeyDialog");

export function NewKey() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button look="primary" onClick={() => setIsOpen(true)}>
        New key…
      </Button>
      {isOpen && (
        <Suspense>
          <NewKeyDialog onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
