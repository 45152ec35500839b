// The part of Framework's standard library that the components use.
declare module "observablehq:stdlib" {
  export function FileAttachment(name: string): {
    url(): Promise<string>;
  };
}
