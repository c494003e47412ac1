import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import type { RecordFilter } from "../api/queries.ts";
import { read } from "../api/read.ts";
import { Button } from "../components/button.tsx";
import { showToast } from "../components/toasts.tsx";
import { useSession } from "../session/session.ts";

interface ExportButtonProps {
  appId: string;
  slug: string;
  filter: RecordFilter;
}

/** Saves all records that the filter finds, as a table. */
export function ExportButton({ appId, slug, filter: { text, status, member_of, assigned } }: ExportButtonProps) {
  const { client } = useSession();
  const save = useMutation({
    mutationFn: async () => {
      const query = { format: "csv" as const, text, status, member_of, assigned };
      const params = { path: { app_id: appId, slug }, query };
      // The key is in no address, so the browser can't fetch the file by itself.
      const call = client.api.GET("/api/v1/bridge/apps/{app_id}/export/{slug}/", { params, parseAs: "blob" });
      saveAs(await read(call), `${slug}.csv`);
    },
    onError: () => showToast("The export broke off, and no file was saved. Try again."),
  });
  return (
    <Button onClick={() => save.mutate()} disabled={save.isPending}>
      <Download size={14} aria-hidden /> {save.isPending ? "Exporting…" : "Export CSV"}
    </Button>
  );
}

function saveAs(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
