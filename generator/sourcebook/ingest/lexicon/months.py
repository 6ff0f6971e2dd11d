"""The months of the year as languages other than English write them in a date."""

from __future__ import annotations

_MONTHS = (
    # French, German, Spanish, Italian, Portuguese, Dutch, Polish, Turkish
    "janvier januar jänner enero ene gennaio janeiro januari stycznia ocak",
    "février fevrier februar febrero febbraio fevereiro februari lutego şubat",
    "mars märz marzo março maart marca mart",
    "avril abril abr aprile kwietnia nisan",
    "mai mayo maggio maio mei maja mayıs",
    "juin juni junio giugno junho czerwca haziran",
    "juillet juli julio luglio julho lipca temmuz",
    "août aout agosto ago augustus sierpnia ağustos",
    "septembre septiembre settembre setembro września eylül",
    "octobre oktober octubre ottobre outubro października ekim",
    "novembre noviembre listopada kasım",
    "décembre decembre dezember diciembre dic dicembre dezembro grudnia aralık",
)
_OTHER_SCRIPTS = (
    # Russian, Ukrainian; Arabic of Egypt and of the Levant; Persian; Hebrew
    "января січня يناير كانون_الثاني ژانویه ינואר",
    "февраля лютого فبراير شباط فوریه פברואר",
    "марта березня مارس آذار מרץ",
    "апреля квітня أبريل ابريل نيسان آوریل אפריל",
    "мая травня مايو أيار مه מאי",
    "июня червня يونيو حزيران ژوئن יוני",
    "июля липня يوليو تموز ژوئیه יולי",
    "августа серпня أغسطس اغسطس آب اوت אוגוסט",
    "сентября вересня سبتمبر أيلول سپتامبر ספטמבר",
    "октября жовтня أكتوبر اكتوبر تشرين_الأول اکتبر אוקטובר",
    "ноября листопада نوفمبر تشرين_الثاني نوامبر נובמבר",
    "декабря грудня ديسمبر كانون_الأول دسامبر דצמבר",
)

FOREIGN_MONTHS: dict[str, int] = {
    name.replace("_", " "): number
    for rows in (_MONTHS, _OTHER_SCRIPTS)
    for number, names in enumerate(rows, start=1)
    for name in names.split()
}
"""The number of each, in small letters."""
