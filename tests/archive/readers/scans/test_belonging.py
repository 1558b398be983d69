"""Which files belong together."""

import pytest

from archive.readers.scans.belonging import images_of, owner, series_of_images

FOLDER = (
    "box/letter.txt",
    "box/letter_001.jpg",
    "box/letter_002.jpg",
    "box/report_8.png",
    "box/report_9.png",
    "box/report_10.png",
    "box/report_12.png",
    "box/page_1.jpg",
    "box/page_2.jpg",
    "box/page_2.xml",
    "box/map.tif",
    "box/map.jpg",
    "box/photo.jpg",
    "box/sheet_1.jpg",
    "box/sheet_2.jpg",
    "box/sheet_2.tif",
    "box/sheet_3.PNG",
    "box/sheet_4.pdf",
)


@pytest.mark.parametrize(
    ("image", "belongs_to"),
    [
        ("box/letter_001.jpg", "box/letter.txt"),
        ("box/letter_002.jpg", "box/letter.txt"),
        ("box/report_8.png", ""),
        ("box/report_10.png", "box/report_8.png"),
        ("box/report_12.png", ""),
        ("box/page_1.jpg", ""),
        ("box/page_2.jpg", "box/page_2.xml"),
        ("box/map.jpg", "box/map.tif"),
        ("box/map.tif", ""),
        ("box/photo.jpg", ""),
        ("box/sheet_2.jpg", "box/sheet_2.tif"),
        ("box/sheet_2.tif", "box/sheet_1.jpg"),
        ("box/sheet_3.PNG", "box/sheet_1.jpg"),
        ("box/sheet_4.pdf", ""),
    ],
)
def test_image_belongs_to_the_text_the_better_image_or_the_first_of_its_series(image, belongs_to):
    assert owner(image, FOLDER) == belongs_to


def test_series_is_in_the_order_of_its_numbers_and_ends_at_a_gap():
    assert series_of_images("box/report_8.png", FOLDER) == ("box/report_8.png", "box/report_9.png", "box/report_10.png")


def test_sheets_of_a_series_may_be_in_different_formats():
    assert series_of_images("box/sheet_1.jpg", FOLDER) == ("box/sheet_1.jpg", "box/sheet_2.tif", "box/sheet_3.PNG")


def test_image_with_a_text_of_its_own_is_no_page_of_a_series():
    assert series_of_images("box/page_1.jpg", FOLDER) == ("box/page_1.jpg",)


def test_text_has_the_images_numbered_after_it():
    assert images_of("box/letter.txt", FOLDER) == ("box/letter_001.jpg", "box/letter_002.jpg")


def test_text_has_the_better_of_two_images_of_its_name():
    assert images_of("box/map.txt", FOLDER) == ("box/map.tif",)
