/** The tabs of a container's page. */
export const containerTabs = ["overview", "output", "preview", "inspect"] as const;
export type ContainerTab = (typeof containerTabs)[number];

/** A page of the app. */
export type Page =
  | { page: "containers" }
  | { page: "container"; id: string; tab: ContainerTab; port: number | null }
  | { page: "images" }
  | { page: "image"; reference: string }
  | { page: "build" }
  | { page: "builds"; build: number | null; beside: number | null }
  | { page: "settings" };

/** Reads a hash such as `#/containers/4f1c/preview/5000`; what nobody knows is the first page. */
export function parseHash(hash: string): Page {
  const [noun, id, tab, port] = hash.replace(/^#?\/?/, "").split("/").map(plain);
  if (noun === "images") return id ? { page: "image", reference: id } : { page: "images" };
  if (noun === "build") return { page: "build" };
  if (noun === "builds") return { page: "builds", build: numberOf(id), beside: numberOf(id) === null ? null : numberOf(tab) };
  if (noun === "settings") return { page: "settings" };
  if (noun !== "containers" || !id) return { page: "containers" };
  return {
    page: "container",
    id,
    tab: containerTabs.find((known) => known === tab) ?? "overview",
    port: port && /^\d{1,5}$/.test(port) ? Number(port) : null,
  };
}

/** The hash of a page, for links. */
export function hashOf(page: Page): string {
  if (page.page === "image") return `#/images/${encodeURIComponent(page.reference)}`;
  if (page.page === "builds") return ["#/builds", ...[page.build, page.beside].filter((id) => id !== null)].join("/");
  if (page.page !== "container") return `#/${page.page}`;
  const port = page.port === null ? "" : `/${page.port}`;
  return `#/containers/${encodeURIComponent(page.id)}/${page.tab}${port}`;
}

/** The hash of a container's page. */
export function containerHash(id: string, tab: ContainerTab = "overview", port: number | null = null): string {
  return hashOf({ page: "container", id, tab, port });
}

function numberOf(part: string | undefined): number | null {
  return part && /^\d{1,15}$/.test(part) ? Number(part) : null;
}

function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

class Route {
  /** The page that is shown; the address is read by `follow`. */
  now = $state.raw<Page>({ page: "containers" });

  /** Follows the address from now on; answers how to stop. */
  follow(): () => void {
    const read = (): void => {
      this.now = parseHash(location.hash);
    };
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }

  /** Shows a page. */
  go(page: Page): void {
    location.hash = hashOf(page);
  }

  /** Shows the page of a container. */
  openContainer(id: string, tab: ContainerTab = "overview", port: number | null = null): void {
    this.go({ page: "container", id, tab, port });
  }
}

/** Where in the app we are. */
export const route = new Route();
