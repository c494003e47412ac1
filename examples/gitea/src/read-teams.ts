import type { GiteaClient, GiteaTeam } from "./gitea-client.ts";

export interface OrganizationTeam {
  organization: string;
  team: GiteaTeam;
}

/** Every team of every organization. */
export async function* readTeams(gitea: GiteaClient): AsyncGenerator<OrganizationTeam> {
  for await (const { username: organization } of gitea.organizations())
    for await (const team of gitea.teamsOf(organization)) yield { organization, team };
}
