import { lazy, Suspense, useState } from "react";
import { Button } from "../components/button.tsx";

const NewLinkDialog = lazy(async () => ({ default: (await import("./new-link-dialog.tsx")).NewLinkDialog }));

export function NewLink() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button look="primary" onClick={() => setIsOpen(true)}>
        New sign-in link…
      </Button>
      {isOpen && (
        <Suspense>
          <NewLinkDialog onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
