import { isApiError } from "@bridgekit/client";
import { useState, type FormEvent } from "react";
import { Button } from "../components/button.tsx";
import { TextField } from "../components/field.tsx";
import { signInWithKey } from "./session.ts";

interface SignInFormProps {
  /** From the address, where it names an organisation. */
  org: string | undefined;
  /** The organisation can't be changed: its page is behind the form. */
  isOrgFixed?: boolean;
  onSignedIn?: (org: string) => void;
}

/** Signs in with an API key, which is kept nowhere but in the memory of the page. */
export function SignInForm({ org: wanted = "", isOrgFixed = false, onSignedIn }: SignInFormProps) {
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const valueOf = (name: string) => (values.get(name) as string).trim();
    const org = isOrgFixed ? wanted : valueOf("org");
    setIsBusy(true);
    setRefusal(undefined);
    try {
      await signInWithKey(org, valueOf("key"));
      onSignedIn?.(org);
    } catch (error) {
      setRefusal(explainRefusal(error));
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {!isOrgFixed && (
        <TextField
          label="Organisation"
          name="org"
          defaultValue={wanted}
          placeholder="main"
          autoComplete="organization"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={wanted === ""}
          required
        />
      )}
      <TextField
        label="API key"
        name="key"
        type="password"
        placeholder="bk_…"
        autoComplete="off"
        spellCheck={false}
        autoFocus={wanted !== ""}
        hint="It stays in the memory of this page: reloading the page signs you out."
        required
      />
      {refusal !== undefined && (
        <p role="alert" className="text-sm text-red">
          {refusal}
        </p>
      )}
      <Button look="primary" type="submit" disabled={isBusy}>
        {isBusy ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}

function explainRefusal(error: unknown): string {
  if (!isApiError(error)) return "The Bridge can't be reached. Check that it runs, then try again.";
  if (error.status === 401 || error.status === 404) return "The Bridge knows no such key in this organisation.";
  if (error.status === 403 && /role|connector/i.test(error.detail))
    return "A connector's key can't read the console. Use a key of an auditor, an operator or an administrator.";
  return error.detail;
}
