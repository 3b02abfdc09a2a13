"""The order of an EPUB's chapters, and where its table of contents puts each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workspaces.core.reasons import Problem
from workspaces.worker.adapters.markup import Element, local_name
from workspaces.worker.adapters.zip_parts import ZipParts, resolved

_PAGES = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml"))
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Fonts are often scrambled so; that keeps no text from being read."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    part: str
    is_page: bool
    is_contents: bool


class Contents:
    """``chapters`` are the pages in reading order; ``titles`` the path of titles of each one that
    the table of contents lists. Raises a Problem (``corrupt``, ``copy_protected``)."""

    def __init__(self, parts: ZipParts) -> None:
        self._parts = parts
        self._part, root = self._package()
        items = self._items(root)
        spine = next(root.iter("{*}spine"), None)
        listed = [items.get(each.get("idref", "")) for each in (spine if spine is not None else ())]
        read = [item for item in listed if item is not None] or list(items.values())
        pages = [item.part for item in read if item.is_page and not item.is_contents]
        self.chapters = list(dict.fromkeys(pages))
        self._check_protection()
        contents = next((item.part for item in items.values() if item.is_contents), None)
        ncx = None if spine is None else items.get(spine.get("toc", ""))
        self.titles = self._titles(contents, None if ncx is None else ncx.part)

    def _package(self) -> tuple[str, Element]:
        container = self._parts.xml("META-INF/container.xml")
        files = () if container is None else container.iter("{*}rootfile")
        for each in files:
            part = resolved("", each.get("full-path", ""))
            root = self._parts.xml(part)
            if root is not None:
                return part, root
        raise Problem("corrupt", name=self._parts.name)

    def _items(self, root: Element) -> dict[str, _Item]:
        return {
            each.get("id", ""): _Item(
                resolved(self._part, each.get("href", "")),
                each.get("media-type", "") in _PAGES,
                "nav" in (each.get("properties") or "").split(),
            )
            for manifest in root.iter("{*}manifest")
            for each in manifest
            if local_name(each) == "item"
        }

    def _check_protection(self) -> None:
        """A book whose chapters are encrypted can be opened by its shop's program only."""
        root = self._parts.xml("META-INF/encryption.xml")
        chapters = {part.lower() for part in self.chapters}
        for entry in () if root is None else root.iter("{*}EncryptedData"):
            methods = [each.get("Algorithm", "") for each in entry.iter("{*}EncryptionMethod")]
            targets = [each.get("URI", "") for each in entry.iter("{*}CipherReference")]
            hidden = any(resolved("", target).lower() in chapters for target in targets)
            if hidden and not all(method in _FONTS for method in methods):
                raise Problem("copy_protected", name=self._parts.name)

    def _titles(self, contents: str | None, ncx: str | None) -> Mapping[str, Path]:
        """From the contents of EPUB 3, else from those of EPUB 2."""
        titles: dict[str, Path] = {}
        for part, entries in ((contents, _entries_of_list), (ncx, _entries_of_ncx)):
            root = None if part is None or titles else self._parts.xml(part)
            if part is None or root is None:
                continue
            for target, path in entries(root, ()):
                titles.setdefault(resolved(part, target), path)
        return titles


def _entries_of_list(root: Element, above: Path) -> Iterator[tuple[str, Path]]:
    """The entries of nested lists of links (EPUB 3): what each links to, and its titles."""
    for element in root:
        name = local_name(element)
        if name == "nav" and not _is_table_of_contents(element):
            continue
        if name != "li":
            yield from _entries_of_list(element, above)
            continue
        label = next((each for each in element if local_name(each) in ("a", "span")), None)
        path = above if label is None else (*above, " ".join("".join(_words(label)).split()))
        if label is not None and label.get("href"):
            yield label.get("href", ""), path
        for inner in element:
            if local_name(inner) == "ol":
                yield from _entries_of_list(inner, path)


def _is_table_of_contents(nav: Element) -> bool:
    """There are others, of pages and of landmarks."""
    kinds = [str(value) for key, value in nav.attrib.items() if str(key).endswith("}type")]
    return not kinds or "toc" in kinds[0].split()


def _entries_of_ncx(root: Element, above: Path) -> Iterator[tuple[str, Path]]:
    """The entries of EPUB 2: navigation points in navigation points."""
    for element in root:
        name = local_name(element)
        if name == "navMap":
            yield from _entries_of_ncx(element, above)
        elif name == "navPoint":
            inner = {local_name(each): each for each in element}
            path = above
            if "navLabel" in inner:
                path = (*above, " ".join("".join(_words(inner["navLabel"])).split()))
            if "content" in inner:
                yield inner["content"].get("src", ""), path
            yield from _entries_of_ncx(element, path)


def _words(element: Element) -> Iterator[str]:
    return map(str, element.itertext())
