"""A mail server that keeps what it gets: one file for each mail. The recipient says what it does."""

import asyncio
import json
import os
import sys

from aiosmtpd.smtp import SMTP


class Keeper:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0
        self.has_hung = False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone"):
            return "550 5.1.1 no such user"
        if address.startswith("busy"):
            return "451 4.2.0 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = os.path.join(self.folder, f"{self.count:06}")
        with open(name + ".eml", "wb") as mail:
            mail.write(envelope.original_content)
        note = {"from": envelope.mail_from, "to": envelope.rcpt_tos}
        with open(name + ".part", "w") as file:
            json.dump(note, file)
        os.rename(name + ".part", name + ".json")
        if envelope.rcpt_tos[0].startswith("silent"):
            await self.hang()
        return "250 OK"

    async def hang(self):
        with open(os.path.join(self.folder, "hangs"), "w"):
            pass
        await asyncio.sleep(3600)


class Hanging(SMTP):
    """Hangs once, before a mail or in the middle of it."""

    async def smtp_DATA(self, arg):
        keeper, to = self.event_handler, (self.envelope.rcpt_tos or [""])[0]
        if not keeper.has_hung and to.startswith(("hesitant", "deaf")):
            keeper.has_hung = True
            if to.startswith("deaf"):
                await self.push("354 go on")
                await self._reader.readline()
            await keeper.hang()
        await super().smtp_DATA(arg)


async def main(folder):
    keeper = Keeper(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Hanging(keeper, hostname="sink"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    # Whoever started it holds the other end.
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main(sys.argv[1]))
