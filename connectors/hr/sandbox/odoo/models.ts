import type { OdooDatabase } from "./database.ts";
import type { Model } from "./model.ts";
import { apiKeyModel } from "./models/api-keys.ts";
import { companyModel } from "./models/companies.ts";
import { departmentModel } from "./models/departments.ts";
import { employeeModel } from "./models/employees.ts";
import { groupModel } from "./models/groups.ts";
import { partnerModel } from "./models/partners.ts";
import { userModel } from "./models/users.ts";
import type { ApiKeyRow } from "./state.ts";

// Only the model knows its row type; everything else uses its fields.
export type AnyModel = Model<{ id: number }>;

/** The models that the sandbox serves, by their technical names. */
export function createModels(db: OdooDatabase, keys: readonly ApiKeyRow[]): Record<string, AnyModel | undefined> {
  const models = [
    userModel(db),
    groupModel(db),
    employeeModel(db),
    departmentModel(db),
    companyModel(db),
    apiKeyModel(db, keys),
    partnerModel(),
  ] as unknown as AnyModel[];
  return Object.assign(Object.create(null), Object.fromEntries(models.map((model) => [model.name, model])));
}
