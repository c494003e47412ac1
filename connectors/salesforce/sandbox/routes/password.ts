import { createRoutes, demandWrite, readBody, type ApiContext } from "../api.ts";
import { refused } from "../salesforce-error.ts";

export const password = createRoutes();
const PATH = "/sobjects/User/:id/password";

password.get(PATH, (context) => {
  readUser(context);
  return context.json({ isExpired: false });
});

password.post(PATH, async (context) => {
  const user = readUser(context);
  const { NewPassword: value } = await readBody(context);
  demandWrite(context);
  if (typeof value !== "string") throw refused("INVALID_NEW_PASSWORD", "A new password is required.");
  context.var.org.setPassword(user, value);
  return context.body(null, 204);
});

password.delete(PATH, (context) => {
  const user = readUser(context);
  demandWrite(context);
  if (user["IsActive"] !== true) throw refused("INVALID_OPERATION", "The user is not active.");
  return context.json({ NewPassword: context.var.org.resetPassword(user) });
});

function readUser({ var: { org }, req }: ApiContext) {
  return org.row(org.definition("User"), req.param("id")!);
}
