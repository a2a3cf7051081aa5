/**
 * A name within other text. It has a direction of its own, and can't reorder what stands around it.
 */
export const Name = ({ children }: { children: string }) => <bdi>{children}</bdi>
