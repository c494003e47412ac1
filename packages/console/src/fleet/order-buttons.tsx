import { Suspense, useState } from "react";
import { Button } from "../components/button.tsx";
import { formatNumber } from "../components/format.ts";
import { type FleetApp, mayTake, ORDERS, type Order } from "./fleet-apps.ts";
import { lazyPart } from "../lazy.ts";

const OrderDialog = lazyPart(() => import("./order-dialog.tsx"), "OrderDialog");

interface OrderButtonsProps {
  apps: readonly FleetApp[];
  onDone?: () => void;
}

/** What can be ordered of these apps; each button says of how many, if there are several. */
export function OrderButtons({ apps, onDone }: OrderButtonsProps) {
  const [asks, setAsks] = useState<{ order: Order; apps: readonly FleetApp[] }>();
  const [only] = apps.length === 1 ? apps : [];
  return (
    <>
      {ORDERS.map(({ order, name }) => {
        const able = apps.filter((app) => mayTake(app, order));
        if (able.length === 0) return null;
        return (
          <Button
            key={order}
            look={only ? "quiet" : "plain"}
            className="h-7"
            aria-label={only && `${name}: ${only.name}`}
            onClick={() => setAsks({ order, apps: able })}
          >
            {name}
            {only ? "" : ` ${formatNumber(able.length)}`}…
          </Button>
        );
      })}
      <Suspense>
        {asks && <OrderDialog order={asks.order} apps={asks.apps} onClose={() => setAsks(undefined)} onDone={onDone} />}
      </Suspense>
    </>
  );
}
