import { signInAddress } from "./person.ts";
import { useSessionState } from "./session.ts";

/** Leads to the identity provider, if the Bridge has one; in another tab, where this one has something to keep. */
export function ProviderButton({ isApart = false }: { isApart?: boolean }) {
  const { provider } = useSessionState();
  if (provider === undefined) return null;
  return (
    <div className="mb-1 flex flex-col gap-3">
      <a
        href={signInAddress()}
        {...(isApart && { target: "_blank", rel: "noopener" })}
        className="inline-flex h-9 items-center justify-center rounded-md bg-accent-solid px-3 text-sm font-medium text-on-accent hover:bg-accent-solid-hover"
      >
        Sign in with {provider.title}
      </a>
      <p className="text-center text-xs text-soft">or by an API key</p>
    </div>
  );
}
