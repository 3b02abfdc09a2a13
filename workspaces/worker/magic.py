"""First bytes of files that are not taken, and the reason for each."""

from __future__ import annotations

_ISO_IMAGES = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"jp2 ", b"crx ")

_STARTS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image", "PNG"),
    (b"\xff\xd8\xff", "image", "JPEG"),
    (b"GIF87a", "image", "GIF"),
    (b"GIF89a", "image", "GIF"),
    (b"II*\0", "image", "TIFF"),
    (b"MM\0*", "image", "TIFF"),
    (b"II+\0", "image", "TIFF"),
    (b"MM\0+", "image", "TIFF"),
    (b"8BPS\0", "image", "Photoshop"),
    (b"\0\0\x01\0", "image", "icon"),
    (b"\0\0\x02\0", "image", "cursor"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "image", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "image", "JPEG 2000"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "image", "JPEG XL"),
    (b"\xff\x0a", "image", "JPEG XL"),
    (b"\xd7\xcd\xc6\x9a", "image", "Windows metafile"),
    (b"gimp xcf ", "image", "GIMP"),
    (b"AT&TFORM", "image", "DjVu"),
    (b"\x76\x2f\x31\x01", "image", "OpenEXR"),
    (b"qoif", "image", "QOI"),
    (b"ID3", "audio_video", "MP3"),
    (b"\xff\xfb", "audio_video", "MP3"),
    (b"\xff\xf3", "audio_video", "MP3"),
    (b"\xff\xf1", "audio_video", "AAC"),
    (b"fLaC", "audio_video", "FLAC"),
    (b"OggS", "audio_video", "Ogg"),
    (b"MThd", "audio_video", "MIDI"),
    (b"#!AMR", "audio_video", "AMR"),
    (b"\x1a\x45\xdf\xa3", "audio_video", "Matroska"),
    (b"FLV\x01", "audio_video", "Flash video"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "audio_video", "Windows Media"),
    (b"\0\0\x01\xba", "audio_video", "MPEG"),
    (b"\0\0\x01\xb3", "audio_video", "MPEG"),
    (b"\x1f\x8b", "archive", "gzip"),
    (b"\x1f\x9d", "archive", "compress"),
    (b"BZh", "archive", "bzip2"),
    (b"\xfd7zXZ\0", "archive", "xz"),
    (b"\x28\xb5\x2f\xfd", "archive", "Zstandard"),
    (b"\x04\x22\x4d\x18", "archive", "LZ4"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "7-Zip"),
    (b"Rar!\x1a\x07", "archive", "RAR"),
    (b"PK\x05\x06", "archive", "ZIP"),
    (b"PK\x07\x08", "archive", "ZIP"),
    (b"MSCF\0\0\0\0", "archive", "cabinet"),
    (b"!<arch>\n", "archive", "ar"),
    (b"xar!\0", "archive", "xar"),
    (b"\x7fELF", "program", "ELF"),
    (b"\xfe\xed\xfa\xce", "program", "Mach-O"),
    (b"\xfe\xed\xfa\xcf", "program", "Mach-O"),
    (b"\xce\xfa\xed\xfe", "program", "Mach-O"),
    (b"\xcf\xfa\xed\xfe", "program", "Mach-O"),
    (b"\xca\xfe\xba\xbe", "program", "Mach-O or Java"),
    (b"\0asm", "program", "WebAssembly"),
    (b"{\\rtf", "unsupported", "RTF"),
    (b"\xffWPC", "unsupported", "WordPerfect"),
    (b"\xdb\xa5", "legacy_office", "Word 2"),
    (b"\x31\xbe\0\0", "legacy_office", "Word for DOS"),
)
_RIFF = {b"WEBP": "image", b"AVI ": "audio_video", b"WAVE": "audio_video"}


def refusal(head: bytes) -> tuple[str, str] | None:
    """The reason code and the name of the format that begins with ``head``, if it is a known one
    that Quire does not read."""
    for start, code, kind in _STARTS:
        if head.startswith(start) and _is_more_than_words(head, start):
            return code, kind
    if head.startswith(b"RIFF") and head[8:12] in _RIFF:
        return _RIFF[head[8:12]], head[8:12].decode().strip()
    if head[4:8] == b"ftyp":
        return ("image", "HEIF") if head[8:12] in _ISO_IMAGES else ("audio_video", "MPEG-4")
    return _by_a_second_look(head)


def _by_a_second_look(head: bytes) -> tuple[str, str] | None:
    """Formats whose first bytes alone could begin a text."""
    if head.startswith(b"MZ") and b"\0" in head[:64]:
        return "program", "Windows"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "image", "BMP"
    if head[257:262] == b"ustar":
        return "archive", "tar"
    return None


def _is_more_than_words(head: bytes, start: bytes) -> bool:
    """A text may begin with the letters of a format (``BZh``, ``ID3``), but it goes on in
    letters. RTF is letters all through."""
    words = start.isascii() and start.decode().isprintable() and start != b"{\\rtf"
    return not words or any(byte < 9 for byte in head[: len(start) + 64])
