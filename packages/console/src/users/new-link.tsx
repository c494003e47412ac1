import { Suspense, useState } from "react";
import { Button } from "../components/button.tsx";
import { lazyPart } from "../lazy.ts";

const NewLinkDialog = lazyPart(() => import("./new-link-dialog.tsx"), "NewLinkDialog");

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
