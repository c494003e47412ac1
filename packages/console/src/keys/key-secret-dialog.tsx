import type { KeyCreated } from "@bridgekit/client";
import { SecretDialog } from "../components/secret-dialog.tsx";

/** Shows the secret of a key this once. */
export function KeySecretDialog({ created: { name, key }, onClose }: { created: KeyCreated; onClose: () => void }) {
  return (
    <SecretDialog title={`The key "${name}"`} secret={key} name="the key" onClose={onClose}>
      Copy it now: the Bridge keeps a hash of it only and never shows it again.
    </SecretDialog>
  );
}
