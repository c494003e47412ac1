import { useEffect } from "react";
import { Logo } from "../frame/logo.tsx";
import { ProviderButton } from "./provider-button.tsx";
import { SignInForm } from "./sign-in.tsx";

interface SignInPageProps {
  org: string | undefined;
  onSignedIn?: (org: string) => void;
}

export function SignInPage({ org, onSignedIn }: SignInPageProps) {
  useEffect(() => {
    document.title = "Sign in · Bridgekit";
  }, []);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center bg-sunken p-4">
      <div className="flex w-full max-w-90 flex-col gap-6 rounded-md border border-line bg-ground p-6">
        <div className="flex flex-col gap-3">
          <Logo />
          <h1 className="text-xl font-semibold tracking-tight">Sign in</h1>
        </div>
        <ProviderButton />
        <SignInForm org={org} {...(onSignedIn && { onSignedIn })} />
      </div>
      <p className="mt-4 max-w-90 text-center text-xs text-soft">
        No key? On the machine of the Bridge, <code>bridgekit login</code> prints a link that signs you in.
      </p>
    </main>
  );
}
