"""Colours of pictures, whatever they were kept in, as red, green and blue that every screen agrees on."""

import logging
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

logger = logging.getLogger(__name__)

SPACES = {"RGB": "RGB", "CMYK": "CMYK", "L": "GRAY"}
PAPER = (255, 255, 255)
HALF_OF_16_BITS = 256


def true_colour(image: Any) -> Any:
    """The picture in one of RGB, L and CMYK: without a palette or single bits, on white where it is transparent."""
    if image.mode.startswith("I"):
        # Sixteen bits a pixel; Pillow would cut off all above the lowest eight.
        image = image.convert("I").point(lambda value: value / HALF_OF_16_BITS).convert("L")
    if image.has_transparency_data:
        return on_white(image)
    return image if image.mode in SPACES else image.convert("RGB")


def on_white(image: Any) -> Any:
    picture = image.convert("RGBA")
    ground = Image.new("RGB", picture.size, PAPER)
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def in_srgb(picture: Any, profile: bytes | None) -> Any:
    """The same colours as a screen without a profile shows them; a profile that is nonsense counts for nothing."""
    if profile:
        try:
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            if given.profile.xcolor_space.strip() == SPACES[picture.mode]:
                return ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError) as error:
            logger.info("The colour profile of a picture could not be used: %r", error)
    return picture.convert("RGB")
