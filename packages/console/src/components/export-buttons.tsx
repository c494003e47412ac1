import { useMutation } from "@tanstack/react-query";
import { Copy, Download } from "lucide-react";
import { buttonClass } from "./button.tsx";
import { toTabs } from "./csv.ts";
import { showToast } from "./toasts.tsx";

export type ExportFormat = "csv" | "json";

interface ExportButtonsProps {
  /** Of the file, without its ending. */
  name: string;
  /** All rows that the filter finds, in this format. */
  toFile: (format: ExportFormat) => Promise<Blob>;
}

const ENDINGS: Record<ExportFormat, string> = { csv: "csv", json: "ndjson" };

/** Copies what is filtered, or saves it as a table or as a JSON object in each line. */
export function ExportButtons({ name, toFile }: ExportButtonsProps) {
  const action = useMutation({
    mutationFn: async (what: ExportFormat | "copy") => {
      const file = await toFile(what === "copy" ? "csv" : what);
      if (what !== "copy") return saveAs(file, `${name}.${ENDINGS[what]}`);
      await navigator.clipboard.writeText(toTabs(await file.text()));
      showToast("Copied as a table.");
    },
    onError: () => showToast("The export broke off; nothing was saved or copied. Try again."),
  });
  // A page on plain HTTP has no clipboard.
  const mayCopy = "clipboard" in navigator;
  const buttons = [
    ...(mayCopy ? [{ what: "copy" as const, label: "Copy", name: "Copy the list" }] : []),
    { what: "csv" as const, label: "CSV", name: "Export CSV" },
    { what: "json" as const, label: "JSON", name: "Export JSON" },
  ];
  return (
    <div role="group" aria-label="Export" className="no-print inline-flex" aria-busy={action.isPending}>
      {buttons.map(({ what, label, name }) => (
        <button
          key={what}
          type="button"
          aria-label={name}
          title={name}
          disabled={action.isPending}
          onClick={() => action.mutate(what)}
          className={buttonClass(
            "plain",
            "-ml-px h-7 rounded-none px-2 font-normal text-soft first:ml-0 first:rounded-l-md last:rounded-r-md",
          )}
        >
          {what === "copy" ? <Copy size={14} aria-hidden /> : <Download size={14} aria-hidden />}
          {label}
        </button>
      ))}
    </div>
  );
}

/** Saves a file as if it were downloaded. */
export function saveAs(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
