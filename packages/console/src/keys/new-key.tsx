import { lazy, Suspense, useState } from "react";
import { Button } from "../components/button.tsx";

const NewKeyDialog = lazy(async () => ({ default: (await import("./new-key-dialog.tsx")).NewKeyDialog }));

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
