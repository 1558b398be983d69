"""Bags, in folders and in ZIP files."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError

from archive.containers import BagFolder, RefusedMember, container_of
from archive.management.commands.accession import sources_at
from archive.readers import BrokenSource, HostileSource, Source
from tests.archive.containers.archives import Member, packed

CORPUS = Path(settings.BASE_DIR).parent / "shared" / "corpora" / "bagit" / "v1.0"
DECLARATION = "BagIt-Version: {}\nTag-File-Character-Encoding: UTF-8\n"
LETTER = b"Comrade Filippov"


def a_bag(*, version: str = "1.0", algorithm: str = "sha256", **changes: bytes | None) -> dict[str, bytes]:
    """The files of a whole bag; ``changes`` by path, with ``_slash_`` and ``_dot_``, change or (None) remove some."""
    payload = {"data/letter.txt": LETTER, "data/scans/1.jpg": b"\xff\xd8"}
    oxum = f"Payload-Oxum: {len(LETTER) + 2}.2\n"
    info = f"Source-Organization: APRF\n{oxum}External-Description: one\n  letter\n"
    files = {
        "bagit.txt": DECLARATION.format(version).encode(),
        "bag-info.txt": info.encode(),
        f"manifest-{algorithm}.txt": sums(payload, algorithm),
    }
    files[f"tagmanifest-{algorithm}.txt"] = sums(files, algorithm)
    files |= payload
    for name, content in changes.items():
        path = name.replace("_slash_", "/").replace("_dot_", ".").replace("_dash_", "-")
        files.pop(path, None)
        if content is not None:
            files[path] = content
    return files


def sums(files: dict[str, bytes], algorithm: str) -> bytes:
    lines = (f"{hashlib.new(algorithm, content).hexdigest()}  {path}\n" for path, content in files.items())
    return "".join(lines).encode()


def zipped(files: dict[str, bytes], *, within: str = "bag/") -> Source:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for path, content in files.items():
            file.writestr(f"{within}{path}", content)
    return Source("bag.zip", made.getvalue())


def in_folder(files: dict[str, bytes], folder: Path) -> BagFolder:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return BagFolder(folder)


def payload(source: Source) -> dict[str, bytes]:
    container = container_of(source)
    assert container is not None
    assert container.name == "bagit"
    return {each.name: each.content for each in container.members(source) if isinstance(each, Source)}


def remarks(source: Source) -> list[str]:
    container = container_of(source)
    assert container is not None
    return list(container.remarks(source))  # type: ignore[attr-defined]


@pytest.mark.parametrize("version", ["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"])
@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "sha512"])
def test_payload_of_a_whole_bag_comes_in(version, algorithm):
    bag = zipped(a_bag(version=version, algorithm=algorithm))

    assert payload(bag) == {"bag/data/letter.txt": LETTER, "bag/data/scans/1.jpg": b"\xff\xd8"}


def test_bag_may_be_a_folder_or_lie_at_the_top_of_a_zip_file(tmp_path):
    for bag in (in_folder(a_bag(), tmp_path), zipped(a_bag(), within="")):
        assert list(payload(bag)) == ["data/letter.txt", "data/scans/1.jpg"]


def test_what_the_bag_says_of_itself_is_told():
    [said] = remarks(zipped(a_bag()))

    assert said == (
        "The bag bag says of itself: Source-Organization: APRF; Payload-Oxum: 18.2; External-Description: one letter."
    )


BROKEN = {
    "changed file": ({"data_slash_letter_dot_txt": b"Comrade Filipp0v"}, "data/letter.txt is not as it was packed"),
    "longer file": ({"data_slash_letter_dot_txt": LETTER + b"!"}, "there are 19 in 2"),
    "missing file": ({"data_slash_letter_dot_txt": None}, "lists data/letter.txt, which is not there"),
    "file too many": ({"data_slash_extra_dot_txt": b"x"}, "data/extra.txt is not listed in manifest-sha256.txt"),
    "changed tag file": ({"bag_dash_info_dot_txt": b"Contact-Name: X"}, "bag-info.txt is not as it was packed"),
    "missing tag file": ({"bag_dash_info_dot_txt": None}, "lists bag-info.txt, which is not there"),
    "no manifest": (
        {"manifest_dash_sha256_dot_txt": None, "tagmanifest_dash_sha256_dot_txt": None},
        "no manifest of its payload",
    ),
    "line that is none": ({"manifest_dash_sha256_dot_txt": b"letter.txt"}, "line 1 of manifest-sha256.txt is not"),
    "path that leads out": (
        {"manifest_dash_sha256_dot_txt": b"0" * 64 + b"  data/../../x\n"},
        "names data/../../x, which leads out of the bag",
    ),
    "files to fetch": (
        {"fetch_dot_txt": b"http://example.org/1.txt 12 data/1.txt\n"},
        "fetch.txt asks for files from elsewhere (http://example.org/1.txt 12 data/1.txt), and nothing is fetched",
    ),
    "declaration with white space": (
        {"bagit_dot_txt": b"BagIt-Version: 1.0 \nTag-File-Character-Encoding: UTF-8\n"},
        "bagit.txt does not hold exactly",
    ),
    "byte order mark": ({"bagit_dot_txt": b"\xef\xbb\xbf" + DECLARATION.format("1.0").encode()}, "byte order mark"),
    "version that is none": ({"bagit_dot_txt": DECLARATION.format("2.0").encode()}, "version 2.0, which is none"),
    "encoding that is none": (
        {"bagit_dot_txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: KOI-9\n"},
        "an encoding that is none, KOI-9",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.parametrize("kept", ["folder", "zip"])
def test_broken_bag_is_refused_with_the_file_that_breaks_it(case, kept, tmp_path):
    changes, reason = BROKEN[case]
    files = a_bag(**changes)

    with pytest.raises(BrokenSource) as refusal:
        payload(zipped(files) if kept == "zip" else in_folder(files, tmp_path))
    assert reason in str(refusal.value)


def test_file_missing_from_one_of_two_manifests_breaks_a_bag_of_1_0_alone():
    changes = {"manifest_dash_md5_dot_txt": sums({"data/letter.txt": LETTER}, "md5")}

    assert len(payload(zipped(a_bag(version="0.97", **changes)))) == 2
    with pytest.raises(BrokenSource, match=r"data/scans/1.jpg is not listed in manifest-md5.txt"):
        payload(zipped(a_bag(**changes)))


def test_percent_signs_and_line_breaks_in_paths_are_decoded(tmp_path):
    files = {"data/100%25.txt".replace("%25", "%"): b"a", "data/two\nlines.txt": b"b"}
    manifest = sums({"data/100%25.txt": b"a", "data/two%0Alines.txt": b"b"}, "sha256")
    bag = {"bagit.txt": DECLARATION.format("1.0").encode(), "manifest-sha256.txt": manifest, **files}

    assert sorted(payload(in_folder(bag, tmp_path))) == ["data/100%.txt", "data/two\nlines.txt"]


def test_broken_bag_does_not_hold_up_the_bags_beside_it():
    broken = a_bag(data_slash_letter_dot_txt=b"another")
    both = (("1", a_bag()), ("2", broken))
    made = zipped({f"{top}/{path}": content for top, bag in both for path, content in bag.items()}, within="")

    container = container_of(made)
    assert container is not None
    members = list(container.members(made))
    assert [each.name for each in members] == ["1/data/letter.txt", "1/data/scans/1.jpg", "2"]
    assert isinstance(members[-1], RefusedMember)


def test_hostile_member_breaks_the_bag_that_it_is_in():
    files = [Member(f"bag/{path}".encode(), content=content) for path, content in a_bag().items()]

    with pytest.raises(BrokenSource, match=r"bag is a broken bag. .*it is encrypted"):
        payload(Source("bag.zip", packed(*files, Member(b"bag/data/secret.txt", flags=0x801))))


def test_link_in_a_folder_is_not_followed(tmp_path):
    bag = in_folder(a_bag(), tmp_path)
    (tmp_path / "data" / "passwords").symlink_to("/etc/passwd")

    with pytest.raises(HostileSource, match=r"data/passwords is a link"):
        payload(bag)


def test_command_takes_the_payload_of_a_bag_among_other_folders(tmp_path):
    in_folder(a_bag(), tmp_path / "bags" / "one")
    (tmp_path / "bags" / "beside.txt").write_bytes(b"x")

    found = [each.name for each in sources_at([tmp_path])]
    assert found == ["bags/beside.txt", "bags/one/data/letter.txt", "bags/one/data/scans/1.jpg"]


def test_command_names_the_file_that_breaks_a_bag(tmp_path):
    in_folder(a_bag(data_slash_letter_dot_txt=None), tmp_path / "bag")

    with pytest.raises(CommandError, match=r"bag is a broken bag: .* lists data/letter.txt, which is not there"):
        list(sources_at([tmp_path / "bag"]))


@pytest.mark.skipif(not CORPUS.exists(), reason="the sample data (../shared/corpora) are not here")
def test_bags_of_the_conformance_suite_are_told_apart():
    assert list(payload(BagFolder(CORPUS / "valid" / "basicBag"))) == ["data/hello.txt"]
    with pytest.raises(BrokenSource, match=r"data/missingFromManifest.txt is not listed in manifest-sha512.txt"):
        payload(BagFolder(CORPUS / "invalid" / "notAllManifestsListAllFiles"))
