import { isApiError, type BridgeClient, type ResourceType } from "@bridgekit/client";
import type { Connector } from "../connector/connector.ts";
import { ConfigError } from "../errors/config-error.ts";
import { ifOffered } from "../if-offered.ts";

/** Registers the types of a connector that the app does not have yet. */
export async function registerResourceTypes(bridge: BridgeClient, appId: string, connector: Connector): Promise<void> {
  const registered = new Map((await listRegistered(bridge, appId)).map((type) => [type.slug, type]));
  for (const [slug, { type, name }] of Object.entries(connector.resourceTypes)) {
    const existing = registered.get(slug);
    if (!existing) await register(bridge, appId, { slug, name, type });
    else if (existing.type !== type)
      throw new ConfigError(
        `The app has "${slug}" as a ${existing.type} type, connector "${connector.name}" declares it as ${type}. ` +
          `The kind of a type is fixed: sync this connector into a separate app.`,
      );
  }
}

// A Bridge without the extension refuses the call or returns something else; then registering shows what exists.
async function listRegistered(bridge: BridgeClient, appId: string): Promise<ResourceType[]> {
  return (await ifOffered(() => bridge.listResourceTypes(appId))) ?? [];
}

async function register(bridge: BridgeClient, appId: string, resourceType: ResourceType): Promise<void> {
  try {
    await bridge.createResourceType(appId, resourceType);
  } catch (error) {
    // Registered in the meantime, through this app or a clone.
    if (!isApiError(error) || error.status !== 409) throw error;
  }
}
