"""What becomes of a picture that was uploaded; which files are refused, the corpus says."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms

from films.uploads.images import checked_image
from films.uploads.large_png import bands, comes_in_bands
from films.uploads.renditions import Ladder, cut, rendered, renditions

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
ORIENTATION, GPS = 0x0112, 0x8825


def quarters(mode: str = "RGB") -> Any:
    """40×60, each quarter of its own colour: red green / blue white."""
    image = Image.new("RGB", (40, 60), WHITE)
    image.paste(RED, (0, 0, 20, 30))
    image.paste(GREEN, (20, 0, 40, 30))
    image.paste(BLUE, (0, 30, 20, 60))
    return image.convert(mode)


def file_of(image: Any, kind: str = "PNG", **options: Any) -> BytesIO:
    file = BytesIO()
    image.save(file, kind, **options)
    file.seek(0)
    return file


def seen(file: BytesIO) -> Any:
    """The picture that is stored."""
    return Image.open(BytesIO(checked_image(file).content))


def colour_at(image: Any, x: int, y: int) -> tuple[int, ...]:
    """Which of the plain colours is nearest there."""
    found = image.convert("RGB").getpixel((x, y))
    return min((RED, GREEN, BLUE, WHITE), key=lambda plain: sum(abs(a - b) for a, b in zip(plain, found, strict=True)))


def corners(image: Any) -> list[tuple[int, ...]]:
    right, bottom = image.width - 6, image.height - 6
    return [colour_at(image, x, y) for x, y in ((5, 5), (right, 5), (5, bottom), (right, bottom))]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
def test_every_kind_comes_out_as_one_kind(kind, mode):
    if mode == "RGBA" and kind == "JPEG":
        mode = "CMYK"
    checked = checked_image(file_of(quarters(mode), kind))
    stored = Image.open(BytesIO(checked.content))
    assert (checked.format, checked.width, checked.height) == ("jpeg", 40, 60)
    assert (stored.format, stored.mode, stored.size) == ("JPEG", "RGB", (40, 60))
    assert mode == "L" or corners(stored) == [RED, GREEN, BLUE, WHITE]


@pytest.mark.parametrize(
    ("orientation", "expected"),
    [
        (1, [RED, GREEN, BLUE, WHITE]),
        (2, [GREEN, RED, WHITE, BLUE]),
        (3, [WHITE, BLUE, GREEN, RED]),
        (4, [BLUE, WHITE, RED, GREEN]),
        (5, [RED, BLUE, GREEN, WHITE]),
        (6, [BLUE, RED, WHITE, GREEN]),
        (7, [WHITE, GREEN, BLUE, RED]),
        (8, [GREEN, WHITE, RED, BLUE]),
        (99, [RED, GREEN, BLUE, WHITE]),
    ],
)
def test_a_picture_stands_upright(orientation, expected):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    stored = seen(file_of(quarters(), "JPEG", exif=exif, quality=95))
    assert corners(stored) == expected
    assert stored.size == ((60, 40) if 5 <= orientation <= 8 else (40, 60))


def test_nothing_is_kept_but_the_picture():
    exif = Image.Exif()
    exif[0x010E], exif.get_ifd(GPS)[1] = "a name of a person", "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    said = {"comment": b"taken at home", "xmp": b"<x:xmpmeta>at home</x:xmpmeta>", "icc_profile": profile}
    file = file_of(quarters(), "JPEG", exif=exif, **said)
    file.seek(0, 2)
    file.write(b"<html><script>alert(1)</script>")
    content = checked_image(file).content
    stored = Image.open(BytesIO(content))
    assert set(stored.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert [word for word in (b"person", b"home", b"Exif", b"script", b"ICC") if word in content] == []


def test_colours_are_those_of_a_screen():
    """In this profile red and green have changed places."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    assert corners(seen(file_of(quarters(), icc_profile=swapped))) == [GREEN, RED, BLUE, WHITE]


@pytest.mark.parametrize("profile", [b"nonsense", b"\0" * 200])
def test_a_profile_that_is_nonsense_counts_for_nothing(profile):
    assert corners(seen(file_of(quarters(), icc_profile=profile))) == [RED, GREEN, BLUE, WHITE]


def test_a_profile_of_another_kind_of_picture_counts_for_nothing():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert corners(seen(file_of(quarters(), icc_profile=profile))) == [RED, GREEN, BLUE, WHITE]


