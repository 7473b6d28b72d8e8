"""Writes gpt2_golden.txt: GPT-2's forward pass by NumPy, written apart from Mneme's code.

Run in this folder: python3 gpt2_golden.py > gpt2_golden.txt
Parameter number i of the flat vector is ((7919 i) mod 1009 - 504) / 1009, plus 1 for a LayerNorm
scale, so that the test can make the same model. Gradients are not here: finite differences check
those.
"""

import math

import numpy as np

LAYERS, WIDTH, HEADS, VOCABULARY, POSITIONS = 2, 12, 3, 19, 6
TOKENS = [3, 18, 0, 7, 7, 1]


class Parameters:
    """Hands out consecutive tensors of the flat vector."""

    def __init__(self):
        self.used = 0

    def take(self, *shape):
        count = math.prod(shape)
        i = np.arange(self.used, self.used + count)
        self.used += count
        return ((7919 * i % 1009 - 504) / 1009).reshape(shape)

    def norm(self):
        return self.take(WIDTH) + 1, self.take(WIDTH)

    def linear(self, inputs, outputs):
        return self.take(inputs, outputs), self.take(outputs)


def layer_norm(x, parameters):
    scale, shift = parameters
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5) * scale + shift


def attention(x, attend, project):
    queries, keys, values = np.split(x @ attend[0] + attend[1], 3, axis=-1)

    def per_head(rows):
        return rows.reshape(POSITIONS, HEADS, WIDTH // HEADS).transpose(1, 0, 2)

    scores = np.einsum("htd,hsd->hts", per_head(queries), per_head(keys))
    scores /= math.sqrt(WIDTH // HEADS)
    scores = np.where(np.tril(np.ones((POSITIONS, POSITIONS))) == 1, scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    mixed = np.einsum("hts,hsd->thd", weights, per_head(values)).reshape(POSITIONS, WIDTH)
    return mixed @ project[0] + project[1]


def gelu(x):
    return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def logits(tied):
    p = Parameters()
    tokens, positions = p.take(VOCABULARY, WIDTH), p.take(POSITIONS, WIDTH)
    blocks = [
        (p.norm(), p.linear(WIDTH, 3 * WIDTH), p.linear(WIDTH, WIDTH),
         p.norm(), p.linear(WIDTH, 4 * WIDTH), p.linear(4 * WIDTH, WIDTH))
        for _ in range(LAYERS)
    ]
    final = p.norm()
    head = tokens if tied else p.take(VOCABULARY, WIDTH)
    bos = p.take(WIDTH)
    x = np.vstack([bos, tokens[TOKENS[:-1]]]) + positions
    for norm1, attend, project, norm2, expand, contract in blocks:
        x = x + attention(layer_norm(x, norm1), attend, project)
        x = x + gelu(layer_norm(x, norm2) @ expand[0] + expand[1]) @ contract[0] + contract[1]
    return layer_norm(x, final) @ head.T


for tied in (True, False):
    table = logits(tied)
    nats = np.log(np.exp(table).sum(axis=-1)) - table[np.arange(POSITIONS), TOKENS]
    print("tied" if tied else "untied", repr(float(nats.sum() / math.log(2))))
    for row in table:
        print(" ".join(repr(float(value)) for value in row))
