"""What must not be in a message, the parts of a URL that open something, and what may be."""

from urllib.parse import parse_qsl, unquote, urlsplit

_SHORTEST = 3


def secrets_of(url: str) -> list[str]:
    """User, password and every parameter's value of a URL, longest first."""
    parts = urlsplit(url)
    parameters = parse_qsl(parts.query) + parse_qsl(parts.path.replace(";", "&"))
    found = {parts.password or "", *(value for _, value in parameters)}
    found |= {unquote(secret) for secret in found}
    found |= {part.partition("=")[2] for part in parts.path.split(";")}
    return sorted((s for s in found if len(s) >= _SHORTEST), key=len, reverse=True)


def without_secrets(text: str, url: str) -> str:
    """A text in which the URL, and each of its secrets, is replaced by dots."""
    for secret in (url, *secrets_of(url)):
        text = text.replace(secret, "…")
    return text


def engine_name(url: str) -> str:
    """What an engine is called: its kind and host, or the path of its files."""
    host = urlsplit(url.replace("sc://", "http://", 1)).hostname
    if url.startswith(("postgresql://", "postgres://")):
        return f"Postgres at {host or 'its socket'}"
    if url.startswith("sc://"):
        return f"Spark at {host}"
    return "Parquet in an object store" if "://" in url else url
