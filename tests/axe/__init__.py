"""axe-core in the tests' browser: what keeps people out of a page, by the success criteria of WCAG 2.2 AA."""

from __future__ import annotations

from pathlib import Path
from typing import Any

#: Where `make test` puts it.
SCRIPT = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
#: The success criteria that are asked for, and what axe-core calls good practice.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

#: The rules whose answer can change with colours and width.
OF_THE_LOOK = ("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable")

#: Colours that are on their way to others would be judged as they are in between.
STILL = """
if (document.adoptedStyleSheets.length === 0) {
  const still = new CSSStyleSheet();
  still.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important; }");
  document.adoptedStyleSheets = [still];
}
"""
RUN = """
const done = arguments[arguments.length - 1];
axe.run({exclude: arguments[1]}, {runOnly: arguments[0], resultTypes: ["violations"]})
   .then(found => done(found.violations), error => done([{id: "axe", help: String(error), nodes: []}]));
"""


def findings(driver: Any, *, only: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds on the page that is open: rule, element, and what should be.

    ``only`` names rules; ``without`` are selectors of what others have made.
    """
    if not driver.execute_script("return 'axe' in window"):
        driver.execute_script(SCRIPT.read_text(encoding="utf-8"))
    driver.execute_script(STILL)
    asked = {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": list(TAGS)}
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}\n    {node['html'][:200]}\n    {rule['help']}. "
        f"{' '.join(node.get('failureSummary', '').split())}"
        for rule in driver.execute_async_script(RUN, asked, [[each] for each in without])
        for node in rule["nodes"] or [{"target": ["page"], "html": ""}]
    ]
