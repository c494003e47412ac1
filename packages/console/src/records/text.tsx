import { classNames } from "../components/class-names.ts";

const LONGEST = 400;

interface TextProps {
  children: string;
  className?: string;
}

/**
 * Text of another system: kept apart from the direction of the text around it, and shortened, with the rest on hover, so
 * that one value can't push the others away.
 */
export function Text({ children, className }: TextProps) {
  const isLong = children.length > LONGEST;
  return (
    <bdi
      className={classNames("text-left wrap-anywhere", className)}
      title={isLong ? children.slice(0, 4 * LONGEST) : undefined}
    >
      {isLong ? `${children.slice(0, LONGEST)}…` : children}
    </bdi>
  );
}