def test_what_is_transparent_is_white():
    image = quarters("RGBA")
    image.paste((255, 0, 0, 0), (0, 0, 20, 30))
    assert corners(seen(file_of(image))) == [WHITE, GREEN, BLUE, WHITE]
    assert corners(seen(file_of(quarters("P"), transparency=quarters("P").getpixel((5, 5))))) == [
        WHITE, GREEN, BLUE, WHITE,
    ]  # fmt: skip


def test_sixteen_bits_keep_their_brightness():
    image = Image.new("I;16", (40, 60), 128 * 256)
    assert abs(seen(file_of(image)).convert("L").getpixel((20, 30)) - 128) < 3


def test_a_file_is_left_open_and_at_its_beginning():
    file = file_of(quarters())
    file.seek(7)
    checked_image(file)
    assert file.tell() == 0


def test_a_picture_larger_than_any_screen_is_made_smaller():
    checked = checked_image(file_of(Image.new("L", (4000, 1000)), "JPEG"))
    assert (checked.width, checked.height) == (3840, 960)
    drawing = Image.new("1", (6000, 3000))
    drawing.paste(1, (3000, 0, 6000, 3000))
    stored = seen(file_of(drawing))
    assert (stored.size, stored.convert("L").getpixel((100, 100))) == ((3000, 1500), 0)
    assert stored.convert("L").getpixel((2900, 100)) > 250


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA"])
def test_a_drawing_read_in_bands_is_the_same(mode):
    noise = Image.effect_noise((70, 101), 60)
    image = Image.merge("RGBA", (noise, *(noise.transpose(way) for way in (0, 1, 3)))).convert(mode)
    file = file_of(image)
    assert comes_in_bands(Image.open(file))
    again, top = Image.new(mode, image.size), 0
    for band in bands(file, 16):
        again.paste(band, (0, top))
        top += band.height
    assert (top, again.tobytes()) == (101, image.tobytes())


def test_a_damaged_drawing_is_noticed_in_bands():
    content = bytearray(file_of(Image.effect_noise((70, 101), 60).convert("RGB")).getvalue())
    content[len(content) // 2] ^= 1
    with pytest.raises(ValueError, match="IDAT"):
        list(bands(BytesIO(content), 16))
    with pytest.raises(ValueError, match="IDAT"):
        list(bands(BytesIO(content[:500]), 16))


@pytest.mark.parametrize("options", [{"bits": 4}, {}])
def test_what_does_not_come_in_whole_bytes_is_read_at_once(options):
    assert not comes_in_bands(Image.open(file_of(quarters("P"), **options)))


# What is made of it


@pytest.mark.parametrize(
    ("focus", "box"),
    [
        ((50, 50), (60, 0, 140, 120)),
        ((0, 0), (0, 0, 80, 120)),
        ((100, 100), (120, 0, 200, 120)),
        ((30, 80), (20, 0, 100, 120)),
    ],
)
def test_the_focal_point_stays_in_the_cut(focus, box):
    assert cut((200, 120), focus, (2, 3)) == box
    assert cut((200, 120), focus, None) == (0, 0, 200, 120)


def test_nothing_is_made_larger_than_it_is():
    ladder = Ladder((240, 480, 960), ratio=(2, 3))
    sizes = [(file.width, file.height) for file in renditions("a", (1000, 600), (50, 50), ladder)]
    assert sizes == [(240, 360)] * 2 + [(400, 600)] * 2
    assert [file.width for file in renditions("a", (3840, 2160), (50, 50), ladder)][::2] == [240, 480, 960]
    assert [(file.width, file.height) for file in renditions("a", (1, 3), (50, 50), ladder)] == [(1, 2)] * 2


def test_names_change_with_what_is_in_the_files():
    ladder = Ladder((240,), ratio=(2, 3))
    names = [
        file.name
        for source, focus in (("a", (50, 50)), ("b", (50, 50)), ("a", (0, 50)))
        for file in renditions(source, (1000, 600), focus, ladder)
    ]
    assert len(set(names)) == 6
    assert all(name.isascii() for name in names)


def test_every_file_is_what_it_is_called():
    content = checked_image(file_of(quarters())).content
    files = renditions("a", (40, 60), (0, 0), Ladder((20, 40), ratio=(1, 1), formats=("avif", "webp", "jpeg")))
    made = [(file, Image.open(BytesIO(data))) for file, data in rendered(content, files)]
    assert [(image.format.lower(), image.size) for _file, image in made] == [
        (file.format, (file.width, file.height)) for file in files
    ]
    assert [corners(image)[:2] for _file, image in made] == [[RED, GREEN]] * 6
