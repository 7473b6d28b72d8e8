package dev.mneme.data.text;

public class A {}
