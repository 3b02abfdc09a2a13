"""Every kind of document Quire reads, and the adapter that reads it.

An adapter is imported when the first document of its kind comes: most people have few kinds, and
each brings a library along.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from workspaces.core.ports import DocumentReader

FORMATS: Mapping[str, tuple[str, str]] = {
    "text": ("plain_text", "PlainTextReader"),
    "markdown": ("markdown_text", "MarkdownReader"),
    "rst": ("headed_text", "RstReader"),
    "org": ("headed_text", "OrgReader"),
    "asciidoc": ("headed_text", "AsciiDocReader"),
    "latex": ("headed_text", "LatexReader"),
    "table": ("table_text", "TableTextReader"),
    "json": ("json_text", "JsonReader"),
    "notebook": ("notebook", "NotebookReader"),
    "xml": ("xml_text", "XmlReader"),
    "mail": ("mail", "MailReader"),
    "html": ("html_page", "HtmlReader"),
    "pdf": ("pdf_pages", "PdfPagesReader"),
    "docx": ("word_file", "WordReader"),
    "xlsx": ("sheet_file", "SheetReader"),
    "pptx": ("slides_file", "SlidesReader"),
    "odt": ("open_text", "OpenTextReader"),
    "ods": ("open_sheet", "OpenSheetReader"),
    "odp": ("open_slides", "OpenSlidesReader"),
    "epub": ("epub_book", "EpubReader"),
    "rtf": ("rtf_file", "RtfReader"),
    "encrypted_office": ("encrypted_office", "EncryptedOfficeReader"),
}
"""Kind -> the module below ``workspaces.worker.adapters`` and the class in it."""


def reader_of(kind: str) -> DocumentReader:
    """A new reader of documents of ``kind``, a key of :data:`FORMATS`."""
    module, name = FORMATS[kind]
    reader: DocumentReader = getattr(import_module(f"workspaces.worker.adapters.{module}"), name)()
    return reader
