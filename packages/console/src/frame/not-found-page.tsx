import { Link } from "@tanstack/react-router";
import { Page } from "../components/page.tsx";

export function NotFoundPage() {
  return (
    <Page title="Nothing is here">
      <p className="text-soft">
        The address names no page of the console.{" "}
        <Link to="/" className="text-link">
          Go to the overview
        </Link>
      </p>
    </Page>
  );
}
