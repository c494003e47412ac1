import { createRandom, seedPeople, type Random } from "@bridgekit/sandbox";
import type { ActorRow, GroupRow, JiraState, ProductRow, ProjectRow, RoleRow, UserRow } from "./state.ts";

export interface SeedOptions {
  /** The first one is the administrator. Every second email is hidden; some are suspended or deactivated. */
  people: number;
  /** In addition to those of the site itself: administrators, apps and products. */
  groups?: number;
  projects?: number;
  /** Shared roles; the first one is "Administrators". */
  roles?: number;
  seed?: string | number;
}

const FIRST_ACTOR_ID = 10_240;
const FIRST_ROLE_ID = 10_002;

/** The apps of every new site, more than the people of a small one. */
const APPS = [
  "Atlassian Assist",
  "Automation for Jira",
  "Chat Notifications",
  "Confluence Analytics (System)",
  "Jira Outlook",
  "Jira Service Management Widget",
  "Jira Spreadsheets",
  "Microsoft Teams for Jira Cloud",
  "Slack",
  "Trello",
];

/**
 * Generates a fictional site, always the same for the same options. With two people it has the shape of a recorded one:
 * 10 of 12 users are apps, and one of the two people shows an email.
 */
export function seedJira({ people, groups = 6, projects = 4, roles = 3, seed = 1 }: SeedOptions): JiraState {
  const random = createRandom(seed);
  const users = [...seedApps(random), ...seedUsers(people, random)];
  const members = users.filter(({ accountType, isHidden }) => accountType === "atlassian" && !isHidden);
  const groupRows = [...seedSiteGroups(users, members, random), ...seedTeams(groups, members, random)];
  const projectRows = seedProjects(projects);
  const roleRows = seedRoles(roles, projectRows);
  const actors = seedActors(projectRows, roleRows, groupRows, members, random);
  return {
    users,
    groups: groupRows,
    projects: projectRows,
    roles: roleRows,
    actors,
    products: seedProducts(groupRows, members.length),
    nextActorId: FIRST_ACTOR_ID + actors.length,
    nextRoleId: FIRST_ROLE_ID + roleRows.length,
  };
}

function seedApps(random: Random): UserRow[] {
  return APPS.map((displayName, index) => ({
    accountId: `557058:${random.uuid()}`,
    accountType: "app",
    displayName,
    emailAddress: `app${index}@connect.example.com`,
    isEmailShown: false,
    status: "active",
  }));
}

function* seedUsers(count: number, random: Random): Generator<UserRow> {
  for (const { number, name, email } of seedPeople({ count, random })) {
    const status = number % 31 === 0 ? "suspended" : number % 37 === 0 ? "deactivated" : "active";
    // Ids have two forms, depending on the age of the account.
    const accountId = number % 2 === 0 ? `712020:${random.uuid()}` : random.hex(24);
    const user = { accountId, displayName: name, emailAddress: email } as const;
    yield { ...user, accountType: "atlassian", isEmailShown: number % 2 === 1, status };
    if (number % 97 === 0) yield { ...seedOther(number, random), accountType: "unknown", isHidden: true };
    if (number % 20 === 0) yield { ...seedOther(number, random), accountType: "customer" };
  }
}

function seedOther(number: number, random: Random) {
  return {
    accountId: `qm:${random.uuid()}`,
    displayName: `Customer ${number}`,
    emailAddress: `customer${number}@customers.example.com`,
    isEmailShown: true,
    status: "active",
  } as const;
}

function seedSiteGroups(users: readonly UserRow[], people: readonly UserRow[], random: Random): GroupRow[] {
  const apps = users.filter(({ accountType }) => accountType === "app");
  const group = (name: string, members: readonly UserRow[]): GroupRow => ({
    groupId: random.uuid(),
    name,
    members: members.map(({ accountId }) => accountId),
  });
  return [
    group("site-admins", people.slice(0, 1)),
    group("jira-administrators", people.slice(0, 2)),
    group("atlassian-addons", apps),
    group("atlassian-addons-admin", apps),
    group("system-administrators", apps.slice(0, 1)),
    group("jira-software-users", people),
    group("jira-servicedesk-users", people.slice(0, Math.ceil(people.length / 10))),
  ];
}

