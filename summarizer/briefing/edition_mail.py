"""An edition as the letter that goes to its readers: text, HTML and pictures, rendered from one view.

Pure. The same edition always gives the same letter, so a letter that waited in the ledger is the one that was
planned. A failed edition is a letter too: a notice to whoever runs the briefing.
"""

from __future__ import annotations

from email.message import EmailMessage

from summarizer.delivery.message import Envelope, Letter, Picture, build_message
from summarizer.records.edition import Edition
from summarizer.rendering.mail_html import mail_part
from summarizer.rendering.mail_text import lay_out_text


def letter_of(edition: Edition) -> Letter:
    """The letter that all recipients of the edition get.

    Raises:
        MissingExtra: css-inline or Pillow isn't installed.
    """
    part = mail_part(edition)
    earlier = [edition.key.model_copy(update={"revision": number}) for number in range(edition.revision)]
    return Letter(
        key=str(edition.key),
        subject=edition.subject,
        text=lay_out_text(part.view),
        html=part.html,
        pictures=tuple(Picture(plot.name, plot.png, plot.alt) for plot in part.plots),
        answers=tuple(map(str, earlier)),
    )


def mail_of(edition: Edition, envelope: Envelope) -> EmailMessage:
    """The message to one recipient; `letter_of` and `build_message` where there are several.

    Raises:
        BadSetting: an address or link of the envelope that can't stand in a header.
        MissingExtra: css-inline or Pillow isn't installed.
    """
    return build_message(letter_of(edition), envelope)
