import { useQuery } from "@tanstack/react-query";
import { overviewQuery } from "../api/queries.ts";
import { ChoiceSelect } from "../components/choice-select.tsx";
import { useSession } from "../session/session.ts";

/** Filters a list of all apps by one of them. */
export function AppSelect() {
  const { data } = useQuery(overviewQuery(useSession()));
  return (
    <ChoiceSelect
      label="App"
      name="app_id"
      all="Every app"
      choices={(data?.apps ?? []).map(({ app_id, name }) => ({ value: app_id, label: name }))}
    />
  );
}
