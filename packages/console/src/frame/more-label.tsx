import { Ellipsis } from "lucide-react";

/** The face of the button, in the first view and in the menu that is loaded later. */
export function MoreLabel() {
  return (
    <>
      <Ellipsis size={16} aria-hidden className="shrink-0" />
      <span>More</span>
    </>
  );
}
