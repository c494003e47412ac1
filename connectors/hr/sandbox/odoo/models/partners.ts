import { GROUP } from "../base-groups.ts";
import { notOffered } from "../errors.ts";
import type { Model } from "../model.ts";
import { Table } from "../table.ts";

const CREATION = [GROUP.contactCreation];

const refuse = () => {
  throw notOffered("A change of res.partner");
};

/** res.partner: a user's contact, which Odoo creates, changes and deletes along with the user. */
export function partnerModel(): Model<{ id: number }> {
  return {
    name: "res.partner",
    title: "Contact",
    isAccessOnly: true,
    table: new Table<{ id: number }>([], 1),
    defaultOrder: "id",
    access: { read: [GROUP.user], write: CREATION, create: CREATION, unlink: CREATION },
    fields: {},
    create: refuse,
    write: refuse,
    unlink: refuse,
  };
}
