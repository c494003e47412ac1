export interface RoleOption<Role extends string> {
  role: Role;
  can: string;
}

interface RoleChoiceProps<Role extends string> {
  options: readonly RoleOption<Role>[];
  value: Role;
  onChange: (role: Role) => void;
}

/** One of the roles, each with what it can. */
export function RoleChoice<Role extends string>({ options, value, onChange }: RoleChoiceProps<Role>) {
  return (
    <fieldset className="flex flex-col gap-1.5 text-sm">
      <legend className="pb-1 font-medium">Role</legend>
      {options.map(({ role, can }) => (
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
            <span className="capitalize">{role}</span> <span className="text-soft">{can}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
