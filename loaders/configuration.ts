/** What a report sets in observablehq.config.ts. */
export interface ReportConfiguration {
  /** The name of the site. */
  title: string;
  /** The pages of the navigation, in order; the front page is src/index.md. */
  pages: readonly PageLink[];
  /** Colours of series by id, for light and dark pages; other series get neutral ones. */
  palette?: Readonly<Record<string, {light: string; dark: string}>>;
  /** HTML for the footer of every page; its links start at the root of the site. */
  footer?: string;
}

export interface PageLink {
  name: string;
  /** The path of the page, such as `/quantisation`. */
  path: string;
}
