import { Dialog } from "@base-ui/react/dialog";
import { useEffect } from "react";
import { ProviderButton } from "./provider-button.tsx";
import { SignInForm } from "./sign-in.tsx";
import { resumeSession, useSession } from "./session.ts";

/** Asks over the page to sign in again, here or in another tab, so that the page stays as it is. */
export function SignInAgain() {
  const { org, person } = useSession();
  useEffect(() => {
    // Whoever comes back has often signed in elsewhere in the meantime.
    const look = () => void resumeSession();
    globalThis.addEventListener("focus", look);
    return () => globalThis.removeEventListener("focus", look);
  }, []);
  return (
    <Dialog.Root open disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-sunken/80 backdrop-blur-sm" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 w-90 max-w-[calc(100vw-2rem)] -translate-1/2 rounded-md border border-line bg-raised p-6 shadow-float">
          <Dialog.Title className="text-lg font-semibold">Sign in again</Dialog.Title>
          <Dialog.Description className="mt-1 mb-4 text-sm text-soft">
            The Bridge no longer accepts this session. What you were doing is still here.
            {person !== undefined && " Sign in in another tab, such as by a new link, and this one goes on."}
          </Dialog.Description>
          <ProviderButton isApart />
          <SignInForm org={org} isOrgFixed />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
