"""Language codes of ISO 639-2, as OCR programs write them, and the BCP 47 tags that they come to."""

from __future__ import annotations

import re

#: Codes for which BCP 47 wants the code of two letters (RFC 5646, section 2.2.1); both codes where there are two.
_SHORT = dict(
    pair.split("=")
    for pair in """
    ara=ar bul=bg ces=cs cze=cs dan=da deu=de ger=de ell=el gre=el eng=en spa=es
    est=et fas=fa per=fa fin=fi fra=fr fre=fr heb=he hin=hi hrv=hr hun=hu hye=hy
    arm=hy ita=it jpn=ja kat=ka geo=ka khm=km kor=ko lat=la lit=lt lav=lv mkd=mk
    mac=mk mon=mn nld=nl dut=nl nor=no pol=pl por=pt ron=ro rum=ro rus=ru slk=sk
    slo=sk slv=sl srp=sr sqi=sq alb=sq swe=sv tur=tr ukr=uk vie=vi zho=zh chi=zh
    """.split()  # noqa: SIM905 - a table is read better so
)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def tag_of_code(code: str) -> str:
    """The BCP 47 tag that a code of two or three letters comes to, with what follows it; empty for what is none."""
    code = code.strip().replace("_", "-")
    if not _TAG.fullmatch(code):
        return ""
    language, *rest = code.split("-")
    return "-".join([_SHORT.get(language.casefold(), language.casefold()), *rest])
