/**
 * A name within other text. It has its own text direction, and can't reorder the text around it.
 */
export const Name = ({ children }: { children: string }) => <bdi>{children}</bdi>
