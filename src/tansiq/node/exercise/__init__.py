"""The exercise runner: posts a script of injects over a real federation and asserts who sees what."""
