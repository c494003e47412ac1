import type { JiraLicense, JiraProduct } from "./jira-models.ts";

/** The license of a product. Its use is what Jira counts, which is neither members of groups nor seats less the rest. */
export function toLicense(product: JiraProduct, { applications }: JiraLicense) {
  const plan = applications.find(({ id }) => id === product.key)?.plan;
  return {
    id: product.key,
    name: product.name,
    // 0 is the protocol's word for no limit; Jira's is -1 or whatever it was.
    max_count: product.hasUnlimitedSeats ? 0 : Math.max(0, product.numberOfSeats),
    used_count: Math.max(0, product.userCount),
    is_unlimited: product.hasUnlimitedSeats,
    ...(plan !== undefined && { is_paid: plan === "PAID" }),
  };
}
