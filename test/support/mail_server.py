#!/usr/bin/env python3
"""An SMTP server (aiosmtpd, no code of ours) that keeps what it is sent.

Usage: mail_server.py DIRECTORY PORT [--tls CHAIN KEY] [--login USER PASSWORD]
Prints "port N" once it listens; PORT 0 takes a free one. Each mail becomes DIRECTORY/NUMBER.eml: a line with the envelope,
then the mail. What it answers to a recipient is said by their address: refuse... 550, later... 451, spam... 554 to the mail
itself, slow... keeps it, and answers only once DIRECTORY/go is there.
"""
import argparse
import asyncio
import os
import ssl

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Keeper:
    def __init__(self, directory):
        self.directory = directory
        self.count = len([name for name in os.listdir(directory) if name.endswith(".eml")])

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refuse"):
            return "550 no such mailbox"
        if address.startswith("later"):
            return "451 greylisted, try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        recipients = ",".join(envelope.rcpt_tos)
        if recipients.startswith("spam"):
            return "554 not wanted"
        head = f"{envelope.mail_from} {recipients} tls={session.ssl is not None} helo={session.host_name}\n"
        path = os.path.join(self.directory, f"{self.count}.eml")
        self.count += 1
        with open(path + ".part", "wb") as file:
            file.write(head.encode() + envelope.content)
        os.rename(path + ".part", path)
        while recipients.startswith("slow") and not os.path.exists(os.path.join(self.directory, "go")):
            await asyncio.sleep(0.02)
        return "250 kept"


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory")
    parser.add_argument("port", type=int)
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--login", nargs=2)
    options = parser.parse_args()
    settings = {"hostname": "mail.example"}
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
        settings |= {"tls_context": context, "require_starttls": True}
    if options.login:

        def check(server, session, envelope, mechanism, data):
            wanted = LoginPassword(*(word.encode() for word in options.login))
            return AuthResult(success=data == wanted, handled=False)

        settings |= {"auth_required": True, "auth_require_tls": bool(options.tls), "authenticator": check}
    keeper = Keeper(options.directory)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(keeper, **settings), host="127.0.0.1", port=options.port, reuse_address=True
    )
    print(f"port {server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


asyncio.run(main())
