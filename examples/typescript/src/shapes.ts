// The shapes of answers, all of them taken from the description: when that changes, this no longer compiles.

import type { components, paths } from "../generated/openapi.js";

export type Kind = "statements" | "events" | "sources" | "speakers" | "topics";

export type Extracted = components["schemas"]["Extracted"];
export type Problem = components["schemas"]["Problem"];
export type Span = components["schemas"]["Span"];

type List<K extends Kind> = paths[`/v1/${K}`]["get"];
type Parameters<K extends Kind> = NonNullable<List<K>["parameters"]["query"]>;

/** A list's answer in JSON: whole records, or those of whose members `fields` picked some. */
type Answer<K extends Kind> = List<K>["responses"][200]["content"]["application/json"];

/** The first of the two: no member is missing from it, so that its records are sure to have an `id`. */
type WholePage<K extends Kind> = Extract<Answer<K>, { items: { id: string }[] }>;

type Whole<K extends Kind> = WholePage<K>["items"][number];

/** What `fields` takes: `"text"`, `"speakers.name"`, … */
export type Field<K extends Kind> = NonNullable<Parameters<K>["fields"]>[number];

/** The filters of a list, its order, facets and paging. What the client sees to itself is left out. */
export type Filters<K extends Kind> = Omit<Parameters<K>, "fields" | "format" | "pretty" | "cursor">;

/** A record: whole, or with the members `F` and what `embed` brings along. */
export type Item<K extends Kind, F extends string = never> = [F] extends [never]
  ? Whole<K>
  : Picked<Whole<K>, F | "embedded" | "blocks">;

/** A page of records. */
export type Page<K extends Kind, F extends string = never> = Omit<WholePage<K>, "items"> & {
  items: Item<K, F>[];
};

type Picked<Shape, F extends string> = {
  [Name in keyof Shape as Name extends string ? Taken<Name, F> : never]: Name extends F
    ? Shape[Name]
    : Inner<Shape[Name], After<F, Name>>;
};

type Taken<Name extends string, F extends string> = F extends Name | `${Name}.${string}` ? Name : never;

type After<F, Name> = Name extends string ? (F extends `${Name}.${infer Rest}` ? Rest : never) : never;

type Inner<Value, F extends string> = Value extends (infer One)[]
  ? Inner<One, F>[]
  : Value extends object
    ? Picked<Value, F>
    : Value;