/** Groups of some people; the last one comes from an identity provider. */
function seedTeams(count: number, people: readonly UserRow[], random: Random): GroupRow[] {
  const size = Math.min(people.length, Math.ceil((people.length * 3) / Math.max(1, count)));
  return Array.from({ length: count }, (_, index) => {
    const start = random.below(Math.max(1, people.length));
    const members = Array.from({ length: size }, (_, offset) => people[(start + offset) % people.length]!.accountId);
    const row = { groupId: random.uuid(), name: `team-${String(index + 1).padStart(3, "0")}`, members };
    return index > 0 && index === count - 1 ? { ...row, isExternal: true } : row;
  });
}

/** Every fourth project is team-managed, every second one is visible to everybody. */
function seedProjects(count: number): ProjectRow[] {
  return Array.from({ length: count }, (_, index) => ({
    id: String(10_000 + index),
    key: `P${index + 1}`,
    name: `Project ${index + 1}`,
    style: index % 4 === 3 ? "next-gen" : "classic",
    description: `What project ${index + 1} is for.`,
    isPublic: index % 2 === 0,
  }));
}

/** A team-managed project has as many roles of its own as the others share. */
function seedRoles(count: number, projects: readonly ProjectRow[]): RoleRow[] {
  const names = Array.from(
    { length: count },
    (_, index) => ["Administrators", "Developers", "Users"][index] ?? `Role ${index + 1}`,
  );
  const owners = [undefined, ...projects.filter(({ style }) => style === "next-gen").map(({ id }) => id)];
  let id = FIRST_ROLE_ID;
  return owners.flatMap((projectId) =>
    names.map((name) => ({
      id: id++,
      name: projectId === undefined ? name : name.replace(/s$/, ""),
      description: `${name} of a project.`,
      projectId,
    })),
  );
}

/** A few people hold each role, and a group holds the first one of each project. */
function seedActors(
  projects: readonly ProjectRow[],
  roles: readonly RoleRow[],
  groups: readonly GroupRow[],
  people: readonly UserRow[],
  random: Random,
): ActorRow[] {
  const administrators = groups.find(({ name }) => name === "jira-administrators")!;
  const actors: ActorRow[] = [];
  const add = (holder: Omit<ActorRow, "id">) => actors.push({ id: FIRST_ACTOR_ID + actors.length, ...holder });
  for (const project of projects) {
    const owner = project.style === "next-gen" ? project.id : undefined;
    for (const [index, { id: roleId }] of roles.filter(({ projectId }) => projectId === owner).entries()) {
      const count = Math.min(3, people.length);
      const holders = new Set(Array.from({ length: count }, () => random.pick(people).accountId));
      for (const accountId of holders) add({ projectId: project.id, roleId, accountId });
      if (index === 0) add({ projectId: project.id, roleId, groupId: administrators.groupId });
    }
  }
  return actors;
}

function seedProducts(groups: readonly GroupRow[], people: number): ProductRow[] {
  const idOf = (name: string) => groups.find((group) => group.name === name)!.groupId;
  const [users, agents, administrators] = ["jira-software-users", "jira-servicedesk-users", "jira-administrators"].map(
    idOf,
  );
  const seats = Math.ceil(people * 1.5) + 10;
  return [
    {
      key: "jira-software",
      name: "Jira Software",
      plan: "PAID",
      groupIds: [users!, administrators!],
      defaultGroupIds: [users!],
      numberOfSeats: seats,
      hasUnlimitedSeats: false,
      // Reserved for invited people, so the remaining seats are not seats minus users.
      reservedSeats: 5,
    },
    {
      key: "jira-servicedesk",
      name: "Jira Service Management",
      plan: "FREE",
      groupIds: [agents!],
      defaultGroupIds: [agents!],
      numberOfSeats: Math.ceil(people / 5) + 3,
      hasUnlimitedSeats: false,
      reservedSeats: 0,
    },
    {
      key: "jira-product-discovery",
      name: "Jira Product Discovery",
      plan: "FREE",
      groupIds: [],
      defaultGroupIds: [],
      numberOfSeats: -1,
      hasUnlimitedSeats: true,
      reservedSeats: 0,
    },
  ];
}
