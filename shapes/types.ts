/** The types of shapes, from their declaration in kinds.json. `Own` has the values of the fields that are special. */
import type declared from "./kinds.json";

type Declared = typeof declared;
export type FigureKind = keyof Declared["figures"];
export type SelfDrawnKind = keyof Declared["kinds"];
export type Kind = SelfDrawnKind | FigureKind;
export type ToolName = keyof Declared["tools"] | FigureKind;
export type Choice<F extends keyof Declared["choices"]> = keyof Declared["choices"][F];

/** What a field holds: numbers, choices and switches are declared as such; a text is what remains. */
type Value<F, Own> = F extends keyof Own
  ? Own[F]
  : F extends keyof Declared["numbers"]
    ? number
    : F extends keyof Declared["choices"]
      ? Choice<F>
      : F extends keyof Declared["switches"]
        ? boolean
        : string;
type Fields<Names extends PropertyKey, Own> = { [F in Names]: Value<F, Own> };
type Common = keyof Declared["common"];
type Of<K extends SelfDrawnKind> = K extends SelfDrawnKind ? keyof Declared["kinds"][K]["fields"] : never;
type OfFigure = keyof Declared["figure"]["fields"];

/** A kind that draws itself. */
export type SelfDrawn<K extends SelfDrawnKind, Own> = { kind: K } & Fields<Common | Of<K>, Own>;

/** A closed figure. */
export type Figure<Own> = { kind: FigureKind } & Fields<Common | OfFigure, Own>;

/** Any fields of any kind. */
export type Some<Own> = Partial<Fields<Common | Of<SelfDrawnKind> | OfFigure, Own>>;
