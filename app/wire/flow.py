"""Flow control: when to read from a connection."""

import asyncio

from uvicorn.protocols.http.flow_control import FlowControl


class Flow(FlowControl):
    """uvicorn's, which reads nothing more while what came before has not been parsed, whoever asks it to."""

    def __init__(self, transport: asyncio.Transport) -> None:
        super().__init__(transport)
        self._held = False

    def hold(self) -> None:
        self._held = True
        self.pause_reading()

    def release(self) -> None:
        self._held = False

    def resume_reading(self) -> None:
        if not self._held:
            super().resume_reading()
