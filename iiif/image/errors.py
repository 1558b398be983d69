"""What a request for an image can be refused for; each class knows its status (Image API 3, section 7.3)."""


class ImageRefused(Exception):  # noqa: N818 - the name says the outcome
    """No image can be made for this request; the message says why."""

    status = 400


class NotOffered(ImageRefused):
    """The request is valid, and this service does not do it."""

    status = 501


class Busy(Exception):  # noqa: N818 - as above
    """As many images are in work as may be; it can be had in ``after`` seconds."""

    after = 5
