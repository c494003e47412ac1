import type { JiraLicense, JiraProduct } from "./jira-models.ts";

/** The license of a product. Its use is what Jira counts, which is neither members of groups nor seats less the rest. */
export function toLicense(product: JiraProduct, { applications }: JiraLicense) {
  const plan = applications?.find(({ id }) => id === product.key)?.plan;
  const isUnlimited = product.hasUnlimitedSeats === true;
  const seats = toCount(product.numberOfSeats);
  const used = toCount(product.userCount);
  return {
    id: product.key,
    name: product.name,
    // 0 is the protocol's word for no limit, so of a product without seats no maximum is told; Jira's word is -1.
    ...(isUnlimited ? { max_count: 0 } : seats !== undefined && seats > 0 && { max_count: seats }),
    ...(used !== undefined && { used_count: Math.max(0, used) }),
    is_unlimited: isUnlimited,
    ...(plan !== undefined && { is_paid: plan === "PAID" }),
  };
}

function toCount(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
