import { Suspense, useState } from "react";
import { AccountMenuLabel, accountMenuClass } from "./account-menu-label.tsx";
import { lazyPart } from "../lazy.ts";

const load = () => import("./account-menu.tsx");
const AccountMenu = lazyPart(load, "AccountMenu");

/** The trigger of a menu that is loaded when somebody reaches for it. */
export function AccountMenuButton() {
  const [isWanted, setIsWanted] = useState(false);
  const button = (
    <button
      type="button"
      aria-haspopup="menu"
      aria-label="Your session and how the console looks"
      className={accountMenuClass}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setIsWanted(true)}
    >
      <AccountMenuLabel />
    </button>
  );
  return isWanted ? (
    <Suspense fallback={button}>
      <AccountMenu />
    </Suspense>
  ) : (
    button
  );
}
