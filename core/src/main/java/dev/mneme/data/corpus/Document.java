package dev.mneme.data.corpus;

/// A text as it stands in a corpus.
///
/// @param source which of [Corpus#sources] it is from, counted from 0
/// @param row where it begins there, counted from 1: a line, a record or a part of a text file
/// @param text UTF-8, damaged where the file was; treat as read-only
@SuppressWarnings("ArrayRecordComponent") // handed on once and never compared
public record Document(int source, long row, byte[] text) {}
