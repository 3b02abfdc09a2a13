"""First bytes of files that are not taken, and the reason for each.

What only a specialist meets is left to the decoder, which calls it ``binary``.
"""

from __future__ import annotations

_ISO_IMAGES = frozenset(
    (
        *(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevm", b"mif1", b"mif2", b"msf1"),
        *(b"avif", b"avis", b"jp2 ", b"jpx ", b"jpm ", b"crx ", b"jxl "),
    )
)
_QUICKTIME = (b"moov", b"mdat", b"wide", b"pnot", b"skip", b"free")

_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\x8aMNG\r\n\x1a\n", "MNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"II\xbc", "JPEG XR"),
    (b"IIRO", "raw photograph"),
    (b"IIU\0", "raw photograph"),
    (b"FUJIFILMCCD-RAW", "raw photograph"),
    (b"8BPS\0", "Photoshop"),
    (b"\0\0\x01\0", "icon"),
    (b"\0\0\x02\0", "cursor"),
    (b"icns\0", "icon"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\xd7\xcd\xc6\x9a", "Windows metafile"),
    (b"\x01\0\x09\0\0\x03", "Windows metafile"),
    (b"\xc5\xd0\xd3\xc6", "Encapsulated PostScript"),
    (b"\x0a\x05\x01\x08", "PCX"),
    (b"gimp xcf ", "GIMP"),
    (b"AT&TFORM", "DjVu"),
    (b"\x76\x2f\x31\x01", "OpenEXR"),
    (b"BPG\xfb", "BPG"),
    (b"FLIF", "FLIF"),
    (b"DDS |\0", "DirectDraw"),
    (b"\xabKTX ", "KTX"),
    (b"qoif", "QOI"),
    (b"AC10", "AutoCAD"),
)
_SOUNDS = (
    (b"ID3", "MP3"),
    (b"\xff\xfb", "MP3"),
    (b"\xff\xfa", "MP3"),
    (b"\xff\xf3", "MP3"),
    (b"\xff\xf2", "MP3"),
    (b"\xff\xf1", "AAC"),
    (b"\xff\xf9", "AAC"),
    (b"\x0b\x77", "AC-3"),
    (b"\x7f\xfe\x80\x01", "DTS"),
    (b"fLaC", "FLAC"),
    (b"OggS", "Ogg"),
    (b"MThd", "MIDI"),
    (b"#!AMR", "AMR"),
    (b".snd\0", "AU"),
    (b"MAC \x96", "Monkey's Audio"),
    (b"wvpk", "WavPack"),
    (b"MPCK", "Musepack"),
    (b"MP+", "Musepack"),
    (b"TTA1", "TTA"),
    (b"DSD ", "DSD"),
    (b"caff\0", "Core Audio"),
    (b"\x1a\x45\xdf\xa3", "Matroska"),
    (b".RMF\0", "RealMedia"),
    (b"FLV\x01", "Flash video"),
    (b"CWS", "Flash"),
    (b"FWS", "Flash"),
    (b"ZWS", "Flash"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media"),
    (b"\x06\x0e\x2b\x34", "MXF"),
    (b"\0\0\x01\xba", "MPEG"),
    (b"\0\0\x01\xb3", "MPEG"),
    (b"\0\0\0\x01\x67", "H.264"),
    (b"DKIF\0", "IVF"),
)
_ARCHIVES = (
    (b"\x1f\x8b", "gzip"),
    (b"\x1f\x9d", "compress"),
    (b"\x1f\xa0", "compress"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x5d\0\0\x80\0", "LZMA"),
    (b"\x5d\0\0\0\x01", "LZMA"),
    (b"LZIP\x01", "lzip"),
    (b"\x89LZO\0\r\n\x1a\n", "lzop"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"\x04\x22\x4d\x18", "LZ4"),
    (b"\x02\x21\x4c\x18", "LZ4"),
    (b"\xff\x06\0\0sNaPpY", "Snappy"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"PK\x05\x06", "ZIP"),
    (b"PK\x07\x08", "ZIP"),
    (b"MSCF\0\0\0\0", "cabinet"),
    (b"ISc(", "cabinet"),
    (b"MSWIM\0", "WIM"),
    (b"\x60\xea", "ARJ"),
    (b"SIT!", "StuffIt"),
    (b"StuffIt ", "StuffIt"),
    (b"!<arch>\n", "ar"),
    (b"\xed\xab\xee\xdb", "RPM"),
    (b"070701", "cpio"),
    (b"070702", "cpio"),
    (b"070707", "cpio"),
    (b"\xc7\x71", "cpio"),
    (b"xar!\0", "xar"),
    (b"Cr24", "CRX"),
    (b"hsqs", "SquashFS"),
    (b"KDMV", "disk image"),
    (b"QFI\xfb", "disk image"),
    (b"conectix", "disk image"),
    (b"vhdxfile", "disk image"),
    (b"encrcdsa", "disk image"),
)
_PROGRAMS = (
    (b"\x7fELF", "ELF"),
    (b"\xfe\xed\xfa\xce", "Mach-O"),
    (b"\xfe\xed\xfa\xcf", "Mach-O"),
    (b"\xce\xfa\xed\xfe", "Mach-O"),
    (b"\xcf\xfa\xed\xfe", "Mach-O"),
    (b"\xca\xfe\xba\xbe", "Mach-O or Java"),
    (b"\xbe\xba\xfe\xca", "Mach-O"),
    (b"\0asm", "WebAssembly"),
    (b"dex\n03", "Android"),
    (b"BC\xc0\xde", "LLVM"),
    (b"\x1bLua", "Lua"),
    (b"\x1bLJ", "Lua"),
    (b"FOR1", "Erlang"),
    (b"L\0\0\0\x01\x14\x02\0", "Windows shortcut"),
)
_BINARIES = (
    (b"SQLite format 3\0", "SQLite"),
    (b"\0\x01\0\0Standard ", "Access"),
    (b"\0\x01\0\0\0", "font"),
    (b"OTTO\0", "font"),
    (b"true\0", "font"),
    (b"ttcf\0", "font"),
    (b"wOFF\0", "font"),
    (b"wOF2\0", "font"),
    (b"\x80\x01", "font"),
    (b"\x93NUMPY", "NumPy"),
    (b"\x89HDF\r\n\x1a\n", "HDF5"),
    (b"CDF\x01", "NetCDF"),
    (b"CDF\x02", "NetCDF"),
    (b"MATLAB 5.0 MAT-file", "MATLAB"),
    (b"PAR1", "Parquet"),
    (b"ARROW1\0", "Arrow"),
    (b"FEA1", "Feather"),
    (b"ORC\x08", "ORC"),
    (b"Obj\x01", "Avro"),
    (b"GGUF", "GGUF"),
    (b"PACK\0\0\0", "Git pack"),
    (b"\xfftOc", "Git index"),
    (b"DIRC\0", "Git index"),
    (b"\x80\x02", "pickle"),
    (b"\x80\x03", "pickle"),
    (b"\x80\x04\x95", "pickle"),
    (b"\x80\x05\x95", "pickle"),
    (b"\xac\xed\0\x05", "Java objects"),
    (b"bplist0", "property list"),
    (b"\xd4\xc3\xb2\xa1", "network capture"),
    (b"\x0a\x0d\x0d\x0a", "network capture"),
    (b"\xde\x12\x04\x95", "gettext"),
    (b"\x95\x04\x12\xde", "gettext"),
    (b"\x03\xd9\xa2\x9a", "KeePass"),
    (b"!BDN", "Outlook mailbox"),
    (b"RDX2\n", "R"),
    (b"RDX3\n", "R"),
)
_OTHER_DOCUMENTS = (
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "OneNote"),
    (b"\xffWPC", "WordPerfect"),
    (b"ITSF\x03", "Windows help"),
    (b"\x3f\x5f\x03\0", "Windows help"),
    (b"ITOLITLS", "Microsoft Reader"),
    (b"HWP Document File", "Hangul (HWP)"),
)
_OLD_OFFICE = (
    (b"\xdb\xa5", "Word 2"),
    (b"\x9b\xa5", "Word 1"),
    (b"\x31\xbe\0\0", "Word for DOS"),
    (b"\x32\xbe\0\0", "Write"),
    (b"\x09\x00\x04\x00", "Excel 2"),
    (b"\x09\x02\x06\x00", "Excel 3"),
    (b"\x09\x04\x06\x00", "Excel 4"),
    (b"\x09\x08\x08\x00", "Excel 5"),
)
_STARTS = (
    ("image", _IMAGES),
    ("audio_video", _SOUNDS),
    ("archive", _ARCHIVES),
    ("program", _PROGRAMS),
    ("binary", _BINARIES),
    ("unsupported", _OTHER_DOCUMENTS),
    ("legacy_office", _OLD_OFFICE),
)
_CONTAINERS = {  # first bytes -> what the eight bytes before the twelfth say
    b"RIFF": {b"WEBP": "image", b"ACON": "image", b"CDR": "image"},
    b"FORM": {b"ILBM": "image", b"PBM ": "image"},
}
_AT = (  # offset, bytes, code, kind: formats that do not begin with their mark
    (257, b"ustar", "archive", "tar"),
    (2, b"-lh", "archive", "LHA"),
    (7, b"**ACE**", "archive", "ACE"),
    (32769, b"CD001", "archive", "disc image"),
    (128, b"DICM", "image", "DICOM"),
    (40, b" EMF", "image", "Windows metafile"),
    (60, b"BOOKMOBI", "unsupported", "Kindle"),
    (60, b"TEXtREAd", "unsupported", "PalmDoc"),
    (2, b"\r\n\0\0\0\0", "program", "Python"),
    (2, b"\r\n\x01\0\0\0", "program", "Python"),
    (2, b"\r\n\x03\0\0\0", "program", "Python"),
    (34, b"LP\0\0\0\0", "binary", "font"),
)
_A_LETTER_OR_TWO = 2
"""Bytes that say little: in some encoding they are letters."""
_PACKETS = ((0, 188), (4, 192))
"""Where the first packet of an MPEG transport stream begins, and how long each is."""


def refusal(head: bytes) -> tuple[str, str] | None:
    """The reason code and the name of the format that begins with ``head``, if it is a known one
    that Quire does not read."""
    for code, starts in _STARTS:
        for start, kind in starts:
            if head.startswith(start) and _is_more_than_words(head, start):
                return code, kind
    if found := _in_container(head):
        return found
    return _by_a_second_look(head)


def _in_container(head: bytes) -> tuple[str, str] | None:
    label = head[8:12]
    for start, codes in _CONTAINERS.items():
        if head.startswith(start) and _holds_controls(head[4:8] + head[12:64]):
            code = next((code for mark, code in codes.items() if label.startswith(mark)), None)
            return code or "audio_video", label.decode("ascii", "replace").strip()
    if head[4:8] == b"ftyp" and _holds_controls(head[:4]):
        return ("image", "HEIF") if label in _ISO_IMAGES else ("audio_video", "MPEG-4")
    if head[4:8] in _QUICKTIME and _holds_controls(head[:4]):
        return "audio_video", "QuickTime"
    return None


def _by_a_second_look(head: bytes) -> tuple[str, str] | None:
    """Formats whose first bytes alone could begin a text, or that have their mark elsewhere."""
    for offset, mark, code, kind in _AT:
        if head.startswith(mark, offset) and _holds_controls(head[:512]):
            return code, kind
    if head.startswith(b"MZ") and b"\0" in head[:64]:
        return "program", "Windows"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "image", "BMP"
    if head[:2] in (b"P4", b"P5", b"P6") and head[2:3].isspace() and _holds_controls(head[:2048]):
        return "image", "Netpbm"
    if any(_is_packets(head, first, length) for first, length in _PACKETS):
        return "audio_video", "MPEG"
    return None


def _is_packets(head: bytes, first: int, length: int) -> bool:
    begins = head[first : first + 4 * length : length]
    return begins == b"GGGG" and _holds_controls(head[:length])


def _is_more_than_words(head: bytes, start: bytes) -> bool:
    """A text may begin with the letters of a format (``BZh``, ``ID3``), but it goes on in
    letters. So may one in another encoding: an MP3 begins like a Russian word in Windows-1251,
    an old Word file like the name of a Chinese county."""
    if _holds_controls(start):
        return True
    if len(start) <= _A_LETTER_OR_TWO:
        return _holds_controls(head[:512])
    words = start.isascii() and start.decode().isprintable()
    return not words or _holds_controls(head[: len(start) + 64])


def _holds_controls(data: bytes) -> bool:
    return any(byte < 9 for byte in data)
