"""Phones: an ear and a screen for the Homebody of this machine.

A browser gives its microphone to a page only over TLS or on its own machine, so phones have a door of their
own: HTTPS with a certificate of the home's own authority, on a port of its own, for phones that a person has
paired. It is closed as long as nobody has paired one.

    authority   the certificate authority that is made on first use, and the server's certificate
    register    the phones that were paired, and by what each is known
    invitation  codes that are good once, for ten minutes
    landing     what a phone sees before it is paired
    door        all of it: open, invite, admit, forget, close

What it does not know: the machine's address of tomorrow. A certificate is made for the addresses of the
moment, at each start.
"""
