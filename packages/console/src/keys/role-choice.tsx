import type { KeyCreate } from "@bridgekit/client";

type AnyRole = KeyCreate["role"];

const CAN: Readonly<Record<AnyRole, string>> = {
  connector: "feeds apps and carries out their tasks",
  auditor: "reads everything, changes nothing",
  operator: "does everything but keys, people and guards",
  admin: "does everything",
};

interface RoleChoiceProps<Role extends AnyRole> {
  roles: readonly Role[];
  value: Role;
  onChange: (role: Role) => void;
}

/** One of the roles, each with what it can. */
export function RoleChoice<Role extends AnyRole>({ roles, value, onChange }: RoleChoiceProps<Role>) {
  return (
    <fieldset className="flex flex-col gap-1.5 text-sm">
      <legend className="pb-1 font-medium">Role</legend>
      {roles.map((role) => (
        <label key={role} className="flex items-center gap-2">
          <input
            type="radio"
            name="role"
            value={role}
            checked={role === value}
            onChange={() => onChange(role)}
            className="size-3.5 accent-accent-solid"
          />
          <span>
            <span className="capitalize">{role}</span> <span className="text-soft">{CAN[role]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
