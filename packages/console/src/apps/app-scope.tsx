import { useParams } from "@tanstack/react-router";
import { createContext, useContext } from "react";

/** Which app what is inside is about, where it is not the app of the address: beside a list of all apps. */
export const AppScope = createContext<string | undefined>(undefined);

/** The id of the app that a component is about. */
export function useAppId(): string {
  const scope = useContext(AppScope);
  const { appId } = useParams({ strict: false });
  const id = scope ?? appId;
  if (id === undefined) throw new Error("Nothing around this component says which app it is about.");
  return id;
}
