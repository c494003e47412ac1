import { z } from "zod";

const address = z.url({ protocol: /^https?$/ });
const text = z.string().min(1);
const version = z.string().regex(/^\d\d\.0$/, "an API version such as 64.0");
const profileId = z.string().regex(/^00e[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/, "the id of a profile, 00e…");

/** Types whose objects some orgs lack. */
const OPTIONAL_TYPES = ["role", "permission_set_group", "public_group", "queue", "permission_set_license"] as const;

export const salesforceConfig = z.strictObject({
  /** The org's My Domain: `https://acme.my.salesforce.com`. Sign-in goes there, never to login.salesforce.com. */
  url: address,
  signIn: z.discriminatedUnion("grant", [
    z.strictObject({
      grant: z.literal("client_credentials"),
      /** Consumer key and secret of an external client app that has a Run As user. */
      clientId: text,
      clientSecret: text.meta({ secret: true }),
    }),
    z.strictObject({
      grant: z.literal("jwt_bearer"),
      clientId: text,
      /** The user to act as, pre-authorized in the app's policies. */
      username: text,
      /** The private key, as PEM, for the app's certificate. */
      privateKey: text.meta({ secret: true }),
      /** `https://test.salesforce.com` for a sandbox org. */
      audience: address.default("https://login.salesforce.com"),
    }),
  ]),
  apiVersion: version.default("64.0"),
  /** Types that this org does not have; they are not queried, and a run without them is complete. */
  without: z.array(z.enum(OPTIONAL_TYPES)).default([]),
  /** Share of the daily API calls that syncs leave to tasks. */
  keepForTasks: z.number().min(0).max(1).default(0.1),
  /** What `suspend_account` does. A frozen user keeps the license. */
  suspend: z.enum(["freeze", "deactivate"]).default("freeze"),
  /** What `delete_account` does: Salesforce cannot delete users. */
  delete: z.enum(["deactivate", "freeze"]).default("deactivate"),
  /** Fields that Salesforce requires of a new user but tasks do not contain. */
  newUser: z
    .strictObject({
      /** Id of the profile if a task names none; it decides the license. */
      profileId: profileId.optional(),
      /** Appended to the email to form the username, which is unique in all of Salesforce: `.acme`. */
      usernameSuffix: z.string().default(""),
      /** The last name if a task has none; by default, the part of the email before the @. */
      lastName: z.string().min(1).max(80).optional(),
      /** The same for everybody; by default, derived from the name. */
      alias: z.string().min(1).max(8).optional(),
      timeZone: text.default("America/Los_Angeles"),
      locale: text.default("en_US"),
      language: text.default("en_US"),
      emailEncoding: text.default("UTF-8"),
    })
    .prefault({}),
});

export type SalesforceConfig = z.output<typeof salesforceConfig>;
