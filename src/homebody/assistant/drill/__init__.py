"""The WAN-off drill: cut off from the internet, every device is asked, and commanded where that is harmless.

`harmless` says what a device may be asked to do, `running` does it, `record` is what is known afterwards, and
where it is kept. What it cuts off, and what it cannot cut off, is told by `core.fence`.
"""
