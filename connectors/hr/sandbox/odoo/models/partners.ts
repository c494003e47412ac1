import { GROUP } from "../base-groups.ts";
import { notOffered } from "../errors.ts";
import type { Model } from "../model.ts";
import { Table } from "../table.ts";

const CREATION = [GROUP.contactCreation];

const refuse = () => {
  throw notOffered("A change of res.partner");
};

/** res.partner: the contact that each user has, which Odoo makes, changes and deletes along with the user. */
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
