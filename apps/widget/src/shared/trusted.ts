/**
 * Names the type of something that our own code wrote or our own server answered by the shared schemas. Checking it
 * again would carry the schemas to every visitor; a stranger's value must not go through here.
 */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-parameters -- this one place
export const trusted = <Shape>(value: unknown): Shape => value as Shape
