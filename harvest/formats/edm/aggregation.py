"""ore:Aggregation: where the object is shown, from whom the record comes, and what may be done with the pictures.

The order of properties is that of the schema.
"""

from __future__ import annotations

from archive.description import Description
from harvest.formats.edm.vocabulary import Thing, link, say, thing
from harvest.formats.institution import aggregator, institution
from harvest.formats.views import front_door, views_of

#: Side of the square that the preview fits in: Europeana shows pictures of 400 pixels and more (Publishing Guide).
PREVIEW = 600


def aggregation(description: Description) -> Thing:
    """The aggregation of a document that Europeana takes."""
    views = views_of(description)
    element = thing("ore:Aggregation", f"{description.uri}#aggregation")
    link(element, "edm:aggregatedCHO", description.uri)
    say(element, "edm:dataProvider", institution())
    for view in views[1:]:
        link(element, "edm:hasView", view.image)
    link(element, "edm:isShownAt", front_door(description))
    for view in views[:1]:
        link(element, "edm:isShownBy", view.image)
        link(element, "edm:object", view.within(PREVIEW))
    say(element, "edm:provider", aggregator())
    link(element, "edm:rights", description.rights_uri)
    return element
