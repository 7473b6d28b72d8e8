/// Text to tokens and back. All tokenizers work on bytes, so that damaged text has tokens too:
/// [dev.mneme.data.tokenizer.ByteTokenizer], [dev.mneme.data.tokenizer.Gpt2Tokenizer] (whole, or
/// cut to its first ranks) and, with an optional library,
/// [dev.mneme.data.tokenizer.HuggingFaceTokenizer]. [dev.mneme.data.tokenizer.Tokenizers] finds one
/// by name.
package dev.mneme.data.tokenizer;
