"""The least a Python client does: aiohttp reads the stream, json parses each event.

Usage: aiohttp_client.py URL STREAMS TOKENS
"""

import asyncio
import json
import sys
import time

import aiohttp


async def stream(session, url, tokens):
    body = {
        "model": "raw",
        "prompt": "Hello",
        "max_tokens": tokens,
        "ignore_eos": True,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    chunks = 0
    reads = 0
    buffer = b""
    async with session.post(url + "/v1/completions", json=body) as response:
        async for read in response.content.iter_any():
            reads += 1
            buffer += read
            *events, buffer = buffer.split(b"\n\n")
            for event in events:
                data = event.removeprefix(b"data: ")
                if data != b"[DONE]" and json.loads(data)["choices"]:
                    chunks += 1
    return chunks, reads


async def main(url, streams, tokens):
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        await asyncio.gather(*(stream(session, url, min(120, tokens)) for _ in range(streams)))
        start = time.process_time()
        began = time.monotonic()
        streamed = await asyncio.gather(*(stream(session, url, tokens) for _ in range(streams)))
        cpu = time.process_time() - start
        wall = time.monotonic() - began
        chunks, reads = (sum(counts) for counts in zip(*streamed))
        print(json.dumps({"cpuS": cpu, "wallS": wall, "chunks": chunks, "reads": reads}))


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
