"""What a phone sees before it is paired, as plain HTML: an invitation to press one button, or how to get one.

The button is there because scanners and messengers open addresses by themselves: looking at an invitation
does not use it up.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from starlette.responses import HTMLResponse

from homebody.home.label import Label, Language
from homebody.server.web.assets import address

PAIR = "/pair"
CERTIFICATE = "/homebody-authority.crt"

_WORDS: Mapping[str, Label] = {
    name: Label(zh=zh, en=en)
    for name, (zh, en) in {
        "invited": ("把这部手机接进家里？", "Pair this phone with the home?"),
        "invited_more": (
            "连着家里的网络时，它就能跟宅家说话、看家里的状态。以后可以在隐私页或用 homebody pair 撤销。",
            "On the home's network it can then talk to Homebody and see the home. It can be forgotten on the "
            "privacy page, or with homebody pair.",
        ),
        "pair": ("接进来", "Pair this phone"),
        "stranger": ("这部手机还没有接进来", "This phone is not paired yet"),
        "stranger_more": (
            "请在家里的电脑上运行 homebody pair，再用手机扫出来的二维码。二维码十分钟内有效，只能用一次。",
            "Run homebody pair on the home's computer and scan the code that it shows. A code is good once, "
            "for ten minutes.",
        ),
        "app": ("当作应用安装", "Install it as an app"),
        "app_more": (
            "浏览器只有信任这台电脑的证书，才肯把它装成应用。这张证书只能担保家里的私有地址，不能担保任何网站。",
            "Browsers install it as an app only where they trust this computer's certificate. It can vouch "
            "for private addresses of the home, and for no web site.",
        ),
        "certificate": ("下载证书", "Download the certificate"),
        "iphone": (
            "iPhone：下载后在“设置 › 已下载描述文件”安装，再到“通用 › 关于本机 › 证书信任设置”打开。",
            "iPhone: download, install it under Settings › Profile Downloaded, then switch it on under "
            "General › About › Certificate Trust Settings.",
        ),
        "android": (
            "安卓：下载后在“设置 › 安全 › 加密与凭据 › 安装证书 › CA 证书”选它。",
            "Android: download, then choose it under Settings › Security › Encryption & credentials › "
            "Install a certificate › CA certificate.",
        ),
        "print": (
            "先对一对指纹，应与 homebody pair 显示的相同：",
            "Compare its fingerprint first with the one that homebody pair shows:",
        ),
    }.items()
}


def invitation(code: str, *, language: Language, fingerprint: str) -> HTMLResponse:
    """For a phone that brought a good code."""
    form = (
        f'<form method="post" action="{PAIR}"><input type="hidden" name="code" value="{escape(code)}">'
        f"<button>{_t('pair', language)}</button></form>"
    )
    title, more = _t("invited", language), _t("invited_more", language)
    return _page(title, f"<p>{more}</p>{form}{_app(language, fingerprint)}", language, status=200)


def stranger(*, language: Language) -> HTMLResponse:
    """For everybody else."""
    title = _t("stranger", language)
    return _page(title, f"<p>{_t('stranger_more', language)}</p>", language, status=403)


def _app(language: Language, fingerprint: str) -> str:
    return (
        f"<section><h2>{_t('app', language)}</h2><p>{_t('app_more', language)}</p>"
        f'<p><a href="{CERTIFICATE}">{_t("certificate", language)}</a></p>'
        f"<ol><li>{_t('iphone', language)}</li><li>{_t('android', language)}</li></ol>"
        f"<p>{_t('print', language)}<br><code>{escape(fingerprint)}</code></p></section>"
    )


def _page(title: str, body: str, language: Language, *, status: int) -> HTMLResponse:
    tag = "zh-CN" if language == "zh" else "en"
    return HTMLResponse(
        f'<!doctype html><html lang="{tag}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="stylesheet" href="{address("landing.css")}">'
        f'<link rel="icon" href="{address("icon.svg")}" type="image/svg+xml"></head>'
        f'<body><main><img src="{address("icon.svg")}" alt=""><h1>{title}</h1>{body}</main></body></html>',
        status_code=status,
        headers={"Cache-Control": "no-store"},
    )


def _t(key: str, language: Language) -> str:
    return escape(_WORDS[key].text(language))
