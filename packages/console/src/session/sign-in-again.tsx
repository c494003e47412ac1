import { Dialog } from "@base-ui/react/dialog";
import { ProviderButton } from "./provider-button.tsx";
import { SignInForm } from "./sign-in.tsx";
import { useSession } from "./session.ts";

/** Asks over the page for another key, so that the page stays as it is. */
export function SignInAgain() {
  const { org } = useSession();
  return (
    <Dialog.Root open disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-sunken/80 backdrop-blur-sm" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-40 w-90 max-w-[calc(100vw-2rem)] -translate-1/2 rounded-md border border-line bg-raised p-6 shadow-float">
          <Dialog.Title className="text-lg font-semibold">Sign in again</Dialog.Title>
          <Dialog.Description className="mt-1 mb-4 text-sm text-soft">
            The Bridge no longer accepts this session. What you were doing is still here.
          </Dialog.Description>
          <ProviderButton />
          <SignInForm org={org} isOrgFixed />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
