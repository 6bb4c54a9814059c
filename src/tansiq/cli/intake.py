"""``tansiq intake``: drafts from files, one JSON object a line (FORMATS, intake draft)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import click
import msgspec
from msgspec.structs import replace

from tansiq.base.errors import InputError
from tansiq.base.messages import title_of
from tansiq.gateways.layers import layers_of
from tansiq.gateways.spacy_names import SpacyNames
from tansiq.intake.documents.extract import DOCUMENT_LIMIT_BYTES
from tansiq.intake.documents.shape import Document
from tansiq.intake.documents.unfold import Unread, unfold
from tansiq.intake.draft import PROPOSERS, draft
from tansiq.intake.read import TooLarge
from tansiq.intake.shape import Draft
from tansiq.language.calendar import DayInterval
from tansiq.node.settings import Watched, read_settings, write_settings
from tansiq.work.layers import Layers

UNREADABLE: Final = "input.unreadable-file"


class Meta(msgspec.Struct):
    """What ``FILE.meta.json`` may say beside a file."""

    published: str | None = None


@click.group("intake")
def group() -> None:
    """Turn reports into drafts."""


@group.command("draft")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--published", metavar="DAY", help="Day of publication (YYYY-MM-DD); needs exactly one file.")
@click.option("--without", multiple=True, metavar="ARTICLE", help="Hide knowledge added for this article.")
@click.option(
    "--spacy", multiple=True, metavar="PIPELINE", help="Let an installed pipeline propose names too."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one a file.")
@click.pass_context
def draft_files(
    context: click.Context,
    files: tuple[Path, ...],
    published: str | None,
    without: tuple[str, ...],
    spacy: tuple[str, ...],
    as_json: bool,
) -> None:
    """Print a draft of each FILE: who says what, who acts, what is promised, what is missing.

    Text, HTML, PDF, DOCX, e-mail with its attachments, RSS and Atom, JSON lines; scans where tesseract is
    installed. What a file encloses is a draft of its own, FILE/NAME or FILE#NUMBER.
    """
    if published is not None and len(files) != 1:
        raise click.UsageError("--published needs exactly one file")
    given = _day(published) if published is not None else None
    layers = (*PROPOSERS, *(SpacyNames(pipeline) for pipeline in spacy))
    failed = False
    for path in files:
        for found in _documents(path):
            if isinstance(found, Unread):
                failed = True
                _print_error(found.name, found.code, as_json=as_json)
                continue
            day = given or _beside(path) or _own_day(found)
            hidden = frozenset(without)
            made = draft(found.text, name=found.name, published=day, without=hidden, proposers=layers)
            click.echo(msgspec.json.encode(made).decode() if as_json else _summary(made))
    context.exit(1 if failed else 0)


def _documents(path: Path) -> Iterator[Document | Unread]:
    try:
        content = _bytes(path)
    except InputError as error:
        yield Unread(path.name, error.code)
    except OSError:
        yield Unread(path.name, UNREADABLE)
    else:
        yield from unfold(content, path.name)


def _own_day(document: Document) -> DayInterval | None:
    """Return the day that the document's own head states: of a mail, an entry, a page."""
    return DayInterval(document.published, document.published) if document.published else None


def _print_error(name: str, code: str, *, as_json: bool) -> None:
    line = {"file": name, "error": code}
    click.echo(msgspec.json.encode(line).decode() if as_json else f"{name}: {title_of(code, 'en')} [{code}]")


def _bytes(path: Path) -> bytes:
    size_bytes = path.stat().st_size
    if size_bytes > DOCUMENT_LIMIT_BYTES:
        raise TooLarge(size_bytes)
    return path.read_bytes()


def _day(text: str) -> DayInterval:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text} is not a day (YYYY-MM-DD)", param_hint="--published") from error
    return DayInterval(day, day)


def _beside(path: Path) -> DayInterval | None:
    """Return the day that ``FILE.meta.json`` states, None if it states none that can be read."""
    beside = path.with_name(path.name + ".meta.json")
    try:
        meta = msgspec.json.decode(beside.read_bytes(), type=Meta)
        return _day(meta.published) if meta.published else None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError, click.BadParameter):
        return None


def _summary(made: Draft) -> str:
    counts = (
        ("sources", made.chain), ("actors", made.actors), ("places", made.places), ("events", made.events),
        ("commitments", made.commitments), ("quantities", made.quantities), ("gaps", made.gaps),
    )  # fmt: skip
    published = f"{made.published.lo}..{made.published.hi}" if made.published else "unknown"
    return f"{made.file}: {made.lang}, published {published}, " + ", ".join(
        f"{len(v)} {k}" for k, v in counts
    )


@group.command("watch")
@click.argument("node", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--officer", required=True, help="Whose drafts they become: his sign-in name.")
@click.option("--stop", is_flag=True, help="Watch the folder no longer.")
def watch_folder(node: Path, folder: Path, officer: str, *, stop: bool) -> None:
    """Let the NODE take in for an officer what appears in FOLDER; from its next start on."""
    settings = read_settings(node)
    wanted = Watched(str(folder.resolve()), officer)
    others = tuple(w for w in settings.watched if w.folder != wanted.folder)
    write_settings(node, replace(settings, watched=others if stop else (*others, wanted)))
    click.echo(f"{wanted.folder}: {'not watched' if stop else f'watched for {officer}'} from the next start")


@group.command("layers")
@click.argument("node", type=click.Path(path_type=Path))
@click.option("--spacy", multiple=True, metavar="PIPELINE", help="Use these pipelines, by package or folder.")
@click.option("--no-spacy", is_flag=True, help="Use none.")
@click.option("--embeddings/--no-embeddings", default=None, help="Compare the wording of texts, or not.")
def set_layers(node: Path, spacy: tuple[str, ...], *, no_spacy: bool, embeddings: bool | None) -> None:
    """Switch optional layers of the NODE on or off, from its next start on; say what runs on this machine."""
    settings = read_settings(node)
    wanted = settings.layers
    if spacy or no_spacy:
        wanted = replace(wanted, spacy=spacy)
    if embeddings is not None:
        wanted = replace(wanted, embeddings=embeddings)
    if wanted != settings.layers:
        write_settings(node, replace(settings, layers=wanted))
    _print_layers(layers_of(wanted))


def _print_layers(found: Layers) -> None:
    running = [*(n.name for n in found.names), *([found.embedder.name] if found.embedder else [])]
    for name in running:
        click.echo(f"{name}: runs")
    for each in found.missing:
        click.echo(f"{each.name}: {title_of(each.code, 'en')} [{each.code}]")
    if not (running or found.missing):
        click.echo("no optional layer is switched on")
