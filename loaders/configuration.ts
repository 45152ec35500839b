/** What a report says of itself in observablehq.config.ts. */
export interface ReportConfiguration {
  /** The name of the site. */
  title: string;
  /** The pages of the navigation, in their order; the front page is src/index.md. */
  pages: readonly PageLink[];
  /** Colours of series by their ids, on a light and on a dark page; others get neutral ones. */
  palette?: Readonly<Record<string, {light: string; dark: string}>>;
  /** What stands at the foot of every page, as HTML; links start at the root of the site. */
  footer?: string;
}

export interface PageLink {
  name: string;
  /** The path of the page, as `/quantisation`. */
  path: string;
}
